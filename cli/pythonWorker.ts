// The thread of pythonThread.ts.
import { createRequire } from 'node:module';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { loadPyodide } from 'pyodide';
import { startInterpreter } from '../src/env/python/interpreter.ts';
import type { PythonReply, PythonRequest } from './pythonThread.ts';

const reply = (message: PythonReply): void => parentPort?.postMessage(message);

try {
  const interpreter = await startInterpreter({ loadPyodide, folder: `${path.dirname(createRequire(import.meta.url).resolve('pyodide'))}/` });
  parentPort?.on('message', ({ code, variables }: PythonRequest) => reply(interpreter.run(code, variables)));
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
