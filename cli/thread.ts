// Threads with a TypeScript file of ours in them.
import { Worker } from 'node:worker_threads';

/** Starts a thread; tsx is found from here, wherever the command was called. */
export function startWorker(entry: URL, workerData?: unknown): Worker {
  const [tsx, file] = [import.meta.resolve('tsx/esm/api'), entry.href].map((url) => JSON.stringify(url));
  return new Worker(`import(${tsx}).then(({ register }) => { register(); return import(${file}); })`, { eval: true, workerData });
}

/** A thread that is asked one thing at a time. It keeps the process alive only while it is asked something. */
export interface Thread<Request, Reply> {
  /** Its next message: what it says once it is up. */
  next(): Promise<Reply>;
  /** Its answer. */
  ask(request: Request): Promise<Reply>;
  /** Rejects with what the thread throws outside of a call, as every answer then does. */
  readonly failure: Promise<never>;
  terminate(): void;
}

export function startThread<Request, Reply>(entry: URL, workerData?: unknown): Thread<Request, Reply> {
  const worker = startWorker(entry, workerData);
  const failure = new Promise<never>((_, reject) => worker.once('error', reject));
  failure.catch(() => {}); // whoever asks is told
  const next = (): Promise<Reply> => {
    worker.ref();
    const message = new Promise<Reply>((resolve) => worker.once('message', resolve));
    return Promise.race([message, failure]).finally(() => worker.unref());
  };
  return {
    next,
    ask(request) {
      const answer = next();
      worker.postMessage(request);
      return answer;
    },
    failure,
    terminate: () => void worker.terminate(),
  };
}
