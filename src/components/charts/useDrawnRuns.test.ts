import { expect, test } from 'vitest';
import { shownRun } from './figures/testing.ts';
import { sameNumbers } from './useDrawnRuns.ts';

test('sameNumbers(a, b) is true while only status and progress differ', () => {
  const run = shownRun({}, [{ accuracy: 1 }]);
  const further = { ...run, state: { ...run.state, phase: { update: 2, phase: 'rollout', done: 1, total: 9 } as const } };
  expect(sameNumbers([run], [further])).toBe(true);
  expect(sameNumbers([run], [{ ...run, state: { ...run.state, metrics: [...run.state.metrics] } }])).toBe(false);
  expect(sameNumbers([run], [{ ...run, name: 'another name' }])).toBe(false);
  expect(sameNumbers([run], [run, run])).toBe(false);
});
