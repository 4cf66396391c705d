// tapo truth — the true value of tool calls by re-rolling, and every credit rule held against it.
import { Command, Option } from 'commander';
import { writtenToolConfig } from '../src/env/live/index.ts';
import { BACKEND_CHOICES, type BackendChoice } from '../src/policy/backend.ts';
import { type TrainSpec, trainConfig } from '../src/train/config.ts';
import { type Estimate, SUCCESS_KINDS, type TruthReport } from '../src/train/creditComparison.ts';
import { estimateTruth } from '../src/train/estimateTruth.ts';
import { OPTIONS, optionOf, withOption, writtenFlag } from '../src/train/options/optionTable.ts';
import { shellWord } from '../src/train/runKey.ts';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend, writeWhole } from './machine.ts';
import { addOptionFlags, givenOptions } from './optionFlags.ts';
import { wholeNumberFrom } from './options.ts';
import { addRewardFileFlag, addToolFileFlag, type OwnCodeFlags } from './ownCodeFlags.ts';
import { openRunTools, withToolFlags } from './runTools.ts';
import { addToolFlags, type ToolFlags } from './toolFlags.ts';
import { asUserError, UserError } from './userError.ts';

interface TruthFlags extends ToolFlags, OwnCodeFlags {
  readonly policy?: string;
  readonly calls: number;
  readonly continuations: number;
  readonly backend: BackendChoice;
  readonly json?: true;
  readonly out?: string;
}

/** Options of a run that say which rollouts there are and what credit they get; the others are of learning. */
const TRUTH_OPTIONS = OPTIONS.filter(
  ({ path }) =>
    (path.startsWith('credit.') && path !== 'credit.rule' && path !== 'credit.span') ||
    ['benchmark', 'preset', 'algorithm', 'epsilon', 'reward', 'seed', 'prompts', 'groupSize', 'temperature', 'shuffledFacts'].includes(path),
);

export function truthCommand(): Command {
  const command = new Command('truth')
    .description(
      'Estimate what tool calls are truly worth, by re-rolling from before and after each, and judge every credit rule by it. Prompts whose rollouts all fared alike are left out.',
    )
    .optionsGroup('What is measured:')
    .option('--policy <file>', 'policy file (default: the base policy of the benchmark)')
    .option('--calls <n>', 'calls to be valued; whole prompts are taken until they hold as many', wholeNumberFrom(1), 100)
    .option('--continuations <n>', 'continuations from before and after each call', wholeNumberFrom(2), 64)
    .addOption(new Option('--backend <name>', 'where tensors live').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--json', 'print the whole report as one JSON object')
    .option('--out <file>', 'also write the whole report to a file');
  return addOptionFlags(addRewardFileFlag(addToolFileFlag(addToolFlags(command))), TRUTH_OPTIONS).action(
    (flags: TruthFlags & Readonly<Record<string, unknown>>) => asUserError(() => run(flags)),
  );
}

async function run(flags: TruthFlags & Readonly<Record<string, unknown>>): Promise<void> {
  const given = givenOptions(TRUTH_OPTIONS, flags);
  const config = await withToolFlags(trainConfig(given.reduce<TrainSpec>((spec, [option, value]) => withOption(spec, option, value), {})), flags);
  const { preset } = config;
  const benchmark = await loadBenchmark(config.benchmark);
  if (!benchmark.presets.includes(preset)) throw new UserError(`--preset: expected one of ${benchmark.presets.join(', ')}, got ${preset}`);
  const state = await readPolicyFile(flags.policy, benchmark);
  const live = await openRunTools(benchmark, config, flags);
  await startNodeBackend(flags.backend);
  const policy = makePolicy(benchmark, state.shape, state);
  const started = performance.now();
  const { tools, ownReward, signal } = live;
  const report = await estimateTruth(config, { benchmark, policy, tools, ownReward, signal }, { ...flags, onProgress: progressLine() }).catch(live.fail);
  const failures = await live.finish();
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  policy.dispose();
  const about = { title: titleOf(state.metadata), command: commandOf(flags, given), config, seconds: Math.round((performance.now() - started) / 100) / 10 };
  const text = JSON.stringify({ ...about, ...report }, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value));
  if (flags.out) await writeWhole(flags.out, `${text}\n`);
  if (flags.json) for (const line of failures) console.error(line);
  console.log(flags.json ? text : [summary(report, about.seconds), ...failures].join('\n'));
}

