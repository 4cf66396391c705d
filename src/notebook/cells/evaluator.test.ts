import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalSandbox } from '../../workers/localSandbox.ts';
import type { CellOutcome } from '../../workers/sandbox.protocol.ts';
import type { CellResult } from './cellResult.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import { cellBook, cellsOf, FIRST_KEY, runData, shownOf } from './testing.ts';

let shared: ReturnType<typeof cellBook>;
beforeAll(() => {
  shared = cellBook();
});
afterAll(() => shared.evaluator.close());

describe('a cell’s value', () => {
  it.each([
    ['1 + 1', '2'],
    ['{a: 1}', '{ a: 1 }'],
    ['[1, 2] // two', '[1, 2]'],
    ['"words"', 'words'],
    ['// nothing', ''],
    ['undefined', ''],
    ['const x = 3', '3'],
    ['const x = 3; x + 1', '4'],
    ['let total = 0;\nfor (const x of [1, 2]) total += x;\ntotal;', '3'],
    ['const x = 3, y = 4', ''],
    ['const {x, y: [z]} = {x: 1, y: [2]}', ''],
    ['function f(a, b) { return a }', 'function f(a, b)'],
    ['class A {}', 'class A'],
    ['(function f() {})', 'function f()'],
    ['const xs = [3, 1]; xs.forEach(() => {})', '[3, 1]'],
    ['display(1); display("two")', '1 | two'],
    ['display(1); 2', '1 | 2'],
    ['const x = 1; display(x)', '1'],
    ['await Promise.resolve(5)', '5'],
    ['const x = await Promise.resolve(6);', '6'],
    ['Promise.resolve(7)', '7'],
    ['async function f() { return 8 }\nf()', '8'],
    ['`one` + /a;b/.source', 'onea;b'],
    ['(1, 2);', '2'],
    ['if (true) { 1 }', ''],
    ['"use strict"; 4', '4'],
    ['const a = 1\n;[a].length', '1'],
    ['null', 'null'],
  ])('%j shows %j', async (source, shown) => {
    expect(await shared.shown([source])).toEqual([shown]);
  });
});

describe('names between cells', () => {
  it('are seen whatever the order of the cells', async () => {
    expect(await shared.shown(['b + 1', 'const b = a * 2', 'const a = 10', 'twice(b)', 'function twice(x) { return 2 * x }'])).toEqual([
      '21',
      '20',
      '10',
      '40',
      'function twice(x)',
    ]);
  });
  it('of one’s own hide others, also in functions and blocks', async () => {
    const sources = [
      'const a = 1',
      '[2].map((a) => a)',
      '{ const a = 3; display(a) }',
      'try { throw 4 } catch (a) { display(a) }',
      'const f = ({a}, ...b) => a + b.length; f({a: 5}, 0)',
    ];
    expect(await shared.shown(sources)).toEqual(['1', '[2]', '3', '4', '6']);
    const results = await shared.results(sources);
    expect([...results.values()].map((result) => result.kind === 'ok' && result.uses)).toEqual([[], [], [], [], []]);
  });
  it('that are promises arrive kept', async () => {
    expect(await shared.shown(['const p = Promise.resolve(2)', 'p + 1'])).toEqual(['2', '3']);
  });
  it('are told of with each result', async () => {
    expect((await shared.results(['const a = 1, b = 2', 'a + b + Math.abs(-1)'])).get(2)).toEqual({
      kind: 'ok',
      values: [{ kind: 'text', text: '4' }],
      defines: [],
      uses: ['a', 'b'],
      usesRuns: [],
      rewards: [],
    });
    expect((await shared.results(['const a = 1, b = 2', 'a'])).get(1)).toMatchObject({ defines: ['a', 'b'] });
  });
});

