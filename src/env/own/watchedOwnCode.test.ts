import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnAnswer } from './ownEngine.ts';
import { type OwnCodeThread, watchedOwnCode } from './watchedOwnCode.ts';

const FINE: OwnAnswer = { kind: 'ok', values: [1] };
const never = new Promise<never>(() => {});
const REQUEST = { index: 0, work: 'reward', items: [{}, {}, {}], calls: [] } as const;

/** A thread that answers as it is told. */
function watched(thread: Partial<OwnCodeThread> = {}) {
  const terminate = vi.fn();
  const fine = async () => FINE;
  return { terminate, sandbox: watchedOwnCode({ ready: Promise.resolve(), declare: fine, run: fine, failure: never, terminate, ...thread }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('watchedOwnCode(thread)', () => {
  it('passes requests on, and answers back', async () => {
    const { sandbox, terminate } = watched();
    expect(await (await sandbox).run(REQUEST)).toBe(FINE);
    expect(await (await sandbox).declare(0, { name: 'a', source: '' })).toBe(FINE);
    expect(vi.getTimerCount()).toBe(0);
    expect(terminate).not.toHaveBeenCalled();
  });

  it('ends a thread that does not answer within 2.5 deadlines: a second, and a hundredth for each further item', async () => {
    const { sandbox, terminate } = watched({ run: () => never });
    const answer = (await sandbox).run(REQUEST);
    await vi.advanceTimersByTimeAsync(2.5 * 1020);
    expect(terminate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(terminate).toHaveBeenCalledOnce();
    expect(await answer).toMatchObject({ kind: 'fault', lost: true, message: expect.stringMatching(/^it could not be stopped after 1\.02 s/) });
  });

  it('rejects where the engine cannot be loaded', async () => {
    const { sandbox, terminate } = watched({ ready: Promise.reject(new Error('no wasm')) });
    await expect(sandbox).rejects.toThrow('no wasm');
    expect(terminate).toHaveBeenCalledOnce();
  });
});
