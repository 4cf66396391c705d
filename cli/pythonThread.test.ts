import { afterAll, describe, expect, it } from 'vitest';
import { watchedPython } from '../src/env/python/watchedPython.ts';
import { pythonThread } from './pythonThread.ts';

const python = watchedPython(pythonThread, 1000);
afterAll(() => python.close());

describe('pythonThread()', () => {
  it('runs programs, ends one that does not come back, and goes on', async () => {
    expect(await python.run('print(v1 + 1)', { v1: 1 })).toEqual({ kind: 'printed', text: '2' });
    const [hung, next] = await Promise.all([python.run('while True: pass', {}), python.run('print(2)', {})]);
    expect(hung).toEqual({ kind: 'time limit' });
    expect(next).toEqual({ kind: 'printed', text: '2' });
  });
});
