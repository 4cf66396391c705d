// The trainer worker: runs the training loop and reports it. The page never waits for it.
import { expose } from 'comlink';
import type { OpenedCode } from '../env/own/openOwnCode.ts';
import type { Tool } from '../env/types.ts';
import { createPolicy } from '../policy/createPolicy.ts';
import { readPolicy, writePolicy } from '../policy/safetensors.ts';
import type { Policy, PolicyState } from '../policy/types.ts';
import { buildCodec } from '../train/codec.ts';
import { ownCodesOf, type TrainConfig, trainConfig, transportsOf } from '../train/config.ts';
import type { TruthReport } from '../train/creditComparison.ts';
import { estimateTruth } from '../train/estimateTruth.ts';
import { type TrainEvent, type TrainParts, train } from '../train/loop.ts';
import { reportOf } from '../train/report.ts';
import { evaluationLine, metricsLine, RUN_FILES, rolloutLines } from '../train/runFiles.ts';
import { answer } from './answer.ts';
import type { LiveSetup, LiveTools } from './liveTools.ts';
import type { TrainerApi, TrainerListener } from './trainer.protocol.ts';
import './trustedTypes.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** What belongs to one run. */
interface Run {
  readonly config: TrainConfig;
  readonly policy: Policy;
  readonly reference: Policy | null;
  /** Its own code; null where it has none. */
  readonly own: OpenedCode | null;
  /** Its tools that are answered elsewhere; null where it has none. */
  readonly live: LiveTools | null;
  readonly files: { readonly metrics: string[]; readonly rollouts: Blob[]; readonly probes: Blob[]; readonly evaluations: string[] };
  /** Whole updates so far. */
  update: number;
  events: AsyncGenerator<TrainEvent> | null;
  stop: AbortController;
}

/** Updates between checkpoints. */
const CHECKPOINT_EVERY = 5;

let workshop: (Workshop & { readonly listener: TrainerListener }) | null = null;
let run: Run | null = null;
/** Updates still to be made; 0 when halted. */
let wanted = 0;
let driving: Promise<void> = Promise.resolve();
let valuing = new AbortController();

const api: TrainerApi = {
  prepare: (setup, toolsPort, listener) =>
    answer(async () => {
      const opened = await openWorkshop(setup, toolsPort);
      workshop = { ...opened, listener };
      return opened.backend;
    }),

  begin: (spec, setup, from) =>
    answer(async () => {
      const { benchmark, base, listener } = prepared();
      const config = trainConfig(spec);
      if (!benchmark.presets.includes(config.preset)) throw new RangeError(`preset: expected one of ${benchmark.presets.join(', ')}, got ${config.preset}`);
      await halt();
      dropRun();
      const live = await openLive(config, setup);
      const own = await openOwn(config, live);
      const { unwritable } = buildCodec(benchmark.vocabulary)();
      const make = (state: PolicyState): Policy => {
        const policy = createPolicy(state.shape, { unwritable });
        policy.load(state);
        return policy;
      };
      const start: PolicyState = { shape: base.shape, parameters: base.parameters }; // without an optimizer's state
      run = {
        config,
        policy: make(from ? readPolicy(from.policy) : start),
        reference: config.klCoefficient > 0 ? make(start) : null,
        own,
        live,
        files: { metrics: [], rollouts: [], probes: [], evaluations: [] },
        update: from?.update ?? 0,
        events: null,
        stop: new AbortController(),
      };
      if (!from) listener({ kind: 'begun', config });
      listener({ kind: 'status', status: from ? 'paused' : 'idle', update: run.update });
      return config;
    }),

  run: async (updates = Number.POSITIVE_INFINITY) => {
    wanted = updates;
    driving = driving.then(drive);
  },
  pause: async () => {
    wanted = 0;
  },
  stop: halt,

  truth: (options) => {
    const report = driving.then(() => answer(() => valueCalls(options)));
    driving = report.then(() => {}); // training waits: the policy must stay as it is
    return report;
  },
  stopTruth: async () => valuing.abort(),

  cassette: async () => run?.live?.recorded() ?? '',

  files: async () => {
    if (!run) return {};
    const { config, files } = run;
    return {
      [RUN_FILES.config]: new Blob([`${JSON.stringify({ version: 1, config }, null, 2)}\n`]),
      [RUN_FILES.metrics]: new Blob(files.metrics),
      [RUN_FILES.evaluations]: new Blob(files.evaluations),
      [RUN_FILES.rollouts]: new Blob(files.rollouts),
      [RUN_FILES.probes]: new Blob(files.probes),
      [RUN_FILES.policy]: new Blob([await policyFile(run)]),
    };
  },
};

function dropRun(): void {
  run?.policy.dispose();
  run?.reference?.dispose();
  run?.own?.close();
  void run?.live?.close();
  run = null;
}

