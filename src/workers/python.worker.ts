// The Python worker: programs of a policy, away from everything else, where they can be ended at any time.
import { expose } from 'comlink';
import { type Interpreter, startInterpreter } from '../env/python/interpreter.ts';
import { answer } from './answer.ts';
import type { PythonApi } from './python.protocol.ts';
import './trustedTypes.ts';

let starting: Promise<Interpreter> | null = null;

/** Pyodide’s module lies beside its other files: bundling it would take Node’s modules along. */
async function start(folder: string): Promise<Interpreter> {
  const { loadPyodide } = await import(/* @vite-ignore */ `${folder}pyodide.mjs`);
  return startInterpreter({ loadPyodide, folder });
}

/** Ways out of the worker, which are closed once the interpreter is up. */
const WAYS_OUT = ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'BroadcastChannel', 'Worker', 'indexedDB', 'caches'];

const api: PythonApi = {
  prepare: (folder) =>
    answer(async () => {
      starting ??= start(folder);
      await starting;
      for (const name of WAYS_OUT) Object.defineProperty(globalThis, name, { value: undefined });
    }),
  run: (code, variables) =>
    answer(async () => {
      if (!starting) throw new Error('python: not prepared; call prepare first');
      return (await starting).run(code, variables);
    }),
};

expose(api);
