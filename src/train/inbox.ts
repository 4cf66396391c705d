// What was asked elsewhere and comes when it comes: who waits gets what is there, and is not held up by what is still out.
import { breathe } from './breathe.ts';

/** Once something has come, the rest has this long to come along, milliseconds. */
export const GRACE = 20;

export interface Inbox<T> {
  /** Awaits one more answer. */
  expect(answer: Promise<T>): void;
  /**
   * All that has come since the last time, in the order of coming: at least one, unless nothing is out. What answers at once comes
   * together; a timer runs only while something is really out, and only once there is something to go on with. Throws what an answer
   * threw, or the signal's reason as soon as it aborts.
   */
  take(): Promise<T[]>;
}

export function openInbox<T>(signal?: AbortSignal): Inbox<T> {
  let come: T[] = [];
  let out = 0;
  let failure: { readonly error: unknown } | null = null;
  let wake = (): void => {};

  const check = (): void => {
    signal?.throwIfAborted();
    if (failure) throw failure.error;
  };
  /** Until something comes, the signal aborts or the time is over. */
  const change = async (milliseconds?: number): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      signal?.addEventListener('abort', wake);
      if (milliseconds !== undefined) timer = setTimeout(wake, milliseconds);
    });
    clearTimeout(timer);
    signal?.removeEventListener('abort', wake);
    check();
  };

  return {
    expect(answer) {
      out++;
      answer
        .then(
          (value) => {
            come.push(value);
          },
          (error: unknown) => {
            failure ??= { error };
          },
        )
        .finally(() => {
          out--;
          wake();
        });
    },
    async take() {
      await breathe();
      check();
      while (come.length === 0 && out > 0) await change();
      const end = performance.now() + GRACE;
      for (let left = GRACE; out > 0 && left > 0; left = end - performance.now()) await change(left);
      const taken = come;
      come = [];
      return taken;
    },
  };
}
