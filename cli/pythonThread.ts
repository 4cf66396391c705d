// Python in a thread of its own, where it can be ended. It keeps the process alive only while it is asked something.
import { Worker } from 'node:worker_threads';
import type { PythonOutcome } from '../src/env/python/python.ts';
import type { PythonThread } from '../src/env/python/watchedPython.ts';
import type { Variables } from '../src/env/variables.ts';

export interface PythonRequest {
  readonly code: string;
  readonly variables: Variables;
}

export type PythonReply = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly message: string } | PythonOutcome;

export function pythonThread(): PythonThread {
  const entry = new URL('./pythonWorker.ts', import.meta.url).href;
  const worker = new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`, { eval: true });
  /** The next message, which is the answer to what was asked last. */
  const next = (): Promise<PythonReply> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        worker.off('message', onMessage).off('error', onError);
        worker.unref();
        act();
      };
      const onMessage = (reply: PythonReply): void => settle(() => (reply.kind === 'failed' ? reject(new Error(`python: ${reply.message}`)) : resolve(reply)));
      const onError = (error: Error): void => settle(() => reject(error));
      worker.on('message', onMessage).on('error', onError);
      worker.ref();
    });
  return {
    ready: next().then(() => {}),
    run(code, variables) {
      const answer = next();
      worker.postMessage({ code, variables } satisfies PythonRequest);
      return answer as Promise<PythonOutcome>;
    },
    terminate: () => void worker.terminate(),
  };
}
