import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMPTY_RUN, reduceRun } from '../../../notebook/runs.ts';
import type { ShownRun } from '../../../notebook/shownRun.ts';
import type { Recording } from '../../../train/recording.ts';
import { cellAt } from './figure.ts';
import { CHART_NAMES, FIGURES } from './figures.ts';
import { tableOf } from './table.ts';
import { inputOf, shownRun } from './testing.ts';

const { reports } = JSON.parse(readFileSync(new URL('../../../../public/benchmarks/atlas/recorded/grpo-tapo.json', import.meta.url), 'utf8')) as Recording;
const recorded: ShownRun = { key: 'recorded', name: 'recorded run', state: reports.reduce(reduceRun, EMPTY_RUN) };

describe('FIGURES[name](input)', () => {
  it('states a number of the run that ships in every sentence, and draws something', () => {
    for (const name of CHART_NAMES) {
      const figure = FIGURES[name](inputOf([recorded], { smoothing: 0.6, toolFree: 0.32 }));
      expect(figure.summary, name).toMatch(/\d.*\.$/s);
      expect(figure.drawn.length, name).toBeGreaterThan(5);
      expect(figure.lines.length, name).toBeGreaterThan(0);
      expect(tableOf(figure).rows, name).toHaveLength(figure.drawn.length);
    }
  });
  it('is empty, and says so, before the first update', () => {
    for (const runs of [[], [{ key: '', name: 'run', state: EMPTY_RUN }]])
      for (const name of CHART_NAMES) {
        const figure = FIGURES[name](inputOf(runs));
        expect([figure.rows, figure.drawn], name).toEqual([[], []]);
        if (runs.length > 0) expect(figure.summary, name).toBe('No update yet.');
      }
  });
  it('keeps every drawn value within its axes', () => {
    for (const name of CHART_NAMES) {
      const { drawn, lines, x, y } = FIGURES[name](inputOf([recorded], { smoothing: 0.3 }));
      for (const row of drawn) {
        expect(row.x >= x.domain[0] && row.x <= x.domain[1], name).toBe(true);
        for (const { id } of lines) {
          const value = row.cells[id]?.value ?? y.domain[0];
          expect(value >= y.domain[0] && value <= y.domain[1], `${name} ${value}`).toBe(true);
        }
      }
    }
  });
});

describe('misassignmentFigure(input)', () => {
  const records = [
    {
      'credit/failing_calls': 10,
      'credit/failing_rollouts': 4,
      'credit/action_rate@0.7': 0.2,
      'credit/trajectory_rate@0.7': 0.5,
      'credit/action_rate@0.9': 0.1,
    },
    { 'credit/failing_calls': 0, 'credit/failing_rollouts': 0, 'credit/action_rate@0.7': 0, 'credit/trajectory_rate@0.7': 0, 'credit/action_rate@0.9': 0 },
    { 'credit/failing_calls': 30, 'credit/failing_rollouts': 8, 'credit/action_rate@0.7': 0.6, 'credit/trajectory_rate@0.7': 1, 'credit/action_rate@0.9': 0.3 },
  ];
  it('weighs smoothed rates by failing calls and failing rollouts, and leaves out updates without any', () => {
    const figure = FIGURES.misassignment(inputOf([shownRun({}, records)], { smoothing: 0.5 }));
    expect(figure.rows.map(({ x }) => x)).toEqual([1, 3]);
    // two updates on: (0.25·10·0.2 + 30·0.6) / (0.25·10 + 30); (0.25·4·0.5 + 8·1) / (0.25·4 + 8)
    expect(cellAt(figure, '0 action', 3)?.cell.value).toBeCloseTo(18.5 / 32.5, 12);
    expect(cellAt(figure, '0 trajectory', 3)?.cell.value).toBeCloseTo(8.5 / 9, 12);
  });
  it('reads the rates at the chosen τ', () => {
    const figure = FIGURES.misassignment(inputOf([shownRun({}, records)], { tau: 0.9 }));
    expect(figure.title).toBe('Misassignment at τ = 0.9');
    expect(cellAt(figure, '0 action', 3)?.cell.value).toBe(0.3);
  });
});

describe('histogramFigure(input)', () => {
  const bins = (...counts: number[]) => [...counts, ...new Array<number>(30 - counts.length).fill(0)];
  const run = (seed: number, before: number, after: number) =>
    shownRun({ seed }, [], {
      histograms: [
        { update: 1, before: bins(before), after: bins(after, before - after) },
        { update: 2, before: bins(0, before), after: bins(before) },
      ],
    });
  it('shows the update that is looked at, else the newest', () => {
    expect(FIGURES.histogram(inputOf([run(1, 8, 6)], { update: 1 })).rows[0]?.cells).toMatchObject({ '0 after': { value: 6 }, '0 before': { value: 8 } });
    expect(FIGURES.histogram(inputOf([run(1, 8, 6)])).rows[0]?.cells).toMatchObject({ '0 after': { value: 8 }, '0 before': { value: 0 } });
    expect(FIGURES.histogram(inputOf([run(1, 8, 6)], { update: 1 })).summary).toMatch(/^Update 1: credit transfer moves 2 steps out of their bin\./);
  });
  it('takes the mean of a setting’s runs, and draws several settings as lines', () => {
    const figure = FIGURES.histogram(inputOf([run(1, 8, 6), run(2, 4, 1)], { update: 1 }));
    expect(figure.rows[0]?.cells).toMatchObject({ '0 after': { value: 3.5, n: 2 }, '0 before': { value: 6 } });
    expect(figure.kind).toBe('overlaid bars');
    expect(FIGURES.histogram(inputOf([run(1, 8, 6), shownRun({ updates: 9 }, [])])).kind).toBe('steps');
  });
});

describe('thresholdFigure(input)', () => {
  it('takes the mean over runs at every τ, and rests at the one that is chosen', () => {
    const rates = (rate: number) => ({ 'credit/failing_calls': 1, 'credit/action_rate@0.5': rate, 'credit/action_rate@0.7': rate / 2 });
    const figure = FIGURES.threshold(inputOf([shownRun({ seed: 1 }, [rates(0.8)]), shownRun({ seed: 2 }, [rates(0.4)])]));
    expect(cellAt(figure, '0 action', 0.5)?.cell).toMatchObject({ value: expect.closeTo(0.6, 12), n: 2 });
    expect(figure.rest).toBe(0.7);
    expect(figure.marks).toEqual([{ axis: 'x', value: 0.7, label: 'τ = θ' }]);
    expect(FIGURES.threshold(inputOf([shownRun({}, [rates(0.8)])], { tau: 0.5 })).marks.map(({ label }) => label)).toEqual(['θ', 'τ']);
  });
});

describe('timeFigure(input)', () => {
  it('has a logarithmic axis, and no value for a time of 0', () => {
    const figure = FIGURES.time(
      inputOf([
        shownRun({}, [
          { 'time/rollout': 2, 'time/credit': 0 },
          { 'time/rollout': 3, 'time/credit': 0.004 },
        ]),
      ]),
    );
    expect([figure.y.log, figure.y.domain]).toEqual([true, [0.001, 10]]);
    expect(figure.rows.map(({ cells }) => cells['0 credit']?.value)).toEqual([undefined, 0.004]);
  });
});
