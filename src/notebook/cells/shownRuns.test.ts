import { expect, it } from 'vitest';
import type { CellResult } from './cellResult.ts';
import type { RunReference, View } from './cellValue.ts';
import { experimentRuns, shownRuns } from './shownRuns.ts';

const run = (key: string): RunReference => ({ key, spec: {} });
const result = (...views: View[]): CellResult => ({
  kind: 'ok',
  values: views.map((view) => ({ kind: 'view', view })),
  defines: [],
  uses: [],
  usesRuns: [],
  rewards: [],
});

it('the runs of all views, in their order', () => {
  const shown = result({ kind: 'charts', runs: [run('b'), run('a')], charts: [] }, { kind: 'truth' }, { kind: 'trajectories', run: run('c') });
  expect(shownRuns(shown).map(({ key }) => key)).toEqual(['b', 'a', 'c']);
});

it('of an experiment alone, those that it trains', () => {
  const shown = result({ kind: 'trajectories', run: run('c') }, { kind: 'experiment', runs: [run('a'), run('b')] });
  expect(experimentRuns(shown).map(({ key }) => key)).toEqual(['a', 'b']);
});

it('none where Try it has no run, where the cell failed, or was not evaluated', () => {
  expect(shownRuns(result({ kind: 'try', run: null }))).toEqual([]);
  expect(shownRuns({ kind: 'error', message: 'm', line: 1 })).toEqual([]);
  expect(shownRuns(undefined)).toEqual([]);
});
