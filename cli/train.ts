// tapo train — the loop on the command line, with progress, files, stop and resume.
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { REWARD_PRESETS } from '../src/env/rewards.ts';
import { BACKEND_CHOICES, type BackendChoice, type BackendName } from '../src/policy/backend.ts';
import { writePolicy } from '../src/policy/safetensors.ts';
import type { PolicyState } from '../src/policy/types.ts';
import { ALGORITHMS, CREDIT_RULES, type TrainConfig, type TrainSpec, trainConfig } from '../src/train/config.ts';
import { train } from '../src/train/loop.ts';
import { type Recording, recordingOf } from '../src/train/recording.ts';
import { type RunReport, reportOf } from '../src/train/report.ts';
import { evaluationLine, linesUpTo, metricsLine, RUN_FILES, rolloutLines } from '../src/train/runFiles.ts';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend, writeWhole } from './machine.ts';
import { numberFrom, wholeNumberFrom } from './options.ts';
import { Progress } from './progress.ts';
import { asUserError, UserError } from './userError.ts';

interface TrainFlags extends Omit<TrainSpec, 'credit' | 'support' | 'clamp'> {
  readonly credit: TrainConfig['credit']['rule'];
  readonly theta?: number;
  readonly alphaMin?: number;
  readonly beta?: number;
  readonly minSuccess?: number;
  readonly support: boolean;
  readonly clamp: boolean;
  readonly backend: BackendChoice;
  readonly out?: string;
  readonly resume?: string;
  readonly config?: string;
  readonly policy?: string;
  readonly record?: string;
  readonly saveEvery: number;
}

export function trainCommand(): Command {
  return new Command('train')
    .description('Train a policy by reinforcement. Ctrl-C stops it and keeps everything; --resume goes on.')
    .option('--benchmark <name>', 'world to train in', 'atlas')
    .option('--preset <name>', 'scenes: grid or clutter')
    .addOption(new Option('--algorithm <name>', 'objective').choices([...ALGORITHMS]))
    .addOption(new Option('--credit <rule>', 'credit rule').choices([...CREDIT_RULES]).default('tapo'))
    .option('--theta <x>', 'θ: least similarity at which credit is transferred', numberFrom(0))
    .option('--alpha-min <x>', 'α_min: least similarity · support', numberFrom(0))
    .option('--beta <x>', 'β: strength of the transfer', numberFrom(0))
    .option('--min-success <n>', 'successful rollouts needed before anything is transferred', wholeNumberFrom(1))
    .option('--no-support', 'leave the support factor out')
    .option('--no-clamp', 'let a corrected advantage become positive')
    .addOption(new Option('--reward <name>', 'reward preset').choices([...REWARD_PRESETS]))
    .option('--seed <n>', 'seed of prompts and sampling', wholeNumberFrom(0))
    .option('--updates <n>', 'number of updates', wholeNumberFrom(1))
    .option('--prompts <n>', 'prompts an update', wholeNumberFrom(1))
    .option('--group-size <n>', 'rollouts a prompt', wholeNumberFrom(1))
    .option('--epochs <n>', 'passes over each batch', wholeNumberFrom(1))
    .option('--mini-batches <n>', 'optimizer steps a pass', wholeNumberFrom(1))
    .option('--learning-rate <x>', 'learning rate of AdamW', numberFrom(0, 1))
    .option('--kl-coefficient <x>', 'weight of the KL to the policy at the start', numberFrom(0))
    .option('--entropy-coefficient <x>', 'weight of an entropy bonus', numberFrom(-1000))
    .option('--shuffled-facts', 'rename countries and facts in every prompt, so that nothing can be known by heart')
    .option('--dynamic-sampling <n>', 'extra draws that replace prompts without mixed outcomes', wholeNumberFrom(0))
    .option('--evaluate-every <n>', 'updates between evaluations, 0 for none', wholeNumberFrom(0))
    .option('--evaluation-tasks <n>', 'validation questions an evaluation', wholeNumberFrom(1))
    .addOption(
      new Option('--backend <name>', 'where tensors live; auto takes WebGPU on a hardware adapter, else wasm').choices([...BACKEND_CHOICES]).default('auto'),
    )
    .option('--config <file>', 'JSON file with options (named as in config.json); options given here win')
    .option('--policy <file>', 'policy to start from (default: the base policy of the benchmark)')
    .option('--out <dir>', 'folder for metrics.jsonl, rollouts.jsonl, policy.safetensors, config.json (default: runs/NAME)')
    .option('--resume <dir>', 'go on with the run in this folder')
    .option('--record <file>', 'also write what the page plays back as a recorded run')
    .option('--save-every <n>', 'updates between saves of the policy', wholeNumberFrom(1), 25)
    .action((flags: TrainFlags) => asUserError(() => (flags.resume ? resume(flags) : start(flags))));
}

