// tapo train — the loop on the command line, with progress, files, stop and resume.
import { setMaxListeners } from 'node:events';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { writtenToolConfig } from '../src/env/live/index.ts';
import { OwnCodeError } from '../src/env/own/ownCodeError.ts';
import { BACKEND_CHOICES, type BackendChoice, type BackendName } from '../src/policy/backend.ts';
import { writePolicy } from '../src/policy/safetensors.ts';
import type { PolicyState } from '../src/policy/types.ts';
import { type TrainConfig, type TrainSpec, trainConfig, transportsOf } from '../src/train/config.ts';
import { train } from '../src/train/loop.ts';
import { OPTIONS, optionAt, optionOf, withOption, writtenValue } from '../src/train/options/optionTable.ts';
import { type Recording, recordingOf } from '../src/train/recording.ts';
import { type RunReport, reportOf } from '../src/train/report.ts';
import { evaluationLine, linesUpTo, metricsLine, RUN_FILES, rolloutLines } from '../src/train/runFiles.ts';
import { commandOf } from '../src/train/runKey.ts';
import { RUN_RECIPES, type RunRecipe } from '../src/train/runRecipes.ts';
import { runTitle } from '../src/train/runTitle.ts';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend, writeWhole } from './machine.ts';
import { addOptionFlags, givenOptions } from './optionFlags.ts';
import { wholeNumberFrom } from './options.ts';
import { addRewardFileFlag, addToolFileFlag, type OwnCodeFlags } from './ownCodeFlags.ts';
import { Progress } from './progress.ts';
import { openRunTools, withToolFlags } from './runTools.ts';
import { addToolFlags, type ToolFlags } from './toolFlags.ts';
import { asUserError, UserError } from './userError.ts';

/** Flags beside the option table. */
interface TrainFlags extends ToolFlags, OwnCodeFlags {
  readonly backend: BackendChoice;
  readonly out?: string;
  readonly resume?: string;
  readonly config?: string;
  readonly recipe?: RunRecipe;
  readonly policy?: string;
  readonly record?: string;
  readonly saveEvery: number;
}

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train a policy by reinforcement. Ctrl-C stops it and keeps everything; --resume goes on.')
    .optionsGroup('Files and machine:')
    .addOption(
      new Option('--backend <name>', 'where tensors live; auto takes WebGPU on a hardware adapter, else wasm').choices([...BACKEND_CHOICES]).default('auto'),
    )
    .addOption(new Option('--recipe <name>', 'published way to train; options given here or by --config win').choices(Object.keys(RUN_RECIPES)))
    .option('--config <file>', 'JSON file with options (named as in config.json); options given here win')
    .option('--policy <file>', 'policy to start from (default: the base policy of the benchmark)')
    .option('--out <dir>', 'folder for metrics.jsonl, rollouts.jsonl, policy.safetensors, config.json (default: runs/NAME)')
    .option('--resume <dir>', 'go on with the run in this folder; of the options only --updates may change')
    .option('--record <file>', 'also write what the page plays back as a recorded run')
    .option('--save-every <n>', 'updates between saves of the policy', wholeNumberFrom(1), 25);
  return addOptionFlags(addRewardFileFlag(addToolFileFlag(addToolFlags(command))), OPTIONS).action((flags: TrainFlags & Readonly<Record<string, unknown>>) =>
    asUserError(() => {
      const given = givenOptions(OPTIONS, flags);
      return flags.resume ? resume(flags.resume, flags, given) : start(flags, given);
    }),
  );
}

type Given = ReturnType<typeof givenOptions>;

async function start(flags: TrainFlags, given: Given): Promise<void> {
  const recipe: TrainSpec = flags.recipe ? RUN_RECIPES[flags.recipe] : {};
  const file = { ...recipe, ...(flags.config ? await readConfigFile(flags.config) : {}) };
  const named = trainConfig(given.reduce<TrainSpec>((spec, [path, value]) => withOption(spec, path, value), file));
  const config = await withToolFlags(named, flags);
  const folder = flags.out ?? path.join('runs', `${config.benchmark}-${config.preset}-${config.algorithm}-${config.credit.rule}-s${config.seed}`);
  await claimFolder(folder);
  await run(config, folder, flags, 0);
}

async function resume(folder: string, flags: TrainFlags, given: Given): Promise<void> {
  const text = await readFile(path.join(folder, RUN_FILES.config), 'utf8').catch(() => {
    throw new UserError(`--resume: expected a run's folder with ${RUN_FILES.config}, got ${folder}`);
  });
  const saved = trainConfig((JSON.parse(text) as { config: TrainSpec }).config);
  for (const [name, value] of given) {
    if (name === 'updates' || value === optionAt(saved, name)) continue;
    const [expected, got] = [optionAt(saved, name), value].map((each) => writtenValue(optionOf(name), each));
    throw new UserError(`--resume: of the options only --updates may change; expected --${optionOf(name).flag} ${expected} as in ${folder}, got ${got}`);
  }
  const tools = transportsOf(saved.tools);
  if (flags.tool && flags.tool.map(writtenToolConfig).join(' ') !== tools.join(' '))
    throw new UserError(`--resume: tools stay as they were in ${folder}: ${tools.length > 0 ? tools.map((tool) => `--tool ${tool}`).join(' ') : 'no --tool'}`);
  if (flags.toolFile ?? flags.rewardFile)
    throw new UserError(`--resume: code of one’s own stays as it was: ${folder} holds it; leave --tool-file and --reward-file out`);
  const config = given.reduce((spec, [name, value]) => withOption(spec, name, value), saved);
  const { metadata } = await loadBenchmark(config.benchmark).then((benchmark) => readPolicyFile(path.join(folder, RUN_FILES.policy), benchmark));
  const done = Number(metadata.update ?? 0);
  for (const name of [RUN_FILES.metrics, RUN_FILES.rollouts, RUN_FILES.probes, RUN_FILES.evaluations]) {
    const file = path.join(folder, name);
    await writeWhole(file, linesUpTo(await readFile(file, 'utf8').catch(() => ''), done)); // what came after the last save is made again
  }
  await run(config, folder, { ...flags, policy: path.join(folder, RUN_FILES.policy) }, done);
}

