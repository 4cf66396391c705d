import { expect, test } from 'vitest';
import { nearestKept } from './keptUpdates.ts';
import { EMPTY_RUN } from './runs.ts';

const run = (...updates: number[]) => ({
  key: String(updates),
  name: 'run',
  state: { ...EMPTY_RUN, groups: updates.map((update) => ({ update, groups: [] })) },
});

test('nearestKept(runs, update) is the update itself, or the nearest of any run, the earlier of two', () => {
  expect(nearestKept([run(10, 20)], 20)).toBe(20);
  expect(nearestKept([run(10, 20)], 14)).toBe(10);
  expect(nearestKept([run(20, 10)], 15)).toBe(10);
  expect(nearestKept([run(10), run(16)], 15)).toBe(16);
  expect(nearestKept([run()], 15)).toBe(null);
});
