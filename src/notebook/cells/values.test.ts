// What leaves the sandbox of a cell's value: text, tables, charts, views.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellBook, shownOf } from './testing.ts';

let book: ReturnType<typeof cellBook>;
beforeAll(() => {
  book = cellBook();
});
afterAll(() => book.evaluator.close());

const shown = async (source: string): Promise<string> => shownOf(await book.one(source));
const only = async (source: string) => {
  const result = await book.one(source);
  if (result.kind === 'error') throw new Error(result.message);
  expect(result.values.length).toBe(1);
  return result.values[0];
};

describe('text', () => {
  it.each([
    ['"words"', 'words'],
    ['["words"]', '["words"]'],
    ['[NaN, Infinity, -Infinity, -0, 1e21]', '[NaN, Infinity, -Infinity, -0, 1e+21]'],
    ['2n ** 70n', '1180591620717411303424n'],
    ['Symbol("s")', 'Symbol(s)'],
    ['[undefined, null, true]', '[undefined, null, true]'],
    ['[1, , 3]', '[1, empty, 3]'],
    ['new Float32Array([0.5, NaN])', 'Float32Array(2) [0.5, NaN]'],
    ['new BigInt64Array(2)', 'BigInt64Array(2) [0n, 0n]'],
    ['new ArrayBuffer(8)', 'ArrayBuffer(8)'],
    ['new Map([["a", 1], [{}, [2]]])', 'Map(2) { "a" → 1, {} → [2] }'],
    ['new Set([1, "b"])', 'Set(2) [1, "b"]'],
    ['new WeakMap()', 'WeakMap'],
    ['/a+/gi', '/a+/gi'],
    ['new TypeError("wrong")', 'TypeError: wrong'],
    ['(a, {b}) => a', 'function (a, {b})'],
    ['({ f(x) { return x }, g: async (y) => y, h: class H {} })', '{ f: function f(x), g: function g(y), h: class H }'],
    ['[Math.max, Promise.resolve(1)]', '[function max(), Promise]'],
    ['({ "a b": 1, c_$: 2 })', '{ "a b": 1, c_$: 2 }'],
    ['(class Point { x = 1 }, new (class Point { x = 1 })())', 'Point { x: 1 }'],
    ['Object.create(null)', '{}'],
    ['const o = { a: 1 }; o.self = o; [o, o][1]', '{ a: 1, self: [circular] }'],
    ['const a = []; a.push(a); a', '[[circular]]'],
    ['[[[[[[[[1]]]]]]]]', '[[[[[[[…]]]]]]]'],
    ['new Proxy({ a: 1 }, {})', '{ a: 1 }'],
    ['[{}, {}]', '[{}, {}]'],
    ['[train({}), 1]', '[run --preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo, 1]'],
    ['({ view: runs.truth() })', '{ view: truth view }'],
  ])('%s is %s', async (source, text) => {
    expect(await shown(source)).toBe(text);
  });

  it('takes lines where one is too short, and stops where nobody would read on', async () => {
    expect(await shown('Array.from({ length: 30 }, (_, i) => 1000 + i)')).toMatch(/^\[\n {2}1000, 1001, .*1014, 1015,\n {2}1016, .*1029\n\]$/);
    expect(await shown('({ name: "a".repeat(60), other: ["b".repeat(60)] })')).toBe(`{\n  name: "${'a'.repeat(60)}",\n  other: ["${'b'.repeat(60)}"]\n}`);
    expect(await shown('new Array(1e6).fill(0)')).toMatch(/… 999900 more\n\]$/);
    expect(await shown('({ long: "a".repeat(5000) })')).toMatch(/a"… 5000 characters\n\}$/);
    expect((await shown('const wide = (n) => n === 0 ? 0 : Array.from({ length: 90 }, () => wide(n - 1)); wide(3)')).length).toBeLessThan(5_000);
  });

  it('says in words what is too large', async () => {
    expect(await shown('"x".repeat(2e6)')).toBe('A text of 2000000 characters. At most 1000000 are shown; show a part of it.');
    expect(await shown('Array.from({ length: 9000 }, (_, i) => ({ i, text: "y".repeat(120) }))')).toMatch(
      /^A value of 1\d{6} characters\. At most 1000000 are shown/,
    );
    expect(await shown('Array.from({ length: 10001 }, (_, i) => ({ i }))')).toBe(
      'An array of 10001 records. A table shows at most 10000; show a part, as .slice(0, 10000) gives.',
    );
    expect(await shown('for (let i = 0; i < 101; i++) display(i)')).toBe(
      '1: RangeError: display: a cell shows at most 100 values; put them into an array, and show that',
    );
  });

  it('of a value that throws when it is looked at is that error', async () => {
    expect(await shown('const o = { get a() { throw new RangeError("hands off") } }; o')).toBe('1: RangeError: hands off');
    expect(await shown('throw new Proxy({}, { get() { throw 1 } })')).toMatch(/thrown/);
    expect(await shown('const e = new Error("a"); Object.defineProperty(e, "message", { get() { throw 1 } }); throw e')).toBe(
      '?: something was thrown that cannot be shown',
    );
  });
});

