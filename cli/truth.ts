// tapo truth — the true value of tool calls by re-rolling, and every credit rule held against it.
import { Command, Option } from 'commander';
import { BACKEND_CHOICES, type BackendChoice } from '../src/policy/backend.ts';
import { ALGORITHMS, type Algorithm, trainConfig } from '../src/train/config.ts';
import { type Estimate, SUCCESS_KINDS, type TruthReport } from '../src/train/creditComparison.ts';
import { estimateTruth } from '../src/train/estimateTruth.ts';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend, writeWhole } from './machine.ts';
import { numberFrom, wholeNumberFrom } from './options.ts';
import { asUserError, UserError } from './userError.ts';

interface TruthFlags {
  readonly benchmark: string;
  readonly preset: string;
  readonly policy?: string;
  readonly algorithm: Algorithm;
  readonly theta?: number;
  readonly alphaMin?: number;
  readonly beta?: number;
  readonly minSuccess?: number;
  readonly prompts?: number;
  readonly groupSize?: number;
  readonly seed?: number;
  readonly calls: number;
  readonly continuations: number;
  readonly backend: BackendChoice;
  readonly json?: true;
  readonly out?: string;
}

export function truthCommand(): Command {
  return new Command('truth')
    .description(
      'Estimate what tool calls are truly worth, by re-rolling from before and after each, and judge every credit rule by it. Prompts whose rollouts all fared alike are left out.',
    )
    .option('--benchmark <name>', 'world', 'atlas')
    .option('--preset <name>', 'scenes: grid or clutter', 'grid')
    .option('--policy <file>', 'policy file (default: the base policy of the benchmark)')
    .addOption(
      new Option('--algorithm <name>', 'whose group advantages: dr-grpo leaves the division by the deviation out').choices([...ALGORITHMS]).default('grpo'),
    )
    .option('--theta <x>', 'θ of TAPO', numberFrom(0))
    .option('--alpha-min <x>', 'α_min of TAPO', numberFrom(0))
    .option('--beta <x>', 'β of TAPO', numberFrom(0))
    .option('--min-success <n>', 'successful rollouts that TAPO needs', wholeNumberFrom(1))
    .option('--prompts <n>', 'prompts drawn at a time', wholeNumberFrom(1))
    .option('--group-size <n>', 'rollouts a prompt', wholeNumberFrom(2))
    .option('--seed <n>', 'seed of prompts and sampling', wholeNumberFrom(0))
    .option('--calls <n>', 'calls to be valued; whole prompts are taken until they hold as many', wholeNumberFrom(1), 100)
    .option('--continuations <n>', 'continuations from before and after each call', wholeNumberFrom(2), 64)
    .addOption(new Option('--backend <name>', 'where tensors live').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--json', 'print the whole report as one JSON object')
    .option('--out <file>', 'also write the whole report to a file')
    .action((flags: TruthFlags) => asUserError(() => run(flags)));
}

async function run(flags: TruthFlags): Promise<void> {
  const { benchmark: name, preset, algorithm, seed, prompts, groupSize, theta, alphaMin, beta, minSuccess } = flags;
  const given = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  const config = trainConfig(given({ benchmark: name, preset, algorithm, seed, prompts, groupSize, credit: given({ theta, alphaMin, beta, minSuccess }) }));
  const benchmark = await loadBenchmark(config.benchmark);
  if (!benchmark.presets.includes(preset)) throw new UserError(`--preset: expected one of ${benchmark.presets.join(', ')}, got ${preset}`);
  const state = await readPolicyFile(flags.policy, benchmark);
  await startNodeBackend(flags.backend);
  const policy = makePolicy(benchmark, state.shape, state);
  const started = performance.now();
  const report = await estimateTruth(config, { benchmark, policy }, { ...flags, onProgress: progressLine() });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  policy.dispose();
  const about = { title: titleOf(state.metadata), command: commandOf(flags), config, seconds: Math.round((performance.now() - started) / 100) / 10 };
  const text = JSON.stringify({ ...about, ...report }, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value));
  if (flags.out) await writeWhole(flags.out, `${text}\n`);
  console.log(flags.json ? text : summary(report, about.seconds));
}

function titleOf({ update = '0', algorithm = '', credit = '' }: Readonly<Record<string, string>>): string {
  return update === '0' ? 'base policy' : `after ${update} updates of ${algorithm}, credit ${credit}`;
}

function commandOf({ policy, calls, continuations, preset }: TruthFlags): string {
  return `npx tapo truth --preset ${preset}${policy ? ` --policy ${policy}` : ''} --calls ${calls} --continuations ${continuations}`;
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
