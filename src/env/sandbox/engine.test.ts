import { describe, expect, it } from 'vitest';
import { EngineBroken, startEngine } from './engine.ts';

/** An engine whose method `run` calls the code that it is given with the text, and gives its result as text. */
const PROGRAM = `(host) => {
  let last = '';
  return {
    run: (code, text) => String(code(text, host)),
    later: (code) => void code().then((value) => { last = String(value) }),
    last: () => last,
  };
}`;
const start = (host = {}) => startEngine(PROGRAM, host);
const code = (source: string) => ({ source: `(${source})`, name: 'code' });

/** Slow machines are given time: what is tested is that a call ends, and how. */
const LONG = 20_000;

describe('startEngine(program, host, limits)', () => {
  it('calls methods with text, code and the host’s functions', async () => {
    const engine = await start({ double: (text: string) => text + text });
    expect(engine.call('run', 'é😀', LONG, code('(text) => text + 1'))).toEqual({ kind: 'ok', text: 'é😀1' });
    expect(engine.call('run', 'ab', LONG, code('(text, host) => host.double(text)'))).toEqual({ kind: 'ok', text: 'abab' });
  });

  it('runs what promises leave to be done before it answers', async () => {
    const engine = await start();
    expect(engine.call('later', '', LONG, code('async () => { await null; await null; return 5 }')).kind).toBe('ok');
    expect(engine.call('last', '', LONG)).toEqual({ kind: 'ok', text: '5' });
  });

  it('tells of what is thrown, and of code that cannot be read, with lines', async () => {
    const engine = await start();
    expect(engine.call('run', '', LONG, code('() => {\n  throw new RangeError("no") }'))).toMatchObject({
      kind: 'thrown',
      name: 'RangeError',
      message: 'no',
      stack: expect.stringMatching(/\(code:2:\d+\)/),
      spent: false,
    });
    expect(engine.call('run', '', LONG, code('() => {\n  let = }'))).toMatchObject({
      kind: 'thrown',
      name: 'SyntaxError',
      stack: expect.stringContaining('code:2'),
    });
  });

  it.each([
    ['() => { while (true); }'],
    ['() => /(a*)*b/.test("a".repeat(30000))'],
    ['() => { while (true) try { while (true); } catch {} }'],
    ['() => [1, 2].sort(() => { while (true); })'],
    ['() => JSON.stringify({ toJSON() { while (true); } })'],
  ])('stops %s at the deadline, and goes on', async (source) => {
    const engine = await start();
    const before = performance.now();
    expect(engine.call('run', '', 100, code(source))).toMatchObject({ kind: 'deadline', spent: false });
    expect(performance.now() - before).toBeLessThan(LONG);
    expect(engine.call('run', '1', LONG, code('(text) => text'))).toEqual({ kind: 'ok', text: '1' });
  });

  it('is spent after promises that never end: they would go on in the next call', async () => {
    const engine = await start();
    expect(engine.call('later', '', 100, code('() => { const f = () => Promise.resolve().then(f); return f() }'))).toMatchObject({
      kind: 'deadline',
      spent: true,
    });
  });

  it.each([
    ['() => { const a = []; while (true) a.push(new Float64Array(1e5)) }'],
    ['() => { const a = []; while (true) a.push("x".repeat(1e5) + a.length) }'],
    ['() => { let a = 1; while (true) a = [a, a] }'],
    ['() => { const a = new Map(); for (let i = 0; ; i++) a.set(i, { i }) }'],
    ['() => new Uint8Array(1e9)'],
    ['() => new Array(3e6).fill(1).length'],
  ])('refuses memory to %s, and goes on', async (source) => {
    const engine = await start();
    expect(engine.call('run', '', LONG, code(source))).toEqual({ kind: 'memory', spent: false });
    expect(engine.call('run', '1', LONG, code('(text) => text'))).toEqual({ kind: 'ok', text: '1' });
  });

  it('refuses texts that do not fit into what memory is left', async () => {
    const engine = await start({ large: () => 'x'.repeat(9e6) });
    expect(engine.call('run', 'x'.repeat(9e6), LONG, code('(text) => text.length'))).toEqual({ kind: 'memory', spent: false });
    expect(engine.call('run', '', LONG, code('(text, host) => host.large("").length'))).toEqual({ kind: 'memory', spent: false });
    expect(engine.call('run', 'x'.repeat(2e6), LONG, code('(text) => text.length'))).toEqual({ kind: 'ok', text: '2000000' });
  });

  it('stops recursion without end', async () => {
    const engine = await start();
    expect(engine.call('run', '', LONG, code('() => { const f = () => f(); f() }'))).toMatchObject({ kind: 'thrown', message: 'stack overflow' });
  });

  it('says that it is broken where data is nested deeper than its own stack', async () => {
    const engine = await start();
    const nest = code('() => { let a = 1; for (let i = 0; i < 1e5; i++) a = [a]; return JSON.stringify(a) }');
    try {
      expect(engine.call('run', '', LONG, nest)).toMatchObject({ kind: 'thrown', message: 'stack overflow' }); // where the host has stack enough
    } catch (error) {
      expect(error).toBeInstanceOf(EngineBroken);
    }
  });
});