async function start(flags: TrainFlags): Promise<void> {
  const config = trainConfig(await specOf(flags));
  const folder = flags.out ?? path.join('runs', `${config.benchmark}-${config.preset}-${config.algorithm}-${config.credit.rule}-s${config.seed}`);
  await claimFolder(folder);
  await run(config, folder, flags, 0);
}

async function resume(flags: TrainFlags): Promise<void> {
  const folder = flags.resume as string;
  const text = await readFile(path.join(folder, RUN_FILES.config), 'utf8').catch(() => {
    throw new UserError(`--resume: expected a run's folder with ${RUN_FILES.config}, got ${folder}`);
  });
  const saved = JSON.parse(text) as { config: TrainSpec };
  const config = trainConfig({ ...saved.config, ...(flags.updates === undefined ? {} : { updates: flags.updates }) });
  const { metadata } = await loadBenchmark(config.benchmark).then((benchmark) => readPolicyFile(path.join(folder, RUN_FILES.policy), benchmark));
  const done = Number(metadata.update ?? 0);
  for (const name of [RUN_FILES.metrics, RUN_FILES.rollouts, RUN_FILES.evaluations]) {
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
  const start = { shape: state.shape, parameters: state.parameters }; // without an optimizer's state
  const reference = config.klCoefficient === 0 ? null : done > 0 ? await readStart(file('start'), benchmark) : start;
  const backend = await startNodeBackend(flags.backend);
  const policy = makePolicy(benchmark, state.shape, done > 0 ? state : start);
  if (reference && done === 0) await writeWhole(file('start'), writePolicy(reference));
  await writeWhole(file('config'), `${JSON.stringify({ version: 1, config, backend: backend.backend, adapter: backend.adapter }, null, 2)}\n`);

  const stop = new AbortController();
  const onInterrupt = (): void => {
    if (stop.signal.aborted) process.exit(130); // a second Ctrl-C does not wait
    console.error('\nstopping after this step; press Ctrl-C again to leave at once');
    stop.abort();
  };
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
  const parts = { benchmark, policy, ...(reference ? { reference: makePolicy(benchmark, reference.shape, reference) } : {}) };
  for await (const event of train(config, { ...parts, signal: stop.signal, onPhase: (report) => progress.phase(report) }, done + 1)) {
    if (flags.record) reports.push(reportOf(event));
    if (event.kind === 'evaluated') {
      await appendFile(file('evaluations'), evaluationLine(event));
      progress.evaluated(event);
      continue;
    }
    await appendFile(file('metrics'), metricsLine(event));
    await appendFile(file('rollouts'), rolloutLines(event));
    last = event.update;
    progress.updated(event);
    if (last % flags.saveEvery === 0) await save();
  }
  await save();
  if (flags.record) await writeWhole(flags.record, JSON.stringify(recordingOf(config, reports, aboutRecording(config, backend.backend))));
  progress.end(stop.signal.aborted ? `stopped after update ${last}; npx tapo train --resume ${folder} goes on` : `done; the policy is ${file('policy')}`);
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

function aboutRecording({ algorithm, credit, preset, seed, updates }: TrainConfig, backend: BackendName): Pick<Recording, 'title' | 'command' | 'machine'> {
  return {
    title: `${algorithm.toUpperCase()} ${credit.rule === 'tapo' ? 'with TAPO credit transfer' : 'without credit transfer'} on atlas/${preset}, ${updates} updates, seed ${seed}`,
    command: `npx tapo train --preset ${preset} --algorithm ${algorithm} --credit ${credit.rule} --seed ${seed} --updates ${updates} --backend ${backend}`,
    machine: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${backend}`,
  };
}

/** The options of a config file, under those of the command line. */
async function specOf(flags: TrainFlags): Promise<unknown> {
  const file = flags.config ? await readConfigFile(flags.config) : {};
  const names = ['benchmark', 'preset', 'algorithm', 'reward', 'seed', 'updates', 'prompts', 'groupSize', 'epochs', 'miniBatches', 'learningRate'] as const;
  const more = ['klCoefficient', 'entropyCoefficient', 'shuffledFacts', 'dynamicSampling', 'evaluateEvery', 'evaluationTasks'] as const;
  const given = Object.fromEntries([...names, ...more].flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])));
  const creditNames = ['theta', 'alphaMin', 'beta', 'minSuccess'] as const;
  const credit = Object.fromEntries(creditNames.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])));
  const switches = { ...(flags.support ? {} : { support: false }), ...(flags.clamp ? {} : { clamp: false }) };
  return { ...file, ...given, credit: { ...(file.credit as object), rule: flags.credit, ...credit, ...switches } };
}

async function readConfigFile(name: string): Promise<Record<string, unknown>> {
  const text = await readFile(name, 'utf8');
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    return (value.config as Record<string, unknown> | undefined) ?? value; // a run's config.json will do
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
