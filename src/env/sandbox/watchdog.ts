// Answers of a worker that may hang: one that does not come in time ends the worker, whatever it does.

export interface WatchedWorker {
  /** Rejects if the worker fails outside of a call. */
  readonly failure: Promise<never>;
  terminate(): void;
}

/** The answer, or `late()` after so many milliseconds. */
export type Within = <T>(answer: Promise<T>, limit: number, late: () => T) => Promise<T>;

/** Deadlines after which a worker is ended: the engine cannot stop within a built-in function. */
export const PATIENCE = 2.5;
/** For everything that is no code of a user's, milliseconds. */
export const LONGEST = 20_000;
/** A thread that was busy itself takes in what has come, before it blames the worker; milliseconds. */
const GRACE = 100;

/** A worker that failed or is late is ended. */
export function watchdog({ failure, terminate }: WatchedWorker): Within {
  return async <T>(answer: Promise<T>, limit: number, late: () => T): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const overdue = new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => {
        timer = setTimeout(() => {
          terminate();
          try {
            resolve(late());
          } catch (error) {
            reject(error);
          }
        }, GRACE);
      }, limit);
    });
    try {
      return await Promise.race([answer, failure, overdue]);
    } catch (error) {
      terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** What is late where nothing but our own code ran. */
export function silent(): never {
  throw new Error(`sandbox: expected an answer within ${LONGEST / 1000} s, got none`);
}
