import { describe, expect, it } from 'vitest';
import { transferBatchCredit } from './creditBatch.ts';
import type { Rollout, Step, ToolCall } from './rollout.ts';

const calls = (tool: ToolCall): Step => ({ tokens: 5, tool });
const search = (query: string) => calls({ name: 'search', kind: 'text', arguments: { query } });
const zoom = (image?: string) =>
  calls({ name: 'zoom', kind: 'region', arguments: { bbox_2d: [0, 0, 9, 9] }, ...(image ? { region: { image, bbox: [0, 0, 9, 9] } } : {}) });
const rollout = (group: string, id: number, correct: boolean, ...steps: readonly Step[]): Rollout => ({
  group,
  rollout: `${group}/${id}`,
  reward: correct ? 1 : 0,
  correct,
  steps,
});
const advantages = [
  [1, -1],
  [1, -1],
];

describe('transferBatchCredit(groups, advantages, options)', () => {
  const groups = [
    [rollout('g', 0, true, search('x')), rollout('g', 1, false, search('y'))],
    [rollout('h', 0, true, search('y')), rollout('h', 1, false, search('x'))],
  ];
  it('looks for witnesses within each prompt', () => {
    const credited = transferBatchCredit(groups, advantages);
    expect(credited.map(({ group, clusters }) => [group, clusters.length])).toEqual([
      ['g', 1],
      ['h', 1],
    ]);
    expect(credited.map(({ rollouts }) => rollouts[1]?.steps[0]?.reason)).toEqual(['below-theta', 'below-theta']);
  });
  it('or in the whole batch: one library, support over all successes', () => {
    const credited = transferBatchCredit(groups, advantages, { scope: 'batch' });
    expect(credited.map(({ group, clusters, rollouts }) => [group, clusters.length, rollouts.map((r) => r.rollout)])).toEqual([
      ['g', 2, ['g/0', 'g/1']],
      ['h', 2, ['h/0', 'h/1']],
    ]);
    // sim 1, one of two successes: −1 + 0.8 · 1 · 0.5 · 1
    expect(credited[0]?.rollouts[1]?.steps[0]).toMatchObject({ reason: 'transferred', support: 0.5, corrected: -0.6, witness: ['h/0', 0] });
  });
  it('across prompts, a box lies in the same image only if the image is named: an index counts within its prompt', () => {
    const boxes = (image?: string) => [
      [rollout('g', 0, true, zoom(image)), rollout('g', 1, false)],
      [rollout('h', 0, true), rollout('h', 1, false, zoom(image))],
    ];
    const similarity = (image?: string) => transferBatchCredit(boxes(image), advantages, { scope: 'batch' })[1]?.rollouts[1]?.steps[0]?.similarity;
    expect([similarity('p'), similarity()]).toEqual([1, 0]);
  });
  it('names a wrong number of groups', () => {
    expect(() => transferBatchCredit(groups, [[1, -1]])).toThrow('transferBatchCredit: expected advantages of 2 groups, got 1');
  });
});
