// Python for tests that need no time limit: the interpreter in the test's own process, started when first asked.
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadPyodide } from 'pyodide';
import { type Interpreter, startInterpreter } from '../interpreter.ts';
import type { Python } from '../python.ts';

let starting: Promise<Interpreter> | null = null;

export function interpreterInNode(): Promise<Interpreter> {
  starting ??= startInterpreter({ loadPyodide, folder: `${path.dirname(createRequire(import.meta.url).resolve('pyodide'))}/` });
  return starting;
}

export const inProcessPython: Python = {
  run: async (code, variables) => (await interpreterInNode()).run(code, variables),
  close: () => {},
};
