// The trainer's end of the worker with a run's own code, with a watchdog.
import { wrap } from 'comlink';
import { deadlineOf, type OwnAnswer, type OwnSandbox } from '../env/own/ownEngine.ts';
import { unwrap } from './answer.ts';
import type { OwnCodeApi } from './ownCode.protocol.ts';
import { failureOfSandbox, LONGEST, PATIENCE, silent, type WatchedWorker, watchdog } from './watchdog.ts';

/** Starts the worker and loads its engine. Throws if one of them cannot be had. */
export function startOwnCode(): Promise<OwnSandbox> {
  const worker = new Worker(new URL('./ownCode.worker.ts', import.meta.url), { type: 'module', name: 'own code' });
  return guardOwnCode(wrap<OwnCodeApi>(worker), { failure: failureOfSandbox(worker), terminate: () => worker.terminate() });
}

export async function guardOwnCode(api: OwnCodeApi, worker: WatchedWorker): Promise<OwnSandbox> {
  const within = watchdog(worker);
  await within(api.prepare().then(unwrap), LONGEST, silent);
  /** An answer, or a fault after 2.5 deadlines. */
  const watched = (answer: Promise<OwnAnswer>, items: number): Promise<OwnAnswer> => {
    const deadline = deadlineOf(items);
    const message = `it could not be stopped after ${deadline / 1000} s, so that its sandbox was ended; a single call (a sort, a regular expression) takes too long: give it less`;
    return within(answer, PATIENCE * deadline, () => ({ kind: 'fault', at: 0, lost: true, message, line: null }));
  };
  return {
    declare: (index, code) => watched(api.declare(index, code).then(unwrap), 1),
    run: (request) => watched(api.run(request).then(unwrap), request.items.length),
    close: worker.terminate,
  };
}
