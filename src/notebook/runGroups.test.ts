import { describe, expect, it } from 'vitest';
import { type TrainSpec, trainConfig } from '../train/config.ts';
import { runKey } from '../train/runKey.ts';
import { groupRuns, meanOverRuns } from './runGroups.ts';
import { EMPTY_RUN } from './runs.ts';
import type { ShownRun } from './shownRun.ts';

const shown = (name: string, spec: TrainSpec): ShownRun => ({ key: runKey(spec), name, state: { ...EMPTY_RUN, config: trainConfig(spec) } });
const seeds = (spec: TrainSpec, ...list: number[]): ShownRun[] => list.map((seed) => shown(`seed ${seed}`, { ...spec, seed }));

describe('groupRuns(runs)', () => {
  it('puts runs that differ in the seed alone together, named by what tells them apart', () => {
    const groups = groupRuns([...seeds({}, 1, 2), ...seeds({ credit: { rule: 'none' } }, 1, 2, 3)]);
    expect(groups.map(({ name, runs }) => [name, runs.length])).toEqual([
      ['credit tapo', 2],
      ['credit none', 3],
    ]);
  });
  it('calls a run that is alone by its own name, and a setting that is alone by what it does', () => {
    expect(groupRuns(seeds({}, 4)).map(({ name }) => name)).toEqual(['seed 4']);
    expect(groupRuns(seeds({}, 4, 5)).map(({ name }) => name)).toEqual(['grpo, credit tapo']);
  });
  it('counts a run that comes twice once, and takes runs without a configuration', () => {
    expect(groupRuns([...seeds({}, 1), ...seeds({}, 1)])[0]?.runs).toHaveLength(1);
    const unbegun = { key: 'new', name: 'a run', state: EMPTY_RUN };
    expect(groupRuns([unbegun])).toEqual([{ key: 'new', name: 'a run', runs: [unbegun] }]);
    expect(groupRuns([])).toEqual([]);
  });
});

describe('meanOverRuns(lines)', () => {
  it('takes the runs that have come to an update', () => {
    const means = meanOverRuns([
      [
        { update: 1, value: 0.2 },
        { update: 2, value: 0.4 },
      ],
      [{ update: 1, value: 0.6 }],
    ]);
    expect([...means.keys()]).toEqual([1, 2]);
    expect(means.get(1)).toMatchObject({ mean: 0.4, n: 2 });
    expect(means.get(2)).toEqual({ mean: 0.4, interval: null, n: 1 });
  });
});
