// What the tools worker and the Python worker say to each other. Types alone.
import type { PythonOutcome } from '../env/python/python.ts';
import type { Variables } from '../env/variables.ts';
import type { Answer } from './answer.ts';

export interface PythonApi {
  /** Starts the interpreter; `folder` is the address of Pyodide's files, ending in a slash. */
  prepare(folder: string): Promise<Answer<void>>;
  /** Runs a program in a fresh namespace; whoever waits too long ends the worker. */
  run(code: string, variables: Variables): Promise<Answer<PythonOutcome>>;
}