function titleOf({ update = '0', algorithm = '', credit = '' }: Readonly<Record<string, string>>): string {
  return update === '0' ? 'base policy' : `after ${update} updates of ${algorithm}, credit ${credit}`;
}

function commandOf({ policy, calls, continuations, tool = [], toolFile = [], rewardFile }: TruthFlags, given: ReturnType<typeof givenOptions>): string {
  const flags = [
    ...given.map(([option, value]) => writtenFlag(optionOf(option), value)),
    ...tool.map((config) => `--tool ${shellWord(writtenToolConfig(config))}`),
    ...toolFile.map((file) => `--tool-file ${shellWord(file)}`),
    ...(rewardFile === undefined ? [] : [`--reward-file ${shellWord(rewardFile)}`]),
    ...(policy === undefined ? [] : [`--policy ${shellWord(policy)}`]),
  ];
  return ['npx tapo truth', ...flags, `--calls ${calls} --continuations ${continuations}`].join(' ');
}

function progressLine(): (phase: string, done: number, total: number) => void {
  const started = performance.now();
  return (phase, done, total) => {
    if (!process.stderr.isTTY) return;
    const left = phase === 'continuations' && done > 0 ? `, ${Math.ceil((((performance.now() - started) / done) * (total - done)) / 1000)} s left` : '';
    process.stderr.write(`\r\x1b[K${phase}: ${done} of ${total}${left}`);
  };
}

function summary(report: TruthReport, seconds: number): string {
  const { all, failing } = report.labels;
  const total = all.helpful + all.harmful + all.unresolved;
  const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
  const row = (cells: readonly string[]): string => cells.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(20))).join('');
  return [
    `${total} calls of ${report.groups} prompts with mixed outcomes, ${report.continuations} continuations from each state, ${seconds} s`,
    `helpful ${percent(all.helpful, total)}, harmful ${percent(all.harmful, total)}, unresolved (|Δ| ≤ 2 SE) ${percent(all.unresolved, total)}; ` +
      `of ${failing.helpful + failing.harmful + failing.unresolved} calls in failing rollouts: helpful ${failing.helpful}, harmful ${failing.harmful}, unresolved ${failing.unresolved}`,
    '',
    row(['rule', 'right sign', 'wrong sign', 'precision', 'recall', 'bias', 'variance']),
    ...report.rules.map(({ rule, judgement: j }) =>
      row([rule, share(j.rightSign), share(j.wrongSign), share(j.precision), share(j.recall), number(j.bias), number(j.variance)]),
    ),
    '',
    'Signs are of resolved calls: assigned against true. Precision: corrected calls that truly helped. Recall: helpful calls of failing',
    'rollouts that were corrected. Bias and variance: assigned advantage · (std + ε) − Δ. In brackets 95 % bootstrap intervals over prompts.',
    '',
    `successes: ${kinds(report.successes)}`,
    "TAPO's corrections by how the witness's rollout succeeded:",
    ...SUCCESS_KINDS.filter((kind) => kind !== 'noCall').map((kind) => {
      const { helpful, harmful, unresolved } = report.witnesses[kind];
      return `  ${kind.padEnd(8)} ${helpful + harmful + unresolved}: truly helpful ${helpful}, harmful ${harmful}, unresolved ${unresolved}`;
    }),
  ].join('\n');
}

function share({ value, interval }: Estimate): string {
  if (value === null) return '–';
  const p = (x: number): string => String(Math.round(100 * x));
  return `${p(value)} %${interval ? ` [${p(interval[0])}, ${p(interval[1])}]` : ''}`;
}

function number({ value, interval }: Estimate): string {
  if (value === null) return '–';
  return `${value.toFixed(2)}${interval ? ` [${interval[0].toFixed(2)}, ${interval[1].toFixed(2)}]` : ''}`;
}

function kinds({ earned, routine, lucky, noCall }: TruthReport['successes']): string {
  return `${earned} earned (a call helped), ${routine} routine (no call stands out, the answer was mostly right), ${lucky} lucky, ${noCall} without a call`;
}
