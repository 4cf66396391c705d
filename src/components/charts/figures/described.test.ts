import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartDescription } from '../../../notebook/cells/cellValue.ts';
import { describedFigure } from './described.ts';
import type { Figure } from './figure.ts';

const NONE: ReadonlySet<string> = new Set();
const chart = (data: unknown, change: Partial<ChartDescription> = {}) =>
  ({ chart: 'line', title: 'A chart', data, x: 'n', y: ['a'], ...change }) as ChartDescription;
const figureOf = (description: ChartDescription, hidden = NONE): Figure => {
  const described = describedFigure(description, hidden);
  if (described.kind === 'fault') throw new Error(described.words);
  return described.figure;
};
const faultOf = (description: ChartDescription): string => {
  const described = describedFigure(description, NONE);
  return described.kind === 'fault' ? described.words : '';
};

describe('describedFigure(description, hidden)', () => {
  it('draws lines over numbers, in the order of x', () => {
    const { x, rows, kind } = figureOf(
      chart([
        { n: 3, a: 30 },
        { n: 1, a: 10 },
        { n: 2, a: 20 },
      ]),
    );
    expect(rows.map((row) => [row.x, row.cells.a?.value])).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    expect([kind, x.domain, x.labels]).toEqual(['lines', [1, 3], null]);
  });
  it('draws bars over names, and lines too where x is not all numbers', () => {
    const bars = figureOf(
      chart(
        [
          { n: 5, a: 1 },
          { n: 7, a: 2 },
        ],
        { chart: 'bar' },
      ),
    );
    expect([bars.kind, bars.x.labels, bars.x.domain, bars.y.domain[0]]).toEqual(['grouped bars', ['5', '7'], [-0.5, 1.5], 0]);
    expect(
      figureOf(
        chart([
          { n: 'zoom', a: 1 },
          { n: 7, a: 2 },
        ]),
      ).x.labels,
    ).toEqual(['zoom', '7']);
  });
  it('leaves out values that are no numbers, and says how many', () => {
    const { rows, summary } = figureOf(chart([{ n: 1, a: 1 }, { n: 2, a: 'x' }, { n: 3 }, { n: 4, a: Number.NaN }, { n: 5, a: 3 }]));
    expect(rows.flatMap(({ cells }) => cells.a?.value ?? [])).toEqual([1, 3]);
    expect(summary).toBe('5 rows by n: a from 1 to 3. 3 values that are no numbers are left out.');
  });
  it('takes columns that are switched off out of the lines, not out of the legend', () => {
    const figure = figureOf(chart([{ n: 1, a: 1, b: 2 }], { y: ['a', 'b'] }), new Set(['a']));
    expect(figure.lines.map(({ id, colour }) => [id, colour])).toEqual([['b', 2]]);
    expect(figure.legend.series.map(({ shown }) => shown)).toEqual([false, true]);
  });
  it('thins long lines and cuts long bars, and says so', () => {
    const data = Array.from({ length: 500 }, (_, n) => ({ n, a: n === 250 ? 99 : 0 }));
    const line = figureOf(chart(data));
    expect(line.drawn.length).toBeLessThanOrEqual(200);
    expect(line.drawn.some(({ cells }) => cells.a?.value === 99)).toBe(true);
    expect(line.summary).toMatch(/of them are drawn, with every extreme\.$/);
    expect(figureOf(chart(data, { chart: 'bar' })).summary).toMatch(/Only the first 200 are drawn\.$/);
  });
  it('says in words what cannot be drawn', () => {
    expect(faultOf(chart([]))).toBe('Nothing to draw: data is an empty array.');
    expect(faultOf(chart({ n: 1 }))).toMatch(/an array of records/);
    expect(faultOf(chart([1, 2]))).toMatch(/an array of records/);
    expect(faultOf(chart([{ n: 1, a: 1 }], { y: [] }))).toBe('Nothing to draw: y names no column.');
    expect(faultOf(chart([{ n: 1, b: 1 }]))).toBe('No record has a column “a”; the data has “n”, “b”.');
    expect(faultOf(chart([{ a: 1 }]))).toBe('No record has a column “n”; the data has “a”.');
    expect(faultOf(chart([{ n: 1, a: 'high' }]))).toBe('Column “a” holds no number that could be drawn; its first value is "high".');
    const columns = Array.from({ length: 9 }, (_, i) => `c${i}`);
    expect(faultOf(chart([Object.fromEntries(columns.map((column) => [column, 1]))], { y: columns }))).toMatch(/8 columns apart, y names 9/);
  });
  it('takes whatever code returns without an exception', () => {
    const record = fc.dictionary(fc.constantFrom('n', 'a', 'b', '__proto__'), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), fc.constantFrom('line', 'bar'), (data, kind) => {
        const described = describedFigure(chart(data, { chart: kind, y: ['a', 'b'] }), NONE);
        if (described.kind === 'figure') for (const tick of described.figure.y.ticks) expect(Number.isFinite(tick)).toBe(true);
        else expect(described.words).toMatch(/\.$/);
      }),
    );
  });
});
