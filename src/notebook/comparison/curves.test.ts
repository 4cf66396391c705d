import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownRun } from '../shownRun.ts';
import { settingCurve } from './curves.ts';
import { finalTable } from './finalTable.ts';
import { metricsThere } from './metricValues.ts';
import { type Setting, settingsOf } from './settings.ts';
import { madeUpRun } from './testing.ts';

const only = (runs: readonly ShownRun[]): Setting => settingsOf(runs)[0] as Setting;

describe('settingCurve(setting, metric)', () => {
  it('is the mean over seeds with an interval, at the updates that all seeds have', () => {
    const setting = only([
      madeUpRun({ spec: { seed: 1 }, metrics: { accuracy: [0.1, 0.5, 0.7] } }),
      madeUpRun({ spec: { seed: 2 }, metrics: { accuracy: [0.3, 0.7] } }),
    ]);
    const { points, seeds, single, heldBack } = settingCurve(setting, 'accuracy');
    expect(points.map(({ update, n }) => [update, n])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    // two values 0.2 apart: s/√2 = 0.1, t(1) = 12.7062
    expect(points[0]?.mean).toBeCloseTo(0.2, 12);
    expect(points[0]?.interval?.[0]).toBeCloseTo(0.2 - 1.27062047, 7);
    expect(points[1]?.mean).toBeCloseTo(0.6, 12);
    expect(seeds).toEqual([1, 2]);
    expect(single[0]?.points).toHaveLength(3);
    expect(heldBack).toEqual({ seed: 2, update: 2 });
  });
  it('leaves out an update at which a seed has no value', () => {
    const name = 'credit/action_rate@0.7';
    const setting = only([
      madeUpRun({ spec: { seed: 1 }, metrics: { [name]: [0.1, undefined, 0.3] } }),
      madeUpRun({ spec: { seed: 2 }, metrics: { [name]: [0.1, 0.2, 0.5] } }),
    ]);
    expect(settingCurve(setting, name).points.map(({ update }) => update)).toEqual([1, 3]);
  });
  it('gives one seed no interval, and does not count a seed without values', () => {
    const setting = only([madeUpRun({ spec: { seed: 1 }, sampled: [[0, 0.3]] }), madeUpRun({ spec: { seed: 2 } })]);
    expect(settingCurve(setting, 'validation/accuracy')).toMatchObject({ seeds: [1], points: [{ update: 0, mean: 0.3, interval: null, n: 1 }] });
    expect(settingCurve(setting, 'accuracy')).toMatchObject({ seeds: [], points: [], single: [], heldBack: null });
  });
});

describe('showing one setting', () => {
  it('never changes the numbers of another', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
    const runs = (rule: 'none' | 'tapo' | 'gigpo') =>
      fc
        .array(values, { minLength: 1, maxLength: 4 })
        .map((seeds) => seeds.map((accuracy, i) => madeUpRun({ spec: { seed: i + 1, credit: { rule } }, metrics: { accuracy }, sampled: [[0, 0.2]] })));
    fc.assert(
      fc.property(runs('tapo'), runs('none'), runs('gigpo'), (shown, second, third) => {
        const numbers = (given: readonly ShownRun[]) => {
          const setting = settingsOf(given).find(({ runs: [run] }) => run?.config.credit.rule === 'tapo') as Setting;
          return { points: settingCurve(setting, 'accuracy').points, final: finalTable([setting])[0]?.values };
        };
        const alone = numbers(shown);
        expect(numbers([...second, ...shown, ...third])).toEqual(alone);
        expect(numbers([...shown, ...third])).toEqual(alone);
      }),
      { numRuns: 40 },
    );
  });
});

describe('metricsThere(states)', () => {
  it('lists what any run has, what is compared most first, and tools last', () => {
    const { state } = madeUpRun({
      spec: {},
      metrics: { 'time/update': [1], 'tool/calls/zoom': [1], 'policy/entropy': [0.2], accuracy: [0.5] },
      sampled: [[0, 0.3]],
    });
    expect(metricsThere([state]).map(({ name }) => name)).toEqual([
      'validation/accuracy',
      'validation/accuracy_greedy',
      'accuracy',
      'policy/entropy',
      'time/update',
      'tool/calls/zoom',
    ]);
    expect(metricsThere([])).toEqual([]);
  });
});
