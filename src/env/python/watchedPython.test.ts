import { describe, expect, it } from 'vitest';
import type { PythonOutcome } from './python.ts';
import { type PythonThread, watchedPython } from './watchedPython.ts';

/** Threads that answer at once, but for code that says otherwise; `log` tells what became of them. */
function threads() {
  const log: string[] = [];
  let count = 0;
  const start = (): PythonThread => {
    const name = ++count;
    log.push(`start ${name}`);
    return {
      ready: Promise.resolve(),
      run: (code) => {
        log.push(code);
        if (code === 'hang') return new Promise<PythonOutcome>(() => {});
        return code === 'break' ? Promise.reject(new Error('lost')) : Promise.resolve({ kind: 'printed', text: code });
      },
      terminate: () => void log.push(`end ${name}`),
    };
  };
  return { log, start };
}

describe('watchedPython(start)', () => {
  it('starts one thread when first asked, and asks it one thing at a time', async () => {
    const { log, start } = threads();
    const python = watchedPython(start);
    expect(log).toEqual([]);
    const all = await Promise.all(['a', 'b', 'c'].map((code) => python.run(code, {})));
    expect(all).toEqual(['a', 'b', 'c'].map((text) => ({ kind: 'printed', text })));
    python.close();
    expect(log).toEqual(['start 1', 'a', 'b', 'c', 'end 1']);
  });
  it('ends a thread that hangs, and the next call has another', async () => {
    const { log, start } = threads();
    const python = watchedPython(start, 20);
    const [hung, next] = await Promise.all([python.run('hang', {}), python.run('next', {})]);
    expect(hung).toEqual({ kind: 'time limit' });
    expect(next).toEqual({ kind: 'printed', text: 'next' });
    expect(log).toEqual(['start 1', 'hang', 'end 1', 'start 2', 'next']);
  });
  it('rejects where Python cannot be had, and tries again', async () => {
    const { log, start } = threads();
    const python = watchedPython(start);
    await expect(python.run('break', {})).rejects.toThrow('lost');
    expect(await python.run('next', {})).toEqual({ kind: 'printed', text: 'next' });
    expect(log).toEqual(['start 1', 'break', 'end 1', 'start 2', 'next']);
  });
});
