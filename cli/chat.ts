// tapo chat — another's model on our questions: rollouts of an OpenAI-compatible endpoint, for tapo audit and the page.
import { Command, Option } from 'commander';
import * as v from 'valibot';
import { createKeyring, createLiveClient, keyVariable, playChatGroups, TURN_LIMIT, writeChatRollouts } from '../src/env/live/index.ts';
import { Address } from '../src/env/live/toolConfig.ts';
import { REWARDS } from '../src/env/rewards.ts';
import { SPLITS, type Split } from '../src/env/types.ts';
import { loadBenchmark, writeWhole } from './machine.ts';
import { positiveNumber, wholeNumberFrom } from './options.ts';
import { percent } from './progress.ts';
import { addToolFlags, openCommandTools, type ToolFlags } from './toolFlags.ts';
import { asUserError, UserError } from './userError.ts';

interface ChatFlags extends ToolFlags {
  readonly model: string;
  readonly benchmark: string;
  readonly preset?: string;
  readonly split: Split;
  readonly tasks: number;
  readonly groupSize: number;
  readonly temperature: number;
  readonly out: string;
}

export function chatCommand(): Command {
  const command = new Command('chat')
    .description(
      'Let a model behind an OpenAI-compatible endpoint play questions with the benchmark’s tools. Its rollouts are written to a file; it is not trained.',
    )
    .argument('<url>', 'address that the API begins with, for example http://localhost:11434/v1; its key is in TAPO_KEY_HOST (docs/live-tools.md)')
    .requiredOption('--model <name>', 'model, as the endpoint calls it')
    .option('--benchmark <name>', 'world', 'atlas')
    .option('--preset <name>', 'kind of tasks (default: the first of the benchmark)')
    .addOption(new Option('--split <name>', 'countries or elements that are asked about').choices([...SPLITS]).default('validation'))
    .option('--tasks <n>', 'number of questions', wholeNumberFrom(1), 8)
    .option('--group-size <n>', 'attempts at each', wholeNumberFrom(1), 8)
    .option('--temperature <x>', 'of its sampling', positiveNumber, 1)
    .option('--out <file>', 'rollout file to write', 'chat-rollouts.jsonl');
  return addToolFlags(command).action((url: string, flags: ChatFlags) => asUserError(() => run(url, flags)));
}

async function run(url: string, flags: ChatFlags): Promise<void> {
  const address = v.safeParse(Address, url);
  if (!address.success) throw new UserError(`expected ${address.issues[0].message}, such as http://localhost:11434/v1, got ${url}`);
  const benchmark = await loadBenchmark(flags.benchmark);
  const preset = flags.preset ?? (benchmark.presets[0] as string);
  if (!benchmark.presets.includes(preset)) throw new UserError(`--preset: expected one of ${benchmark.presets.join(', ')}, got ${preset}`);
  const live = await openCommandTools(benchmark, flags, { seed: 0 });
  const keys = createKeyring();
  keys.set(url, process.env[keyVariable(url)] ?? '');
  const { rollouts, dropped, faults } = await playChatGroups(
    benchmark,
    { ...flags, preset },
    {
      client: createLiveClient({ keys, timeLimit: TURN_LIMIT }),
      url,
      model: flags.model,
      tools: live.tools,
      temperature: flags.temperature,
      reward: REWARDS.exact,
      signal: live.signal,
    },
  ).catch(live.fail);
  await live.finish();
  if (rollouts.length === 0) throw new UserError(`every rollout was dropped: ${faults[0]?.[0] ?? 'the endpoint failed'}`);
  await writeWhole(flags.out, writeChatRollouts(rollouts));
  const right = rollouts.filter(({ outcome }) => outcome.correct).length;
  console.log(
    `${flags.model} on ${flags.benchmark}/${preset}, ${flags.split}: ${percent(right / rollouts.length)} of ${rollouts.length} rollouts right, ${dropped} dropped`,
  );
  console.log(`rollouts in ${flags.out}; npx tapo audit ${flags.out} assigns credit`);
  for (const [why, count] of faults) console.log(`${count} dropped: ${why}`);
}