describe('evaluate(cells, runs)', () => {
  it('evaluates again only what changed and what depends on it', async () => {
    const book = cellBook();
    await book.shown(['const a = 1', 'const b = a + 1', 'b', '"alone"']);
    expect(book.evaluated()).toEqual([1, 2, 3, 4]);
    await book.shown(['const a = 1', 'const b = a + 1', 'b', '"alone"']);
    expect(book.evaluated()).toEqual([]);
    expect(await book.shown(['const a = 5', 'const b = a + 1', 'b', '"alone"'])).toEqual(['5', '6', '6', 'alone']);
    expect(book.evaluated()).toEqual([1, 2, 3]);
    expect(await book.shown(['const a = 5', 'const b = a + 2', 'b', '"alone"'])).toEqual(['5', '7', '7', 'alone']);
    expect(book.evaluated()).toEqual([2, 3]);
    book.evaluator.close();
  });

  it('evaluates again when a name moves to another cell', async () => {
    const book = cellBook();
    await book.shown(['const a = 1', '0', 'a']);
    book.evaluated();
    expect(await book.shown(['0', 'const a = 2', 'a'])).toEqual(['0', '2', '2']);
    expect(book.evaluated()).toEqual([1, 2, 3]);
    expect(await book.shown(['0', '1', 'a'])).toEqual(['0', '1', '1: a is not defined: no cell declares it']);
    book.evaluator.close();
  });

  it('evaluates again the cells that read a run when that part of it changes, and no other', async () => {
    const book = cellBook();
    const sources = [
      'const run = train({seed: 1})',
      'run.metrics.length',
      'run.status',
      'runs.all().length',
      'train({seed: 2}).metrics.length',
      'const last = () => run.metrics.at(-1)',
      'last()?.accuracy',
    ];
    expect(await book.shown(sources, [runData()])).toEqual(['experiment view', '1', 'paused', '1', '0', 'function last()', '0.25']);
    book.evaluated();
    const more = runData({
      metrics: [
        { update: 1, accuracy: 0.25 },
        { update: 2, accuracy: 0.5 },
      ].map((record) => JSON.stringify(record)),
    });
    expect(await book.shown(sources, [more])).toEqual(['experiment view', '2', 'paused', '1', '0', 'function last()', '0.5']);
    expect(book.evaluated()).toEqual([2, 7]);
    await book.shown(sources, [more, runData({ key: 'other', name: 'other' })]);
    expect(book.evaluated()).toEqual([4]);
    expect((await book.shown(sources, []))[1]).toBe('0');
    book.evaluator.close();
  });

  it('says which runs a cell reads or shows', async () => {
    const results = await shared.results(['train({seed: 1})', 'train({seed: 2}).metrics.length', 'train({seed: 3}).key', 'runs.all(); 1'], [runData()]);
    const uses = [...results.values()].map((result) => result.kind === 'ok' && result.usesRuns);
    expect(uses).toEqual([[FIRST_KEY], [FIRST_KEY.replace('seed 1', 'seed 2')], [], []]);
  });

  it('lets a later call overtake an earlier one: both give the later results', async () => {
    const book = cellBook();
    const first = book.shown(['1', '2']);
    const second = book.shown(['3']);
    const third = book.shown(['4', '5']);
    expect(await Promise.all([first, second, third])).toEqual([
      ['4', '5'],
      ['4', '5'],
      ['4', '5'],
    ]);
    book.evaluator.close();
  });

  it('draws the same chances whenever a cell is evaluated, and others in other cells', async () => {
    const [a, b] = await shared.shown(['Math.random()', 'Math.random()']);
    expect(await shared.shown(['Math.random() ', 'Math.random() '])).toEqual([a, b]);
    expect(a).not.toBe(b);
  });

  it('forgets cells that are gone', async () => {
    const book = cellBook();
    await book.results(['const a = 1', 'a']);
    const results = await book.evaluator.evaluate([{ id: 2, source: 'a' }], []);
    expect([...results.keys()]).toEqual([2]);
    expect(shownOf(results.get(2) as CellResult)).toBe('1: a is not defined: no cell declares it');
    book.evaluator.close();
  });
});