async function run(config: TrainConfig, folder: string, flags: TrainFlags, done: number): Promise<void> {
  const benchmark = await loadBenchmark(config.benchmark);
  if (!benchmark.presets.includes(config.preset)) throw new UserError(`--preset: expected one of ${benchmark.presets.join(', ')}, got ${config.preset}`);
  const file = (name: keyof typeof RUN_FILES): string => path.join(folder, RUN_FILES[name]);
  const state = await readPolicyFile(flags.policy, benchmark);
  const begun = { shape: state.shape, parameters: state.parameters }; // without an optimizer's state
  const reference = config.klCoefficient === 0 ? null : done > 0 ? await readStart(file('start'), benchmark) : begun;
  const live = await openRunTools(benchmark, config, flags);
  const backend = await startNodeBackend(flags.backend);
  const policy = makePolicy(benchmark, state.shape, done > 0 ? state : begun);
  if (reference && done === 0) await writeWhole(file('start'), writePolicy(reference));
  await writeWhole(file('config'), `${JSON.stringify({ version: 1, config, backend: backend.backend, adapter: backend.adapter }, null, 2)}\n`);

  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // every tool call under way listens
  const onInterrupt = (): void => {
    if (stop.signal.aborted) process.exit(130); // a second Ctrl-C does not wait
    console.error('\nstopping after this step; press Ctrl-C again to leave at once');
    stop.abort();
  };
  live.signal.addEventListener('abort', () => stop.abort());
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  const progress = new Progress(config, done);
  console.log(
    `${config.algorithm} with credit ${config.credit.rule} on ${config.benchmark}/${config.preset}, seed ${config.seed}: ${backend.reason}; files in ${folder}`,
  );

  let last = done;
  const save = async (): Promise<void> =>
    writeWhole(file('policy'), writePolicy(await policy.save(), { update: String(last), algorithm: config.algorithm, credit: config.credit.rule }));
  if (done === 0) await save();
  const reports: RunReport[] = [];
  const parts = {
    benchmark,
    policy,
    tools: live.tools,
    ownReward: live.ownReward,
    ...(reference ? { reference: makePolicy(benchmark, reference.shape, reference) } : {}),
  };
  try {
    for await (const event of train(config, { ...parts, signal: stop.signal, onPhase: (report) => progress.phase(report) }, done + 1)) {
      if (flags.record) reports.push(reportOf(event));
      if (event.kind === 'evaluated') {
        await appendFile(file('evaluations'), evaluationLine(event));
        progress.evaluated(event);
        continue;
      }
      if (event.kind === 'probed') {
        await appendFile(file('probes'), rolloutLines(event));
        continue;
      }
      await appendFile(file('metrics'), metricsLine(event));
      await appendFile(file('rollouts'), rolloutLines(event));
      last = event.update;
      progress.updated(event);
      if (last % flags.saveEvery === 0) await save();
    }
  } catch (error) {
    if (error instanceof OwnCodeError) {
      await save();
      progress.end(`stopped after update ${last}, everything kept; the policy is ${file('policy')}`);
    }
    await live.fail(error);
  }
  await save();
  if (flags.record) await writeWhole(flags.record, JSON.stringify(recordingOf(config, reports, aboutRecording(config, backend.backend))));
  progress.end(stop.signal.aborted ? `stopped after update ${last}; npx tapo train --resume ${folder} goes on` : `done; the policy is ${file('policy')}`);
  for (const line of await live.finish()) console.log(line);
  process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  policy.dispose();
}

/** The policy that a run with a KL term started from. */
async function readStart(file: string, benchmark: Awaited<ReturnType<typeof loadBenchmark>>): Promise<PolicyState> {
  try {
    const { shape, parameters } = await readPolicyFile(file, benchmark);
    return { shape, parameters };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UserError(`--resume: this run has a KL term, so ${file} must hold the policy that it started from; put it back to go on`);
  }
}

function aboutRecording(config: TrainConfig, backend: BackendName): Pick<Recording, 'title' | 'command' | 'machine'> {
  return {
    title: runTitle(config),
    command: commandOf(config, `--backend ${backend}`),
    machine: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${backend}`,
  };
}

async function readConfigFile(name: string): Promise<TrainSpec> {
  const text = await readFile(name, 'utf8');
  try {
    const value = JSON.parse(text) as TrainSpec & { readonly config?: TrainSpec };
    return value.config ?? value; // a run's config.json will do
  } catch (error) {
    throw new UserError(`--config ${name}: expected JSON, got ${(error as Error).message}`);
  }
}

async function claimFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const present = (await readdir(folder)).filter((name) => Object.values<string>(RUN_FILES).includes(name));
  if (present.length > 0)
    throw new UserError(`${folder} already holds a run (${present.join(', ')}); use --resume ${folder} to go on with it, or another --out`);
}
