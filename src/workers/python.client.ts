// The tools worker's end of the Python worker.
import { wrap } from 'comlink';
import type { PythonThread } from '../env/python/watchedPython.ts';
import { unwrap } from './answer.ts';
import { failureOf } from './failureOf.ts';
import type { PythonApi } from './python.protocol.ts';

export function pythonWorker(folder: string): PythonThread {
  const worker = new Worker(new URL('./python.worker.ts', import.meta.url), { type: 'module', name: 'python' });
  const api = wrap<PythonApi>(worker);
  return {
    ready: Promise.race([api.prepare(folder), failureOf(worker)]).then(unwrap),
    run: async (code, variables) => unwrap(await api.run(code, variables)),
    terminate: () => worker.terminate(),
  };
}
