import { describe, expect, it } from 'vitest';
import { CALLS_PER_ROLLOUT, rolloutGroups } from './rolloutWorlds.ts';

const queries = (world: 'repeating' | 'distinct') =>
  rolloutGroups(world, 1200, 64, 1).flatMap((group) => group.flatMap((r) => r.steps.flatMap((step) => step.tool?.arguments.query ?? [])));

describe('rolloutGroups(world, calls, groupSize, seed)', () => {
  it('cuts the rollouts into groups of that size, the last one smaller, half of them successful', () => {
    const groups = rolloutGroups('distinct', 100 * CALLS_PER_ROLLOUT, 64, 1);
    expect(groups.map((group) => group.length)).toEqual([64, 36]);
    expect(groups.flat().filter((r) => r.correct)).toHaveLength(50);
    expect(groups.flat().flatMap((r) => r.steps.filter((step) => step.tool))).toHaveLength(600);
  });
  it('gives the same for the same seed, and something else for another', () => {
    expect(rolloutGroups('distinct', 60, 8, 1)).toEqual(rolloutGroups('distinct', 60, 8, 1));
    expect(rolloutGroups('distinct', 60, 8, 1)).not.toEqual(rolloutGroups('distinct', 60, 8, 2));
  });
  it('repeats most queries in one world and hardly any in the other', () => {
    expect(new Set(queries('repeating')).size / queries('repeating').length).toBeLessThan(0.3);
    expect(new Set(queries('distinct')).size / queries('distinct').length).toBeGreaterThan(0.95);
  });
});
