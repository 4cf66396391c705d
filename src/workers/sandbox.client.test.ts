import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardSandbox, type SandboxWorker } from './sandbox.client.ts';
import type { CellOutcome, PreparedCell, RunChanges, RunData, SandboxApi } from './sandbox.protocol.ts';

const CELL: PreparedCell = { id: 1, inputs: [], defines: [], program: '', code: '' };
const FINE: CellOutcome = { kind: 'ok', values: [], shows: [], rewards: [], reads: [] };
const never = new Promise<never>(() => {});

/** A worker that answers as it is told. */
function worker(api: Partial<SandboxApi> = {}, failure: Promise<never> = never) {
  const terminate = vi.fn();
  const ok = async () => ({ kind: 'ok', value: undefined }) as const;
  const all: SandboxApi = { prepare: ok, setRuns: ok, forget: ok, evaluate: async () => ({ kind: 'ok', value: FINE }), ...api };
  return { api: all, failure, terminate } satisfies SandboxWorker;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('guardSandbox(worker, {deadline})', () => {
  it('passes the deadline on, and the outcome back', async () => {
    const evaluate = vi.fn(async () => ({ kind: 'ok', value: FINE }) as const);
    const sandbox = await guardSandbox(worker({ evaluate }), { deadline: 300 });
    expect(await sandbox.evaluate(CELL)).toBe(FINE);
    expect(evaluate).toHaveBeenCalledWith(CELL, 300);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a worker that does not answer within 2.5 deadlines, and says so as the cell’s error', async () => {
    const silent = worker({ evaluate: () => never });
    const sandbox = await guardSandbox(silent);
    const outcome = sandbox.evaluate(CELL);
    await vi.advanceTimersByTimeAsync(2550);
    expect(silent.terminate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(silent.terminate).toHaveBeenCalled();
    expect(await outcome).toMatchObject({ kind: 'error', lost: true, message: expect.stringMatching(/^it could not be stopped after 1 s/) });
  });

  it('takes an answer that has come while the page itself was busy', async () => {
    let answer = (_: { kind: 'ok'; value: CellOutcome }): void => {};
    const busy = worker({ evaluate: () => new Promise((resolve) => (answer = resolve)) });
    const sandbox = await guardSandbox(busy);
    const outcome = sandbox.evaluate(CELL);
    setTimeout(() => answer({ kind: 'ok', value: FINE }), 2501);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await outcome).toBe(FINE);
    expect(busy.terminate).not.toHaveBeenCalled();
  });

  it('ends a worker whose engine is lost', async () => {
    const lost: CellOutcome = { kind: 'error', message: 'm', line: null, reads: [], lost: true };
    const broken = worker({ evaluate: async () => ({ kind: 'ok', value: lost }) });
    expect(await (await guardSandbox(broken)).evaluate(CELL)).toBe(lost);
    expect(broken.terminate).toHaveBeenCalledOnce();
  });

  it('rejects when the worker fails, or does not prepare', async () => {
    const failed = worker({ evaluate: () => never }, Promise.reject(new Error('sandbox: gone')));
    failed.failure.catch(() => {});
    await expect(guardSandbox({ ...failed, api: { ...failed.api, prepare: () => never } })).rejects.toThrow('sandbox: gone');
    const refusing = worker({ prepare: async () => ({ kind: 'error', name: 'Error', message: 'no wasm' }) });
    await expect(guardSandbox(refusing)).rejects.toThrow('no wasm');
    expect(refusing.terminate).toHaveBeenCalledOnce();
    const silent = worker({ prepare: () => never });
    const starting = expect(guardSandbox(silent)).rejects.toThrow('expected an answer within 20 s');
    await vi.advanceTimersByTimeAsync(21_000);
    await starting;
    expect(silent.terminate).toHaveBeenCalled();
  });

  it('sends of the runs only those that changed', async () => {
    const sent: RunChanges[] = [];
    const sandbox = await guardSandbox(
      worker({
        setRuns: async (changes) => {
          sent.push(changes);
          return { kind: 'ok', value: undefined };
        },
      }),
    );
    const [a, b] = ['a', 'b'].map((key): RunData => ({ key, name: key, spec: {}, status: 'paused', update: 0, metrics: [], evaluations: [] })) as [
      RunData,
      RunData,
    ];
    const grown = { ...a, update: 1 };
    await sandbox.setRuns([a, b]);
    await sandbox.setRuns([grown, b]);
    await sandbox.setRuns([b]);
    expect(sent).toEqual([
      { order: ['a', 'b'], changed: [a, b] },
      { order: ['a', 'b'], changed: [grown] },
      { order: ['b'], changed: [] },
    ]);
  });
});
