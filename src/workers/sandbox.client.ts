// The page's end of the sandbox worker, with a watchdog: a worker that does not answer in time is ended, whatever it does.
import { wrap } from 'comlink';
import { unwrap } from './answer.ts';
import type { CellOutcome, RunData, Sandbox, SandboxApi } from './sandbox.protocol.ts';

/** A worker as the watchdog needs it. */
export interface SandboxWorker {
  readonly api: SandboxApi;
  /** Rejects if the worker fails outside of a call. */
  readonly failure: Promise<never>;
  terminate(): void;
}

export interface SandboxOptions {
  /** Milliseconds that a cell may take; the engine stops it then. Default 1000. */
  readonly deadline?: number;
}

/** Deadlines after which the worker is ended: the engine cannot stop within a built-in function. */
const PATIENCE = 2.5;
/** For everything that is no code of a cell, milliseconds. */
const LONGEST = 20_000;
/** A page that was busy itself takes in what has come, before it blames the worker; milliseconds. */
const GRACE = 100;

/** Starts the worker and loads its engine. Throws if one of them cannot be had. */
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const worker = new Worker(new URL('./sandbox.worker.ts', import.meta.url), { type: 'module', name: 'sandbox' });
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`sandbox: ${event.message || 'its script could not be loaded'}`)));
  });
  failure.catch(() => {}); // it may fail while nobody waits
  return guardSandbox({ api: wrap<SandboxApi>(worker), failure, terminate: () => worker.terminate() }, options);
}

export async function guardSandbox({ api, failure, terminate }: SandboxWorker, { deadline = 1000 }: SandboxOptions = {}): Promise<Sandbox> {
  /** The answer, or `late()` after so many milliseconds; a worker that failed or is late is ended. */
  const within = async <T>(answer: Promise<T>, limit: number, late: () => T): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const overdue = new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => {
        timer = setTimeout(() => {
          terminate();
          try {
            resolve(late());
          } catch (error) {
            reject(error);
          }
        }, GRACE);
      }, limit);
    });
    try {
      return await Promise.race([answer, failure, overdue]);
    } catch (error) {
      terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
  const silent = (): never => {
    throw new Error(`sandbox: expected an answer within ${LONGEST / 1000} s, got none`);
  };

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
