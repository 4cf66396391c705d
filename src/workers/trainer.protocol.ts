// What the page and the trainer worker say to each other. Types alone.
import type { ProxyMarked } from 'comlink';
import type { BackendReport } from '../policy/backend.ts';
import type { TrainConfig, TrainSpec } from '../train/config.ts';
import type { TruthReport } from '../train/creditComparison.ts';
import type { RunReport } from '../train/report.ts';
import type { Answer } from './answer.ts';
import type { LiveSetup } from './liveTools.ts';
import type { WorkshopSetup } from './workshop.ts';

/** idle: made, not begun · running · paused: may go on · stopped: as asked, all is kept, may go on · finished: all updates are made. */
export type RunStatus = 'idle' | 'running' | 'paused' | 'stopped' | 'finished';

/** Everything that the trainer reports, in order. `update` counts whole updates. */
export type TrainerEvent =
  | RunReport
  | { readonly kind: 'status'; readonly status: RunStatus; readonly update: number }
  | { readonly kind: 'failed'; readonly message: string }
  /** A call of a tool of the run's own failed: its rollout is dropped. */
  | { readonly kind: 'toolFault'; readonly message: string }
  /** What the run may go on from, should this worker end: sent every few updates and whenever it halts. */
  | ({ readonly kind: 'checkpoint' } & Checkpoint)
  | ({ readonly kind: 'valuing' } & ValuingProgress)
  | { readonly kind: 'valued' };

/** A run as it was after an update. */
export interface Checkpoint {
  readonly update: number;
  /** A safetensors file with the optimizer's state. */
  readonly policy: Uint8Array;
}

/** How far the re-rolling of calls is. */
export interface ValuingProgress {
  readonly phase: 'rollouts' | 'continuations';
  readonly done: number;
  readonly total: number;
}

/** Must be wrapped in comlink's `proxy()`: a bare function does not compile. */
export type TrainerListener = ((event: TrainerEvent) => void) & ProxyMarked;

export interface TrainerApi {
  /** Loads the benchmark and a backend; `tools` leads to the tools worker. */
  prepare(setup: WorkshopSetup, tools: MessagePort, listener: TrainerListener): Promise<Answer<BackendReport>>;
  /** Makes a new run from the base policy, or goes on from a checkpoint of the same run; it waits before its next update. `live`: for its own tools. */
  begin(spec: TrainSpec, live: LiveSetup, from?: Checkpoint): Promise<Answer<TrainConfig>>;
  /** Goes on until paused, stopped or finished; after so many updates, if a number is given. */
  run(updates?: number): Promise<void>;
  /** Halts after the update under way. */
  pause(): Promise<void>;
  /** Halts at once: rollouts under way are dropped, the policy stays as the last whole update left it. */
  stop(): Promise<void>;
  /** True values of so many calls under the run's policy as it is now. Waits for the update under way. */
  truth(options: { readonly calls: number; readonly continuations: number }): Promise<Answer<TruthReport>>;
  /** Ends an estimate that is under way; its answer is then an error named AbortError. */
  stopTruth(): Promise<void>;
  /** What live tools have answered since the run was begun, where that is recorded; else empty. */
  cassette(): Promise<string>;
  /** The run's files by name: configuration, metrics, rollouts, evaluations, policy. */
  files(): Promise<Readonly<Record<string, Blob>>>;
}
