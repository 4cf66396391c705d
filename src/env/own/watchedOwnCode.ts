// The sandbox of a run's own code behind a watchdog: a worker or a thread that does not answer in time is ended, whatever it does.
import { LONGEST, PATIENCE, silent, type WatchedWorker, watchdog } from '../sandbox/watchdog.ts';
import { deadlineOf, type OwnAnswer, type OwnSandbox } from './ownEngine.ts';

/** A worker or a thread with a sandbox in it. */
export interface OwnCodeThread extends WatchedWorker, Pick<OwnSandbox, 'declare' | 'run'> {
  /** Settles once the engine is up; rejects if it cannot be had. */
  readonly ready: Promise<void>;
}

/** Throws if the engine cannot be had. */
export async function watchedOwnCode({ ready, declare, run, ...worker }: OwnCodeThread): Promise<OwnSandbox> {
  const within = watchdog(worker);
  await within(ready, LONGEST, silent);
  /** An answer, or a fault after 2.5 deadlines. */
  const watched = (answer: Promise<OwnAnswer>, items: number): Promise<OwnAnswer> => {
    const deadline = deadlineOf(items);
    const message = `it could not be stopped after ${deadline / 1000} s, so that its sandbox was ended; a single call (a sort, a regular expression) takes too long: give it less`;
    return within(answer, PATIENCE * deadline, () => ({ kind: 'fault', at: 0, lost: true, message, line: null }));
  };
  return {
    declare: (index, code) => watched(declare(index, code), 1),
    run: (request) => watched(run(request), request.items.length),
    close: worker.terminate,
  };
}
