// tapo eval — accuracy of a policy on a split, sampled and greedy, with all tools or without some.
import { Command, Option } from 'commander';
import { SPLITS, type Split } from '../src/env/types.ts';
import { BACKEND_CHOICES, type BackendChoice } from '../src/policy/backend.ts';
import { buildCodec } from '../src/train/codec.ts';
import { type Evaluation, evaluatePolicy } from '../src/train/evaluate.ts';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend } from './machine.ts';
import { wholeNumberFrom } from './options.ts';
import { addToolFileFlag, type OwnCodeFlags, readOwnCodes } from './ownCodeFlags.ts';
import { percent } from './progress.ts';
import { addToolFlags, openCommandTools, type ToolFlags } from './toolFlags.ts';
import { asUserError, UserError } from './userError.ts';

interface EvalFlags extends ToolFlags, Pick<OwnCodeFlags, 'toolFile'> {
  readonly benchmark: string;
  readonly preset?: string;
  readonly policy?: string;
  readonly split: Split;
  readonly tasks: number;
  readonly without?: readonly string[];
  readonly backend: BackendChoice;
  readonly json?: true;
}

export function evalCommand(): Command {
  const command = new Command('eval')
    .description('Score a policy on fixed questions of a split, sampled at temperature 1 and greedy.')
    .option('--benchmark <name>', 'world', 'atlas')
    .option('--preset <name>', 'kind of tasks (default: the first of the benchmark)')
    .option('--policy <file>', 'policy file (default: the base policy of the benchmark)')
    .addOption(new Option('--split <name>', 'countries or elements that are asked about').choices([...SPLITS]).default('validation'))
    .option('--tasks <n>', 'number of questions', wholeNumberFrom(1), 500)
    .option('--without <tool...>', 'tools that answer every call with an error')
    .addOption(new Option('--backend <name>', 'where tensors live').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--json', 'print one JSON object');
  return addToolFileFlag(addToolFlags(command)).action((flags: EvalFlags) => asUserError(() => run(flags)));
}

async function run(flags: EvalFlags): Promise<void> {
  const { benchmark: name, preset: wanted, policy: file, split, tasks, without = [], backend, json } = flags;
  const benchmark = await loadBenchmark(name);
  const preset = wanted ?? (benchmark.presets[0] as string);
  if (!benchmark.presets.includes(preset)) throw new UserError(`--preset: expected one of ${benchmark.presets.join(', ')}, got ${preset}`);
  const tools = benchmark.tools.map((tool) => tool.name);
  for (const tool of without) if (!tools.includes(tool)) throw new UserError(`--without: expected one of ${tools.join(', ')}, got ${tool}`);
  const state = await readPolicyFile(file, benchmark);
  const live = await openCommandTools(benchmark, flags, { seed: 0, codes: await readOwnCodes(flags) });
  await startNodeBackend(backend);
  const policy = makePolicy(benchmark, state.shape, state);
  const codec = buildCodec(benchmark.vocabulary)();
  const score = (temperature: number): Promise<Evaluation> =>
    evaluatePolicy(policy, benchmark, codec, { preset, split, tasks, temperature, disabledTools: without, tools: live.tools, signal: live.signal });
  const both = async () => [await score(1), await score(0)] as const;
  const [sampled, greedy] = await both().catch(live.fail);
  const failures = await live.finish();
  policy.dispose();
  if (json) {
    const part = ({ accuracy, dropped, byType }: Evaluation) => ({ accuracy, dropped, byType });
    console.log(
      JSON.stringify({ benchmark: name, preset, split, tasks, without, sampled: part(sampled), greedy: part(greedy), toolFree: benchmark.toolFree[preset] }),
    );
    return;
  }
  console.log(`${name}/${preset}, ${split}, ${tasks} questions${without.length > 0 ? `, without ${without.join(', ')}` : ''}`);
  console.log(`  sampled  ${scored(sampled, tasks)}`);
  console.log(`  greedy   ${scored(greedy, tasks)}`);
  console.log(`  best policy without tools: ${percent(benchmark.toolFree[preset] ?? 0)}`);
  for (const line of failures) console.log(`  ${line}`);
  for (const [type, { accuracy, tasks: count }] of Object.entries(sampled.byType).sort())
    console.log(`  ${type.padEnd(20)} ${percent(accuracy).padStart(8)} sampled ${percent(greedy.byType[type]?.accuracy ?? 0).padStart(8)} greedy  (${count})`);
}

/** With the 95 % interval of a proportion. */
function scored({ accuracy, dropped }: Evaluation, tasks: number): string {
  const n = tasks - dropped;
  const interval = 196 * Math.sqrt((accuracy * (1 - accuracy)) / Math.max(1, n));
  return `${percent(accuracy)} ± ${interval.toFixed(1)}${dropped > 0 ? ` of ${n}; ${dropped} dropped, since a tool failed` : ''}`;
}
