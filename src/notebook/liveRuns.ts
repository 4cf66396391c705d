// The one trainer of the page: which run it holds, what it may go on from, and how it is ended when it does not listen.
import type { BackendChoice, BackendReport } from '../policy/backend.ts';
import { trainConfig } from '../train/config.ts';
import type { TruthReport } from '../train/creditComparison.ts';
import { unwrap } from '../workers/answer.ts';
import { startTrainer, type ToolsClient, type TrainerClient } from '../workers/clients.ts';
import type { LiveSetup } from '../workers/liveTools.ts';
import type { Checkpoint, TrainerEvent } from '../workers/trainer.protocol.ts';
import type { RunReference } from './cells/cellValue.ts';

export interface LiveRuns {
  /** The run that the trainer holds. */
  held(): string | null;
  /** Whether the held run has tools of its own that are to be opened otherwise now. */
  outdated(): boolean;
  /** Gives the trainer this run, from its checkpoint or from the start. What it held before can be gone on with from its own checkpoint. */
  hold(run: RunReference, backend: BackendChoice, from: Checkpoint | null): Promise<BackendReport>;
  /** Goes on until paused, stopped or finished; after so many updates, if a number is given. */
  run(updates?: number): Promise<void>;
  pause(): Promise<void>;
  stop(): Promise<void>;
  /** Ends the worker at once, whatever it does: the held run is let go. */
  end(): void;
  checkpointOf(key: string): Checkpoint | null;
  keep(key: string, checkpoint: Checkpoint): void;
  /** As if no checkpoint had been made. */
  forget(key: string): void;
  /** What the held run's live tools have answered, where that is recorded; else empty. */
  cassette(): Promise<string>;
  files(): Promise<Readonly<Record<string, Blob>>>;
  truth(options: { readonly calls: number; readonly continuations: number }): Promise<TruthReport | null>;
  stopTruth(): Promise<void>;
}

export interface LiveRunsParts {
  /** Address of the folder that holds the benchmarks, ending in a slash. */
  readonly base: string;
  readonly tools: () => Promise<ToolsClient>;
  /** What runs with tools of their own are begun with. */
  readonly setup: () => LiveSetup;
  /** Gets what the trainer told of the held run, at most eight times a second: the charts need no more. */
  readonly onEvents: (key: string, events: readonly TrainerEvent[]) => void;
}

export function liveRuns({ base, tools, setup, onEvents }: LiveRunsParts): LiveRuns {
  const checkpoints = new Map<string, Checkpoint>();
  let trainer: TrainerClient | null = null;
  let key: string | null = null;
  /** What the held run's tools were opened with; null where it has none of its own. */
  let opened: LiveSetup | null = null;
  let waiting: TrainerEvent[] = [];
  let flushing = false;

  const flush = (): void => {
    const due = waiting;
    waiting = [];
    if (key !== null && due.length > 0) onEvents(key, due);
  };
  const receive = (event: TrainerEvent): void => {
    if (event.kind === 'checkpoint' && key !== null) checkpoints.set(key, event);
    waiting.push(event);
    if (flushing) return;
    flushing = true;
    setTimeout(() => {
      flushing = false;
      flush();
    }, 125);
  };
  const end = (): void => {
    flush();
    trainer?.close();
    trainer = null;
    key = null;
  };

  return {
    held: () => key,
    outdated: () => opened !== null && opened !== setup(),
    async hold(run, backend, from) {
      const { benchmark, tools: own } = trainConfig(run.spec);
      if (trainer && ((backend !== 'auto' && trainer.backend.backend !== backend) || trainer.benchmark !== benchmark)) end();
      await trainer?.api.stop();
      flush();
      key = null; // nothing that is told meanwhile belongs to the new run
      trainer ??= await startTrainer({ base, benchmark, backend }, await tools(), receive);
      waiting = [];
      key = run.key;
      const live = setup();
      opened = own.length > 0 ? live : null;
      const begun = await trainer.api.begin(run.spec, live, from ?? undefined);
      if (begun.kind === 'error') key = null; // it holds nothing
      unwrap(begun);
      return trainer.backend;
    },
    run: async (updates) => trainer?.api.run(updates),
    pause: async () => trainer?.api.pause(),
    stop: async () => trainer?.api.stop(),
    end,
    checkpointOf: (of) => checkpoints.get(of) ?? null,
    keep: (of, checkpoint) => void checkpoints.set(of, checkpoint),
    forget: (of) => void checkpoints.delete(of),
    cassette: async () => (await trainer?.api.cassette()) ?? '',
    files: async () => (trainer ? trainer.api.files() : {}),
    async truth(options) {
      const answer = await trainer?.api.truth(options);
      if (!answer || (answer.kind === 'error' && answer.name === 'AbortError')) return null;
      return unwrap(answer);
    },
    stopTruth: async () => trainer?.api.stopTruth(),
  };
}
