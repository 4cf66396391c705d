// The page's end of the sandbox worker, with a watchdog: a worker that does not answer in time is ended, whatever it does.
import { wrap } from 'comlink';
import { LONGEST, PATIENCE, silent, type WatchedWorker, watchdog } from '../env/sandbox/watchdog.ts';
import { unwrap } from './answer.ts';
import { failureOfSandbox } from './failureOfSandbox.ts';
import type { CellOutcome, RunData, Sandbox, SandboxApi } from './sandbox.protocol.ts';

/** A worker as the watchdog needs it. */
export interface SandboxWorker extends WatchedWorker {
  readonly api: SandboxApi;
}

export interface SandboxOptions {
  /** Milliseconds that a cell may take; the engine stops it then. Default 1000. */
  readonly deadline?: number;
}

/** Starts the worker and loads its engine. Throws if one of them cannot be had. */
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const worker = new Worker(new URL('./sandbox.worker.ts', import.meta.url), { type: 'module', name: 'sandbox' });
  return guardSandbox({ api: wrap<SandboxApi>(worker), failure: failureOfSandbox(worker), terminate: () => worker.terminate() }, options);
}

export async function guardSandbox({ api, ...worker }: SandboxWorker, { deadline = 1000 }: SandboxOptions = {}): Promise<Sandbox> {
  const within = watchdog(worker);
  const { terminate } = worker;
  await within(api.prepare().then(unwrap), LONGEST, silent);
  let sent: ReadonlyMap<string, RunData> = new Map();
  return {
    async setRuns(runs) {
      const changed = runs.filter((run) => sent.get(run.key) !== run);
      sent = new Map(runs.map((run) => [run.key, run]));
      await within(api.setRuns({ order: runs.map(({ key }) => key), changed }).then(unwrap), LONGEST, silent);
    },
    async evaluate(cell) {
      const overdue: CellOutcome = {
        kind: 'error',
        message: `it could not be stopped after ${deadline / 1000} s, so that its sandbox was ended; a single call (a sort, a regular expression, a power) takes too long: give it less`,
        line: null,
        reads: [],
        lost: true,
      };
      const outcome = await within(api.evaluate(cell, deadline).then(unwrap), PATIENCE * deadline, () => overdue);
      if (outcome.kind === 'error' && outcome.lost) terminate();
      return outcome;
    },
    forget: (ids) => within(api.forget(ids).then(unwrap), LONGEST, silent),
    close: terminate,
  };
}
