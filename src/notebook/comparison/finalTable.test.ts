import { describe, expect, it } from 'vitest';
import { finalTable, pairedDifferences } from './finalTable.ts';
import { MEASURES, type Measure, measureRuns } from './measures.ts';
import { type Setting, settingsOf } from './settings.ts';
import { madeUpRun } from './testing.ts';

const measure = (title: string): Measure => MEASURES.find((each) => each.title === title) as Measure;
const at = (title: string): number => MEASURES.indexOf(measure(title));
const run = (rule: 'none' | 'tapo', seed: number, sampled: readonly (readonly [number, number])[], accuracy: readonly number[] = []) =>
  madeUpRun({ spec: { seed, credit: { rule } }, sampled, metrics: { accuracy } });

describe('measureRuns(measure, states)', () => {
  it('reads the value at the last update that all have', () => {
    const states = [
      run('tapo', 1, [
        [0, 0.2],
        [25, 0.5],
        [50, 0.9],
      ]),
      run('tapo', 2, [
        [0, 0.3],
        [25, 0.6],
      ]),
    ].map(({ state }) => state);
    expect(measureRuns(measure('Validation, sampled'), states)).toEqual({ at: 25, values: [0.5, 0.6] });
  });
  it('takes the mean of the last ten updates up to it, or of fewer at the start', () => {
    const twelve = run('tapo', 1, [], [9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).state;
    expect(measureRuns(measure('Training accuracy'), [twelve])).toEqual({ at: 12, values: [5.5] });
    expect(measureRuns(measure('Training accuracy'), [twelve, run('tapo', 2, [], [0.5, 1]).state])).toEqual({ at: 2, values: [9, 0.75] });
  });
  it('takes the mean height of the trapezoids over the updates that all have', () => {
    // (0.2 + 0.6)/2 · 10 + (0.6 + 0.8)/2 · 30 = 4 + 21 = 25, over 40
    const { state } = run('tapo', 1, [
      [0, 0.2],
      [10, 0.6],
      [40, 0.8],
    ]);
    const other = run('tapo', 2, [
      [0, 0],
      [40, 1],
      [50, 1],
    ]).state;
    const area = measure('Area under validation');
    expect(measureRuns(area, [state])?.values[0]).toBeCloseTo(0.625, 12);
    expect(measureRuns(area, [state, other])).toEqual({ at: 40, values: [0.5, 0.5] });
    expect(measureRuns(area, [run('tapo', 1, [[0, 0.2]]).state])).toBeNull();
  });
  it('is null for no runs, and for runs with no update in common', () => {
    expect(measureRuns(measure('Validation, sampled'), [])).toBeNull();
    expect(measureRuns(measure('Validation, sampled'), [run('tapo', 1, [[0, 1]]).state, run('tapo', 2, [[5, 1]]).state])).toBeNull();
  });
});

describe('finalTable(settings)', () => {
  it('gives mean, interval and N of every measure, and leaves a run without values out', () => {
    const settings = settingsOf([run('tapo', 1, [[0, 0.5]]), run('tapo', 2, [[0, 0.7]]), run('tapo', 3, [])]);
    const value = finalTable(settings)[0]?.values[at('Validation, sampled')];
    expect(value).toMatchObject({ at: 0, n: 2 });
    expect(value?.mean).toBeCloseTo(0.6, 12);
    expect(value?.interval?.[1]).toBeCloseTo(0.6 + 1.27062047, 7);
    expect(finalTable(settings)[0]?.values[at('Training accuracy')]).toBeNull();
  });
});

describe('pairedDifferences(setting, baseline)', () => {
  const settings = (...runs: Parameters<typeof settingsOf>[0]) => settingsOf(runs) as [Setting, Setting];
  const sampledOf = (pair: [Setting, Setting]) => pairedDifferences(...pair)[at('Validation, sampled')];

  it('pairs the seeds that both have, and gives the t interval of the differences', () => {
    // differences 0.1, 0.2, 0.3: mean 0.2, s = 0.1, t(2) = 4.30265, half 0.248414, so the interval holds 0
    const open = sampledOf(
      settings(
        run('tapo', 1, [[9, 0.5]]),
        run('none', 1, [[9, 0.4]]),
        run('tapo', 2, [[9, 0.6]]),
        run('none', 2, [[9, 0.4]]),
        run('tapo', 3, [[9, 0.7]]),
        run('none', 3, [[9, 0.4]]),
        run('tapo', 7, [[9, 0.9]]),
      ),
    );
    expect(open).toMatchObject({ kind: 'open', seeds: [1, 2, 3], at: 9, difference: { n: 3 } });
    if (open?.kind !== 'open') throw new Error('expected an open difference');
    expect(open.difference.mean).toBeCloseTo(0.2, 12);
    expect(open.difference.interval?.[0]).toBeCloseTo(-0.04841377, 7);
    expect(open.difference.interval?.[1]).toBeCloseTo(0.44841377, 7);
  });
  it('calls a difference higher or lower where the interval leaves 0 out, though the settings’ own intervals overlap', () => {
    // 0.3 and 0.31 in seed 1, 0.8 and 0.8101 in seed 2: differences 0.0100 and 0.0101, half 12.7062 · 0.00005 = 0.00064
    const pair = settings(run('none', 1, [[9, 0.3]]), run('tapo', 1, [[9, 0.31]]), run('none', 2, [[9, 0.8]]), run('tapo', 2, [[9, 0.8101]]));
    expect(sampledOf(pair)?.kind).toBe('lower');
    expect(sampledOf([pair[1], pair[0]])?.kind).toBe('higher');
  });
  it('reads both runs of a pair at the same update', () => {
    const pair = settings(
      run('none', 1, [
        [10, 0.3],
        [20, 0.9],
      ]),
      run('tapo', 1, [[10, 0.4]]),
    );
    const single = sampledOf(pair);
    expect(single).toMatchObject({ kind: 'single', at: 10, seeds: [1], difference: { interval: null, n: 1 } });
    expect(single?.kind === 'single' && single.difference.mean).toBeCloseTo(-0.1, 12);
  });
  it('says where nothing pairs, and finds equal runs open', () => {
    expect(sampledOf(settings(run('none', 1, [[9, 0.3]]), run('tapo', 2, [[9, 0.4]])))?.kind).toBe('unpaired');
    const same = settings(run('none', 1, [[9, 0.3]]), run('tapo', 1, [[9, 0.3]]), run('none', 2, [[9, 0.5]]), run('tapo', 2, [[9, 0.5]]));
    expect(sampledOf(same)).toMatchObject({ kind: 'open', difference: { mean: 0, interval: [0, 0] } });
  });
});
