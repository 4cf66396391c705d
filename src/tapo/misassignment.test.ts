import { describe, expect, it } from 'vitest';
import { creditGroups } from './auditReport.ts';
import { misassignmentCounts, misassignmentRates, misassignmentTally } from './misassignment.ts';
import type { Rollout, Step } from './rollout.ts';

const search = (query: string): Step => ({ tokens: 5, tool: { name: 'search', kind: 'text', arguments: { query } } });
const look: Step = { tokens: 3, tool: { name: 'look', kind: 'image', arguments: {} } };
const rollout = (group: string, id: number, correct: boolean, steps: readonly Step[]): Rollout => ({
  group,
  rollout: `${group}/${id}`,
  reward: correct ? 1 : 0,
  correct,
  steps,
});

describe('misassignmentRates(groups)', () => {
  // Failing steps: "a b" (1.0), look (1.0), "a c d" (token F1 0.4) and, in a rollout without a tool step, nothing.
  const mixed = [
    rollout('g', 0, true, [search('a b'), look]),
    rollout('g', 1, false, [search('a b'), look]),
    rollout('g', 2, false, [search('a c d')]),
    rollout('g', 3, false, [{ tokens: 1 }]),
  ];
  const allFailed = [rollout('h', 0, false, [search('a b')]), rollout('h', 1, false, [search('a b')])];
  const groups = creditGroups([...mixed, ...allFailed]);

  it('counts failing steps and failing rollouts by their best witness', () => {
    const { action, trajectory } = misassignmentRates(groups);
    expect(action).toEqual({ '0.5': 2 / 3, '0.6': 2 / 3, '0.7': 2 / 3, '0.8': 2 / 3, '0.9': 2 / 3, '1.0': 2 / 3 });
    expect(trajectory['0.7']).toBe(1 / 3);
    expect(misassignmentRates(groups, { thresholds: [0.4] }).action).toEqual({ '0.4': 1 });
  });
  it('gives action rates by tool', () => {
    const { byTool } = misassignmentRates(groups);
    expect(byTool.search?.['1.0']).toBe(1 / 2);
    expect(byTool.look?.['1.0']).toBe(1);
  });
  it('over every incorrect rollout, counts groups that all failed too', () => {
    const { action, trajectory } = misassignmentRates(groups, { of: 'incorrect' });
    expect(action['0.7']).toBe(2 / 5);
    expect(trajectory['0.7']).toBe(1 / 5);
  });
  it('is 0 where nothing can be counted', () => {
    expect(misassignmentRates([])).toEqual({ action: expect.objectContaining({ '0.7': 0 }), trajectory: expect.objectContaining({ '0.7': 0 }), byTool: {} });
  });
  it('misassignmentCounts(groups) says what the rates are shares of', () => {
    expect(misassignmentCounts(groups)).toEqual({ action: 3, trajectory: 3, byTool: { search: 2, look: 1 } });
    expect(misassignmentCounts(groups, { of: 'incorrect' })).toEqual({ action: 5, trajectory: 5, byTool: { search: 4, look: 1 } });
    expect(misassignmentCounts([])).toEqual({ action: 0, trajectory: 0, byTool: {} });
  });
  it('misassignmentTally(options) gives the same, group by group', () => {
    for (const of of ['failing', 'incorrect'] as const) {
      const tally = misassignmentTally({ of });
      expect(tally.counts()).toEqual({ action: 0, trajectory: 0, byTool: {} });
      for (const group of groups) tally.add(group);
      expect(tally.rates()).toEqual(misassignmentRates(groups, { of }));
      expect(tally.counts()).toEqual(misassignmentCounts(groups, { of }));
    }
  });
});