describe('errors', () => {
  it.each([
    ['const a = ;', '1: line 1, column 11: Unexpected token, at ";"'],
    ['const a = 1;\n  const b = (;', '2: line 2, column 14: Unexpected token, at ";"'],
    ['f(', '1: line 1, column 3: Unexpected token, at its end'],
    ['import x from "y"', '1: cells neither import nor export: the library is there as tapo, and every declared name can be seen by other cells'],
    ['1;\nawait import("y")', '2: cells neither import nor export: the library is there as tapo, and every declared name can be seen by other cells'],
    ['const runs = []', '1: runs is a name of the notebook itself; choose another'],
    ['1;\nfunction Map() {}', '2: Map is a name of the language itself; choose another'],
    ['\nx = 1', '2: x is given a value, but not declared in this cell; declare it here (let x = …), or change it in the cell that declares it'],
    [
      '[1].forEach(() => { n++ })',
      '1: n is given a value, but not declared in this cell; declare it here (let n = …), or change it in the cell that declares it',
    ],
    ['const a = 1;\nnull.x', "2: TypeError: cannot read property 'x' of null"],
    ['const f = (o) => o.a.b;\n\nf({})', "1: TypeError: cannot read property 'b' of undefined"],
    ['throw new RangeError("no")', '1: RangeError: no'],
    ['throw "words"', '?: thrown: "words"'],
    ['await new Promise(() => {})', '?: it waits for a promise that nothing keeps'],
    ['await Promise.reject(new Error("late"))', '1: Error: late'],
    ['nowhere', '1: nowhere is not defined: no cell declares it'],
    ['Date.now()', '1: Date is not defined: cells have no clock, so that they give the same every time'],
    ['fetch("/")', '1: fetch is not defined: cells cannot reach the network'],
    ['console.log(1)', '1: console is not defined: use display(value)'],
    ['const [a] = 5', '1: TypeError: value is not iterable'],
  ])('%j: %s', async (source, error) => {
    expect(await shared.shown([source])).toEqual([error]);
  });

  it('name both cells that declare a name, and who needs it', async () => {
    const both = '?: a is declared by cell 1 and cell 2; a name belongs to one cell: rename one of them';
    expect(await shared.shown(['const a = 1', 'let a = 2', 'a'])).toEqual([both, both, '?: it needs a, which is declared by cell 1 and cell 2']);
    expect(await shared.shown(['const a = 1', 'let b = 2', 'a'])).toEqual(['1', '2', '1']);
  });

  it('name a circle', async () => {
    const circle = '?: circular: b (cell 2) needs c (cell 3) needs a (cell 1) needs b';
    expect(await shared.shown(['const a = b', 'const b = c', 'const c = a', 'a', '1'])).toEqual([
      circle,
      circle,
      circle,
      '?: it needs a, and cell 1, which declares it, has an error',
      '1',
    ]);
  });

  it('are passed on to who needs the cell, until it is well', async () => {
    expect(await shared.shown(['const a = null.x', 'a'])).toEqual([
      "1: TypeError: cannot read property 'x' of null",
      '?: it needs a, and cell 1, which declares it, has an error',
    ]);
    expect(await shared.shown(['const a = 1', 'a'])).toEqual(['1', '1']);
  });

  it('name the line of the cell that called a function of another', async () => {
    expect(await shared.shown(['function f(o) {\n\n  return o.a.b\n}', '1;\nf({})'])).toEqual([
      'function f(o)',
      "2: TypeError: cannot read property 'b' of undefined",
    ]);
  });
});

describe('a sandbox that was lost', () => {
  it('is started afresh; its culprit keeps the error until its source changes, all others have their values', async () => {
    const book = cellBook({ deadline: 1000 });
    const sources = ['const a = 1', 'await new Promise(() => { const f = () => { Promise.resolve().then(f) }; f(); f() })', 'a + 1']; // stopped in one job, there is another to come
    const lost = expect.stringContaining('it ran for more than 1 s and was stopped');
    expect(await book.shown(sources)).toEqual(['1', lost, '2']);
    expect([book.starts(), book.evaluated()]).toEqual([2, [1, 2, 1, 3]]);
    expect(await book.shown([...sources, '7'])).toEqual(['1', lost, '2', '7']);
    expect([book.starts(), book.evaluated()]).toEqual([2, [4]]);
    expect(await book.shown(['const a = 1', '2', 'a + 1'])).toEqual(['1', '2', '2']);
    book.evaluator.close();
  });

  it('by closing the evaluator blames no cell, and starts none in its place', async () => {
    let end = (): void => {};
    let starts = 0;
    const lost: CellOutcome = { kind: 'error', message: 'ended', line: null, reads: [], lost: true };
    const fine: CellOutcome = { kind: 'ok', values: [], shows: [], rewards: [], reads: [] };
    const ended = new Promise<CellOutcome>((resolve) => {
      end = () => resolve(lost);
    });
    const evaluator = createEvaluator(async () => {
      starts++;
      return { setRuns: async () => {}, forget: async () => {}, close: end, evaluate: () => (starts === 1 ? ended : Promise.resolve(fine)) };
    });
    const results = evaluator.evaluate(cellsOf(['1']), []);
    await expect.poll(() => starts).toBe(1);
    evaluator.close();
    expect([...(await results).keys()]).toEqual([]);
    expect(starts).toBe(1);
    expect((await evaluator.evaluate(cellsOf(['1']), [])).get(1)).toMatchObject({ kind: 'ok' });
  });

  it('that cannot be started is said in every cell, and tried again', async () => {
    let there = false;
    const evaluator: Evaluator = createEvaluator(() => (there ? startLocalSandbox() : Promise.reject(new Error('no wasm here'))));
    expect([...(await evaluator.evaluate(cellsOf(['1', '2']), [])).values()].map(shownOf)).toEqual(Array(2).fill('?: the sandbox ended: no wasm here'));
    there = true;
    expect([...(await evaluator.evaluate(cellsOf(['1', '2']), [])).values()].map(shownOf)).toEqual(['1', '2']);
    evaluator.close();
  });
});
