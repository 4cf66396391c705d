// Cells that mean harm: none reaches anything, and none changes what other cells see.
import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGE_NAMES, NOTEBOOK_NAMES } from '../env/sandbox/realm/names.ts';
import { createSandboxHost, type SandboxHost } from './sandboxHost.ts';

let host: SandboxHost;
beforeAll(async () => {
  host = await createSandboxHost();
});

const LONG = 20_000;

/** What a function body gives as a cell: its value as text, or its error. */
function cell(body: string, deadline = LONG): string {
  const outcome = host.evaluate(
    { id: 1, inputs: [], defines: [], program: '', code: `((keep) => {\n keep((() => { 'use strict'; ${body} })()); return {};\n})` },
    deadline,
  );
  if (outcome.kind === 'error') return outcome.message;
  return outcome.values.map((json) => (JSON.parse(json) as { text?: string }).text).join();
}

describe('what a cell can reach', () => {
  it('is the language, the library, runs, train and display, and nothing else', () => {
    const names = cell('return Object.getOwnPropertyNames(globalThis).join(" ")').split(' ');
    expect(names.toSorted()).toEqual([...LANGUAGE_NAMES, ...NOTEBOOK_NAMES].toSorted());
  });

  it.each([
    ['return ({}).constructor.constructor("return this")()'],
    ['return (() => {}).constructor("return globalThis")()'],
    ['return (async () => {}).constructor("return 1")'],
    ['return (function* () {}).constructor("yield 1")'],
    ['return (async function* () {}).constructor("yield 1")'],
    ['return Function("return this")()'],
    ['return new Function("return this")()'],
    ['return Reflect.construct(Function, ["return this"])'],
    ['return tapo.transferCredit.constructor("return this")()'],
    ['return display.constructor("return this")()'],
    ['return class extends Function {}; new (class extends Function {})("return 1")'],
  ])('%s: no code from text', (body) => {
    expect(cell(body)).toMatch(/code cannot be made from text|^class/);
  });

  it.each([
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'setTimeout',
    'setInterval',
    'queueMicrotask',
    'document',
    'window',
    'self',
    'postMessage',
    'importScripts',
    'WebAssembly',
    'Worker',
    'navigator',
    'location',
    'performance',
    'Date',
    'eval',
    'crypto',
    'indexedDB',
    'SharedArrayBuffer',
    'Atomics',
    'WeakRef',
    'FinalizationRegistry',
    'process',
    'require',
    'std',
    'os',
    'console',
    'print',
    'gc',
    'host',
    'module',
  ])('is not %s', (name) => {
    expect(cell(`return typeof ${name}`)).toBe('undefined');
  });

  it('tells of no file of ours in a stack', () => {
    expect(cell('try { train({ no: 1 }) } catch (error) { return error.stack }')).not.toMatch(/\/|\.ts|http/);
  });
});

describe('what a cell can change', () => {
  it.each([
    ['Object.prototype.x = 1'],
    ['({}).__proto__.x = 1'],
    ['Object.defineProperty(Object.prototype, "x", { value: 1 })'],
    ['Object.prototype.toString = () => "evil"'],
    ['Object.setPrototypeOf(Object.prototype, { x: 1 })'],
    ['Array.prototype.map = () => []'],
    ['Array.prototype[0] = 1'],
    ['delete Array.prototype.map'],
    ['Object.getPrototypeOf([].values()).next = () => ({ done: true })'],
    ['Object.getPrototypeOf(Object.getPrototypeOf(new Int8Array())).x = 1'],
    ['Object.getPrototypeOf(function* () {}).prototype.next = 1'],
    ['Promise.prototype.then = () => {}'],
    ['JSON.stringify = () => "[]"'],
    ['Math.random = () => 0'],
    ['Symbol.iterator.constructor.prototype.x = 1'],
    ['Error.prepareStackTrace = () => "evil"'],
    ['RegExp.prototype.exec = () => null'],
    ['globalThis.x = 1'],
    ['globalThis.tapo = {}'],
    ['tapo.transferCredit = () => {}'],
    ['tapo.transferCredit.x = 1'],
    ['tapo.HISTOGRAM = 1'],
    ['runs.all = () => []'],
    ['runs.all.x = 1'],
    ['train.x = 1'],
    ['display.x = 1'],
    ['train({}).charts = 1'],
  ])('%s is refused', (body) => {
    expect(cell(body)).toMatch(/TypeError/);
    expect(cell('return [({}).x, [].x, String({}), [1].map((x) => x + 1), JSON.stringify({ a: 1 }), typeof tapo.transferCredit].join(" ")')).toBe(
      '  [object Object] 2 {"a":1} function',
    );
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('its own objects, also where they override what they inherit', () => {
    expect(cell('const o = {}; o.toString = () => "mine"; o.constructor = 1; o.__proto__ = null; return Object.keys(o).join()')).toBe('toString,constructor');
    expect(cell('class Mine extends Error { constructor(m) { super(m); this.name = "Mine"; } }; throw new Mine("m")')).toBe('Mine: m');
    expect(cell('function Old() {} Old.prototype.toString = () => "old"; return String(new Old())')).toBe('old');
    expect(cell('return { ["__proto__"]: 1, hasOwnProperty: 2 }')).toBe('{ __proto__: 1, hasOwnProperty: 2 }');
    expect(cell('return JSON.parse(\'{"__proto__": {"x": 1}}\').x')).toBe('');
  });

  it('a spec with a prototype of its own is refused, and pollutes nothing', () => {
    expect(cell('return train(JSON.parse(\'{"__proto__": {"seed": 5}}\'))')).toMatch(/__proto__: no such option/);
    expect(cell('return train({ toJSON() { return { seed: 5 } } })')).toMatch(/expected numbers, texts, switches/);
    expect(cell('return train({ seed: 1, get credit() { throw new Error("hands off") } })')).toBe('Error: hands off');
  });
});

describe('what a cell can use up', () => {
  it.each([
    ['while (true);', /^it ran for more than 0\.2 s and was stopped/],
    ['const f = () => f(); f()', /^functions call each other too deeply/],
    ['/(a*)*b/.test("a".repeat(30000))', /^it ran for more than 0\.2 s/],
    ['for (;;) train({})', /^it ran for more than 0\.2 s/],
    ['for (;;) runs.all()', /^it ran for more than 0\.2 s/],
    ['return new Proxy({}, { ownKeys() { while (true); } })', /^it ran for more than 0\.2 s/],
    ['throw { get message() { while (true); } }', /^it ran for more than 0\.2 s|^thrown/],
  ])('%s: the time of its deadline', (body, message) => {
    expect(cell(body, 200)).toMatch(message);
    expect(cell('return 1')).toBe('1');
  });

  it.each([
    'const a = []; while (true) a.push(new Float64Array(1e5))',
    'let s = "x"; const a = []; while (true) a.push(s += "0123456789".repeat(1e4))',
    'while (true) display("x".repeat(9e5))',
  ])('%s: the memory of the sandbox, or the number of its values', (body) => {
    expect(cell(body)).toMatch(/need more than 32 MB|at most 100 values/);
    expect(cell('return 1')).toBe('1');
  });
});