/** The run's own code in a worker of its own, which is loaded only then. */
async function openOwn(config: TrainConfig, live: LiveTools | null): Promise<OpenedCode | null> {
  const codes = ownCodesOf(config);
  if (!codes.reward && codes.tools.length === 0) return null;
  const { benchmark, tools, listener } = prepared();
  const [{ openOwnCode }, { startOwnCode }] = await Promise.all([import('../env/own/openOwnCode.ts'), import('./ownCode.client.ts')]);
  const parts = { benchmark, tools: live?.tools ?? tools, start: startOwnCode, onFault: (message: string) => listener({ kind: 'toolFault', message }) };
  return openOwnCode(codes, parts);
}

/** The run's tools that are answered elsewhere, whose code is loaded only then. */
async function openLive({ tools: ofRun, seed }: TrainConfig, setup: LiveSetup): Promise<LiveTools | null> {
  const texts = transportsOf(ofRun);
  if (texts.length === 0) return null;
  const { benchmark, tools, listener } = prepared();
  const { openLiveTools } = await import('./liveTools.ts');
  return openLiveTools(texts, setup, {
    tools,
    overview: benchmark.overview,
    seed,
    onFault: (message) => listener({ kind: 'toolFault', message }),
    onMismatch: (mismatch) => {
      run?.stop.abort(mismatch);
      valuing.abort(mismatch);
    },
  });
}

async function valueCalls(options: { readonly calls: number; readonly continuations: number }): Promise<TruthReport> {
  const { benchmark, tools, listener } = prepared();
  if (!run) throw new Error('trainer: no run whose policy could be judged; call begin first');
  valuing = new AbortController();
  listener({ kind: 'valuing', phase: 'rollouts', done: 0, total: options.calls });
  try {
    return await estimateTruth(
      run.config,
      { benchmark, policy: run.policy, signal: valuing.signal, ...toolsOf(run, tools) },
      { ...options, onProgress: (phase, done, total) => listener({ kind: 'valuing', phase, done, total }) },
    );
  } finally {
    listener({ kind: 'valued' });
  }
}

/** The tools and the reward of a run. */
function toolsOf({ own, live }: Run, tools: readonly Tool[]): Pick<TrainParts, 'tools' | 'ownReward'> {
  return own ? { tools: own.tools, ownReward: own.reward } : { tools: live?.tools ?? tools };
}

function prepared(): NonNullable<typeof workshop> {
  if (!workshop) throw new Error('trainer: not prepared; call prepare first');
  return workshop;
}

async function halt(): Promise<void> {
  wanted = 0;
  run?.stop.abort();
  valuing.abort();
  await driving;
}

/** Makes updates while any are wanted. An event's report is sent before the next one is asked for. */
async function drive(): Promise<void> {
  const { benchmark, tools, listener } = prepared();
  const current = run;
  if (!current || wanted === 0 || current.update >= current.config.updates) return;
  if (current.stop.signal.aborted) {
    current.stop = new AbortController();
    current.events = null;
  }
  const { config, policy, reference, stop, files } = current;
  current.events ??= train(
    config,
    {
      benchmark,
      policy,
      ...toolsOf(current, tools),
      ...(reference ? { reference } : {}),
      signal: stop.signal,
      onPhase: (report) => listener({ kind: 'phase', ...report }),
    },
    current.update + 1,
  );
  listener({ kind: 'status', status: 'running', update: current.update });
  try {
    let whole = true; // the policy is that of `current.update`: what is told of an update before the update itself comes after its steps
    while (wanted > 0 || !whole) {
      const { value: event, done } = await current.events.next();
      if (done) break;
      whole = event.kind === 'updated' || event.update === 0;
      if (event.kind === 'updated') {
        files.metrics.push(metricsLine(event));
        files.rollouts.push(new Blob([rolloutLines(event)]));
        current.update = event.update;
        wanted = Math.max(0, wanted - 1);
        if (current.update % CHECKPOINT_EVERY === 0) await sendCheckpoint(current);
      } else if (event.kind === 'probed') files.probes.push(new Blob([rolloutLines(event)]));
      else files.evaluations.push(evaluationLine(event));
      listener(reportOf(event));
    }
    wanted = 0;
    if (current.update % CHECKPOINT_EVERY !== 0) await sendCheckpoint(current);
    const { reason } = stop.signal;
    if (reason instanceof Error && reason.name === 'CassetteMismatch') listener({ kind: 'failed', message: reason.message });
    const status = current.update >= config.updates ? 'finished' : stop.signal.aborted ? 'stopped' : 'paused';
    listener({ kind: 'status', status, update: current.update });
  } catch (error) {
    wanted = 0;
    current.events = null;
    if (error instanceof Error && error.name === 'OwnCodeError' && current.update > 0) await sendCheckpoint(current); // it fails before the policy is touched
    listener({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    listener({ kind: 'status', status: 'stopped', update: current.update });
  }
}

async function sendCheckpoint(current: Run): Promise<void> {
  prepared().listener({ kind: 'checkpoint', update: current.update, policy: await policyFile(current) });
}

async function policyFile({ policy, update, config }: Run): Promise<Uint8Array<ArrayBuffer>> {
  return writePolicy(await policy.save(), { update: String(update), algorithm: config.algorithm, credit: config.credit.rule });
}

expose(api);
