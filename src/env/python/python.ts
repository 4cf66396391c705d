// Python as a tool sees it: code and the values of variables go in, what was printed comes out. Knows nothing of how it is run.
import type { Variables } from '../variables.ts';

/** What a program came to. All but the first are the fault of who wrote it. */
export type PythonOutcome =
  | { readonly kind: 'printed'; readonly text: string }
  /** The last line of the traceback. */
  | { readonly kind: 'exception'; readonly message: string }
  | { readonly kind: 'time limit' }
  | { readonly kind: 'memory limit' };

export interface Python {
  /** Runs a program in a fresh namespace. Rejects only if Python itself cannot be had. */
  run(code: string, variables: Variables): Promise<PythonOutcome>;
  close(): void;
}
