import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnAnswer } from '../env/own/ownEngine.ts';
import { guardOwnCode } from './ownCode.client.ts';
import type { OwnCodeApi } from './ownCode.protocol.ts';

const FINE: OwnAnswer = { kind: 'ok', values: [1] };
const never = new Promise<never>(() => {});
const REQUEST = { index: 0, work: 'reward', items: [{}, {}, {}], calls: [] } as const;

/** A worker that answers as it is told. */
function guarded(api: Partial<OwnCodeApi> = {}) {
  const terminate = vi.fn();
  const fine = async () => ({ kind: 'ok', value: FINE }) as const;
  const all: OwnCodeApi = { prepare: async () => ({ kind: 'ok', value: undefined }), declare: fine, run: fine, ...api };
  return { terminate, sandbox: guardOwnCode(all, { failure: never, terminate }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('guardOwnCode(api, worker)', () => {
  it('passes requests on, and answers back', async () => {
    const { sandbox, terminate } = guarded();
    expect(await (await sandbox).run(REQUEST)).toBe(FINE);
    expect(await (await sandbox).declare(0, { name: 'a', source: '' })).toBe(FINE);
    expect(vi.getTimerCount()).toBe(0);
    expect(terminate).not.toHaveBeenCalled();
  });

  it('ends a worker that does not answer within 2.5 deadlines: a second, and a hundredth for each further item', async () => {
    const { sandbox, terminate } = guarded({ run: () => never });
    const answer = (await sandbox).run(REQUEST);
    await vi.advanceTimersByTimeAsync(2.5 * 1020);
    expect(terminate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(terminate).toHaveBeenCalledOnce();
    expect(await answer).toMatchObject({ kind: 'fault', lost: true, message: expect.stringMatching(/^it could not be stopped after 1\.02 s/) });
  });

  it('rejects where the engine cannot be loaded', async () => {
    const { sandbox, terminate } = guarded({ prepare: async () => ({ kind: 'error', name: 'Error', message: 'no wasm' }) });
    await expect(sandbox).rejects.toThrow('no wasm');
    expect(terminate).toHaveBeenCalledOnce();
  });
});