describe('tables', () => {
  it('have the columns of all records in the order of their first appearance', async () => {
    expect(await only('[{ a: 1, b: "x" }, { c: true, a: null }, {}]')).toEqual({
      kind: 'table',
      columns: ['a', 'b', 'c'],
      rows: [
        [1, 'x', null],
        [null, null, true],
        [null, null, null],
      ],
    });
  });
  it('have text where a field is neither number, word nor switch', async () => {
    expect(await only('[{ a: NaN, b: [1, 2], c: new Map([[1, 2]]), d: () => 1, e: 5n, f: undefined }]')).toMatchObject({
      rows: [['NaN', '[1, 2]', 'Map(1) { 1 → 2 }', 'function d()', '5n', null]],
    });
  });
  it('hold 10,000 rows', async () => {
    expect(await only('Array.from({ length: 10000 }, (_, i) => ({ i }))')).toMatchObject({ kind: 'table', columns: ['i'], rows: { length: 10_000 } });
  });
});

describe('charts', () => {
  it('keep the columns that are drawn; what cannot be drawn is a gap', async () => {
    expect(await only('{ chart: "line", data: [{ t: 1, a: 2, more: [] }, { t: 2, a: NaN }, { t: 3 }], x: "t", y: "a" }')).toEqual({
      kind: 'chart',
      chart: {
        chart: 'line',
        title: '',
        data: [
          { t: 1, a: 2 },
          { t: 2, a: null },
          { t: 3, a: null },
        ],
        x: 't',
        y: ['a'],
      },
    });
    expect(await only('{ chart: "bar", title: "T", data: [], x: "t", y: ["a", "b"] }')).toMatchObject({ chart: { chart: 'bar', title: 'T', y: ['a', 'b'] } });
  });
  it.each([
    ['{ chart: "pie", data: [], x: "t", y: "a" }', 'chart: expected "line" or "bar" as chart, got "pie"'],
    ['{ chart: "line", data: [], x: 1, y: "a" }', 'chart: expected the name of a column as x, got 1'],
    ['{ chart: "line", data: [], x: "t", y: [] }', 'chart: expected the name of a column, or a list of names, as y, got []'],
    ['{ chart: "line", data: {}, x: "t", y: "a" }', 'chart: expected an array of records as data, got {}'],
    ['{ chart: "line", data: [], x: "t", y: "a", title: 3 }', 'chart: expected a text as title, got 3'],
    ['{ chart: "line", data: [], x: "t", y: "a", colour: "red" }', 'chart: no such setting "colour"; expected chart, title, data, x, y'],
    ['{ chart: "line", data: [{ t: 1 }], x: "t", y: "a" }', 'chart: no row has a column "a"; the first row has t'],
    ['{ chart: "line", data: [{ t: 1, a: "b" }], x: "t", y: "a" }', 'chart: expected numbers in column "a", got "b" in row 0'],
    ['{ chart: "line", data: [{ t: 1, a: 1 }, { a: 1 }], x: "t", y: "a" }', 'chart: expected a number or a text as x, got undefined in row 1'],
    ['{ chart: "line", data: [{ t: 1, a: 1 }, 5], x: "t", y: "a" }', 'chart: expected a record in row 1, got 5'],
    [
      '{ chart: "line", data: new Array(10001).fill({ t: 1, a: 1 }), x: "t", y: "a" }',
      'chart: expected at most 10000 rows, got 10001; draw a part, or every n-th row',
    ],
  ])('%s: %s', async (source, message) => {
    expect(await shown(source)).toMatch(new RegExp(`^\\?: (Type|Range)Error: ${message.replaceAll(/[[\]{}.?()]/g, '\\$&')}$`));
  });
  it('are none where the word means something else', async () => {
    expect(await shown('{ chart: "of the sea" }')).toBe('{ chart: "of the sea" }');
  });
});
