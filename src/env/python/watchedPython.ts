// Python behind a watchdog: it is started when first needed, asked one thing at a time, and ended and started anew if it does not answer.
import type { Variables } from '../variables.ts';
import type { Python, PythonOutcome } from './python.ts';

/** A worker or thread with an interpreter. */
export interface PythonThread {
  /** Settles once the interpreter is up; rejects if it cannot be had. */
  readonly ready: Promise<void>;
  run(code: string, variables: Variables): Promise<PythonOutcome>;
  terminate(): void;
}

/** Milliseconds that a program may take. One of ours takes less than one: only what hangs gets here, on a busy machine too. */
const TIME_LIMIT = 3000;

export function watchedPython(start: () => PythonThread, timeLimit = TIME_LIMIT): Python {
  let thread: PythonThread | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const end = (): void => {
    thread?.terminate();
    thread = null;
  };
  const attempt = async (code: string, variables: Variables): Promise<PythonOutcome> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      thread ??= start();
      await thread.ready;
      const overdue = new Promise<PythonOutcome>((resolve) => {
        timer = setTimeout(() => {
          end();
          resolve({ kind: 'time limit' });
        }, timeLimit);
      });
      return await Promise.race([thread.run(code, variables), overdue]);
    } catch (error) {
      end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    run(code, variables) {
      const outcome = last.then(() => attempt(code, variables));
      last = outcome.catch(() => {}); // whoever asked is told
      return outcome;
    },
    close: end,
  };
}
