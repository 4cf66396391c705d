// Python in a thread of its own, where it can be ended.
import type { PythonOutcome } from '../src/env/python/python.ts';
import type { PythonThread } from '../src/env/python/watchedPython.ts';
import type { Variables } from '../src/env/variables.ts';
import { startThread } from './thread.ts';

export interface PythonRequest {
  readonly code: string;
  readonly variables: Variables;
}

export type PythonReply = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly message: string } | PythonOutcome;

export function pythonThread(): PythonThread {
  const { next, ask, terminate } = startThread<PythonRequest, PythonReply>(new URL('./pythonWorker.ts', import.meta.url));
  return {
    ready: next().then((reply) => {
      if (reply.kind === 'failed') throw new Error(`python: ${reply.message}`);
    }),
    run: (code, variables) => ask({ code, variables }) as Promise<PythonOutcome>,
    terminate,
  };
}
