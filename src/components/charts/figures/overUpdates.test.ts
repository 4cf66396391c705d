import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf } from './axes.ts';
import type { Figure } from './figure.ts';
import { type FigureInput, metric, newestByGroup, overUpdates } from './overUpdates.ts';
import { inputOf, shownRun } from './testing.ts';

const CHART = {
  title: 'Reward',
  series: [
    { id: 'mean', label: 'mean', noisy: true, read: metric('reward/mean') },
    { id: 'std', label: 'spread', noisy: false, read: metric('reward/std') },
  ],
  axis: (values: readonly number[]) => axisOf(values),
};
const rewards = (...values: number[]) => values.map((value) => ({ 'reward/mean': value, 'reward/std': 0.1 }));
const TAPO = [shownRun({ seed: 1 }, rewards(0.2, 0.4)), shownRun({ seed: 2 }, rewards(0.4, 0.8))];
const NONE = [shownRun({ seed: 1, credit: { rule: 'none' } }, rewards(0.1, 0.3)), shownRun({ seed: 2, credit: { rule: 'none' } }, rewards(0.3, 0.1))];
const draw = (input: FigureInput) => overUpdates(input, CHART);
const valuesOf = (figure: Omit<Figure, 'summary'>, id: string) => figure.rows.map(({ cells }) => cells[id]?.value);

describe('overUpdates(input, chart)', () => {
  it('draws one run as it is, colours and strokes by series', () => {
    const figure = draw(inputOf(TAPO.slice(0, 1)));
    expect(figure.lines.map(({ id, label, colour, dash, interval }) => [id, label, colour, dash, interval])).toEqual([
      ['0 mean', 'mean', 1, 0, false],
      ['0 std', 'spread', 2, 1, false],
    ]);
    expect(valuesOf(figure, '0 mean')).toEqual([0.2, 0.4]);
    expect(figure.legend.groups).toEqual([]);
    expect([figure.x.domain, figure.rest, figure.y.domain]).toEqual([[0, 150], 2, [0, 0.4]]);
  });
  it('smooths noisy series alone, and keeps what is behind', () => {
    // λ = 0.5: 0.2, (0.5·0.2 + 0.4) / 1.5 = 1/3
    const figure = draw(inputOf(TAPO.slice(0, 1), { smoothing: 0.5 }));
    expect(figure.lines.map(({ label, raw }) => [label, raw])).toEqual([
      ['mean (smoothed 0.5)', false],
      ['mean (raw)', true],
      ['spread', false],
    ]);
    expect(valuesOf(figure, '0 mean')[1]).toBeCloseTo(1 / 3, 12);
    expect(valuesOf(figure, '0 mean raw')).toEqual([0.2, 0.4]);
  });
  it('draws a setting with several seeds as their mean and interval, without raw values', () => {
    const figure = draw(inputOf([...TAPO, ...NONE], { smoothing: 0.5 }));
    // seeds after smoothing at update 2: 1/3 and 2/3; s = √2 / 6, half width t(1) · s / √2
    expect(valuesOf(figure, '0 mean')[1]).toBeCloseTo(0.5, 12);
    const { low, high, n } = figure.rows[1]?.cells['0 mean'] ?? { low: null, high: null, n: 0 };
    expect([low, high, n]).toEqual([expect.closeTo(0.5 - 12.7062047362 / 6, 9), expect.any(Number), 2]);
    expect((high ?? 0) - 0.5).toBeCloseTo(0.5 - (low ?? 0), 12);
    expect(figure.lines.map(({ label, colour, dash, raw }) => [label, colour, dash, raw])).toEqual([
      ['credit tapo: mean (smoothed 0.5)', 1, 0, false],
      ['credit tapo: spread', 1, 1, false],
      ['credit none: mean (smoothed 0.5)', 2, 0, false],
      ['credit none: spread', 2, 1, false],
    ]);
    expect(figure.legend.groups.map(({ label, n: runs }) => [label, runs])).toEqual([
      ['credit tapo', 2],
      ['credit none', 2],
    ]);
    expect(newestByGroup(figure, 'mean')).toMatch(/^credit tapo 0\.500 ± .*; credit none 0\.200 ± /);
  });
  it('leaves a group’s mean, interval and colour alone when another is hidden or shown', () => {
    const both = draw(inputOf([...TAPO, ...NONE]));
    const hidden = draw(inputOf([...TAPO, ...NONE], { hiddenGroups: new Set([inputOf(TAPO).groups[0]?.key ?? '']) }));
    expect(hidden.lines.map(({ id, colour }) => [id, colour])).toEqual([
      ['1 mean', 2],
      ['1 std', 2],
    ]);
    expect(hidden.rows.map(({ cells }) => cells['1 mean'])).toEqual(both.rows.map(({ cells }) => cells['1 mean']));
    expect(hidden.legend.groups.map(({ shown }) => shown)).toEqual([false, true]);
    expect(hidden.x.domain).toEqual(both.x.domain);
  });
  it('says nothing of hidden series, and has no rows where all are hidden', () => {
    const figure = draw(inputOf(TAPO, { hiddenSeries: new Set(['mean', 'std']) }));
    expect([figure.lines, figure.rows, figure.drawn]).toEqual([[], [], []]);
  });
  it('draws at most 200 rows, all of them read by the crosshair', () => {
    const figure = draw(inputOf([shownRun({ updates: 1000 }, rewards(...Array.from({ length: 1000 }, (_, i) => (i === 500 ? 9 : 0.5))))]));
    expect(figure.rows).toHaveLength(1000);
    expect(figure.drawn.length).toBeLessThanOrEqual(200);
    expect(figure.drawn.some(({ cells }) => cells['0 mean']?.value === 9)).toBe(true);
  });
  it('never lets one group’s numbers depend on another’s', () => {
    const seeds = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(seeds, seeds, fc.integer({ min: 0, max: 19 }), (ours, theirs, twentieths) => {
        const a = ours.map((values, i) => shownRun({ seed: i }, rewards(...values)));
        const b = theirs.map((values, i) => shownRun({ seed: i, credit: { rule: 'none' } }, rewards(...values)));
        const smoothing = twentieths / 20;
        const alone = draw(inputOf(a, { smoothing }));
        const together = draw(inputOf([...a, ...b], { smoothing }));
        for (const { x, cells } of alone.rows) expect(together.rows.find((row) => row.x === x)?.cells['0 mean']).toEqual(cells['0 mean']);
      }),
      { numRuns: 40 },
    );
  });
});

describe('metric(name, weight)', () => {
  const { state } = shownRun({}, [{ rate: 0.5, calls: 4 }, { rate: 0, calls: 0 }, { calls: 3 }]);
  it('leaves out updates without the metric, or without anything that it is a share of', () => {
    expect(metric('rate', 'calls')(state)).toEqual([{ update: 1, value: 0.5, weight: 4 }]);
    expect(metric('rate')(state).map(({ update }) => update)).toEqual([1, 2]);
  });
});
