import { beforeAll, describe, expect, it } from 'vitest';
import type { Interpreter } from './interpreter.ts';
import { interpreterInNode } from './testing/inProcessPython.ts';

let python: Interpreter;
beforeAll(async () => {
  python = await interpreterInNode();
}, 60_000);
const run = (code: string) => python.run(code, { v1: 3, v2: 4, v3: [1, 2, 5] });

describe('startInterpreter().run(code, variables)', () => {
  it.each([
    ['print ( v1 / v2 )', '0.75'],
    ['print ( sum ( x > v1 for x in v3 ) )', '1'],
    ['import math\nprint(math.isqrt(v2))', '2'],
    ['from statistics import mean\nprint(mean(v3))', '2.6666666666666665'],
    ['print(1)\nprint("a")', '1\na'],
    ['v1', ''],
  ])('%j prints %j', (code, text) => {
    expect(run(code)).toEqual({ kind: 'printed', text });
  });
  it.each([
    ['print ( v1 / 0 )', 'ZeroDivisionError: division by zero'],
    ['print ( v9 )', "NameError: name 'v9' is not defined"],
    ['print ( v1 +', 'SyntaxError'],
    ['def f(): f()\nf()', 'RecursionError'],
    ['raise Exception("x" * 1000)', 'Exception: x'],
  ])('%j is an exception', (code, message) => {
    expect(run(code)).toEqual({ kind: 'exception', message: expect.stringContaining(message) });
  });
  it.each([
    'import js',
    'import time',
    'import sys',
    'open("f")',
    'eval("1")',
    '__import__("os")',
    'print(().__class__)',
    'print("{0.__class__}".format(1))',
    'print((x for x in v3).gi_frame)',
    'import statistics\nprint(statistics.sys)',
    'from math import __class__',
    'match 1:\n  case object(__class__=c): print(c)',
    'import random\nrandom.SystemRandom()',
    'import random\nrandom.seed()',
  ])('%j does not get out', (code) => {
    expect(run(code).kind).toBe('exception');
  });
  it('gives the same numbers each time, and nothing of what ran before', () => {
    const draw = 'import random\nprint(random.random())';
    expect(run(draw)).toEqual(run(draw));
    run('v1 = 7\nleft = 1');
    expect(run('print(v1)')).toEqual({ kind: 'printed', text: '3' });
    expect(run('print(left)').kind).toBe('exception');
  });
  it('stops at its memory, and goes on', () => {
    expect(run('print([0] * 10**9)')).toEqual({ kind: 'memory limit' });
    expect(run('print([v3] * 10**8)')).toEqual({ kind: 'memory limit' });
    expect(run('print(v1)')).toEqual({ kind: 'printed', text: '3' });
  });
  it('cuts what is printed', () => {
    expect(run('print("a" * 5000)')).toEqual({ kind: 'printed', text: 'a'.repeat(1000) });
  });
});
