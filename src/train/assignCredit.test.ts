import { describe, expect, it } from 'vitest';
import type { Task } from '../env/types.ts';
import { assignCredit } from './assignCredit.ts';
import { type TrainSpec, trainConfig } from './config.ts';
import { reportOf } from './report.ts';
import type { CollectedRollout } from './rollout.ts';
import { emptyTranscript } from './transcript.ts';

const task: Task = { id: 'q', preset: 'p', split: 'train', type: 't', question: '?', answer: 'a', image: 'q', scene: null };

/** A rollout of one search of five tokens, its call from the third on, and an answer of two. */
function rollout(group: string, id: number, reward: number, query: string): CollectedRollout {
  const call = { kind: 'call', tool: 'search', toolKind: 'text', arguments: { query }, start: 2 } as const;
  return {
    record: {
      group,
      rollout: `${group}/${id}`,
      reward,
      correct: reward === 1,
      steps: [{ tokens: 5, tool: { name: 'search', kind: 'text', arguments: { query } } }, { tokens: 2 }],
    },
    codec: undefined as never,
    transcript: emptyTranscript(),
    episode: {
      task,
      images: [],
      status: 'answered',
      turns: [
        { words: [], action: call, observation: null },
        { words: [], action: { kind: 'answer', text: '', start: 0 }, observation: null },
      ],
    },
    outcome: { answer: '', truth: 'a', correct: reward === 1, wellFormed: true, modelErrors: 0, searched: true, observed: false, dropped: false },
    logProbs: [],
    entropies: [],
  };
}

const batch = [rollout('g', 0, 1, 'x'), rollout('g', 1, 0, 'x'), rollout('h', 0, 0, 'x'), rollout('h', 1, 0, 'y')];
/** Token advantages in thousandths. */
const tokens = (credit: TrainSpec['credit'], more: TrainSpec = {}, rollouts = batch) =>
  assignCredit(rollouts, trainConfig({ ...more, credit })).tokenAdvantages.map((a) => [...a].map((x) => Math.round(1000 * x)));

describe('assignCredit(rollouts, config)', () => {
  it('gives every token of a rollout its advantage where the rule is none', () => {
    expect(tokens({ rule: 'none' })[1]).toEqual([-707, -707, -707, -707, -707, -707, -707]);
    expect(tokens({ rule: 'none' }, { algorithm: 'dr-grpo' })[0]).toEqual([500, 500, 500, 500, 500, 500, 500]);
  });
  it('is reported step by step as it is learned from, under rules with advantages of steps too', () => {
    for (const rule of ['none', 'gigpo', 'delta-belief'] as const) {
      const beliefs = rule === 'delta-belief' ? batch.map((_, r) => [-3, -2 + r / 4, -1]) : null;
      const credit = assignCredit(batch, trainConfig({ credit: { rule } }), beliefs);
      const report = reportOf({ kind: 'probed', update: 0, rollouts: batch, credit });
      const told = (report.kind === 'probed' ? report.groups : []).flatMap(({ rollouts }) =>
        rollouts.map(({ steps }) => steps.map(({ advantage, stepAdvantage }) => stepAdvantage ?? advantage)),
      );
      expect(told).toEqual(credit.tokenAdvantages.map((of) => [of[0], of[5]]));
      expect(new Set(told.flat()).size).toBeGreaterThan(rule === 'none' ? 2 : 3);
    }
  });
  it('with tapo, the whole corrected step gets Ã: −0.707 + 0.8 · 0.707', () => {
    expect(tokens({ rule: 'tapo' })[1]).toEqual([-141, -141, -141, -141, -141, -707, -707]);
  });
  it('with span call, only the call does', () => {
    expect(tokens({ rule: 'tapo', span: 'call' })[1]).toEqual([-707, -707, -141, -141, -141, -707, -707]);
  });
  it('with gigpo, steps from a state that both met differ the more: the question', () => {
    // Aᴱ = ∓0.707; from the question the returns are 0.95 and 0, so Aˢ = ∓0.707 there; the answers come after different results
    expect(tokens({ rule: 'gigpo' })[1]?.slice(0, 1)).toEqual([-1414]);
  });
  it('with delta-belief, the turn that raised the belief more gets the more', () => {
    const beliefs = [
      [-4, -2, -2],
      [-4, -4, -4],
      [-4, -2, -2],
      [-4, -4, -4],
    ];
    const config = trainConfig({ credit: { rule: 'delta-belief' } });
    const given = assignCredit(batch, config, beliefs).tokenAdvantages.map((a) => [...a].map((x) => Math.round(1000 * x)));
    expect(given[1]).toEqual([-707, -707, -707, -707, -707, -707, -707]);
    expect(given[2]).toEqual([707, 707, 707, 707, 707, 0, 0]); // both failed: only the search tells them apart
    expect(() => assignCredit(batch, config)).toThrow('needs log beliefs of 4 rollouts, got none');
  });
  it('leaves a group that fared alike at 0, and knows rates under any rule', () => {
    expect(tokens({ rule: 'tapo' })[2]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(assignCredit(batch, trainConfig({ credit: { rule: 'none' } })).groups[0]?.rollouts[1]?.steps[0]?.reason).toBe('transferred');
  });
  it('across the batch, another prompt’s success is a witness too', () => {
    const mixed = [rollout('g', 0, 1, 'x'), rollout('g', 1, 0, 'z'), rollout('h', 0, 1, 'y'), rollout('h', 1, 0, 'x')];
    const reasons = (scope: 'group' | 'batch') => assignCredit(mixed, trainConfig({ credit: { scope } })).groups.map((g) => g.rollouts[1]?.steps[0]?.reason);
    expect(reasons('group')).toEqual(['below-theta', 'below-theta']);
    expect(reasons('batch')).toEqual(['below-theta', 'transferred']);
  });
});

describe('the estimator of advantages', () => {
  const first = (more: TrainSpec, rule: 'none' | 'tapo' = 'none') => tokens({ rule }, more).map((a) => a[0]);
  it('is the algorithm’s own unless another is asked for', () => {
    expect(first({ algorithm: 'dr-grpo' })).toEqual([500, -500, 0, 0]);
    expect(first({ algorithm: 'dr-grpo', advantage: 'grpo' })).toEqual([707, -707, 0, 0]);
    expect(first({ algorithm: 'sapo', advantage: 'dr-grpo' })).toEqual([500, -500, 0, 0]);
  });
  it('adds epsilon to the deviation: 0.5 / (0.7071 + 1)', () => {
    expect(first({ epsilon: 1 })).toEqual([293, -293, 0, 0]);
  });
  // A = ±0.7071 and twice 0: mean 0, population std √(2 · 0.5 / 4) = 0.5
  it('batch-normalised divides by the deviation over the batch', () => {
    expect(first({ advantage: 'batch-normalised' })).toEqual([1414, -1414, 0, 0]);
  });
  it('and does so after credit transfer, by the rollouts’ own deviation: −0.1414 / 0.5', () => {
    expect(tokens({ rule: 'tapo' }, { advantage: 'batch-normalised' })[1]).toEqual([-283, -283, -283, -283, -283, -1414, -1414]);
  });
  it('so that a step that was cleared stays cleared', () => {
    // One success of four: A = 1.5 and −0.5; min(0, −0.5 + 0.8 · 1.5) = 0
    const lone = [rollout('g', 0, 1, 'x'), ...[1, 2, 3].map((id) => rollout('g', id, 0, 'x'))];
    expect(tokens({ rule: 'tapo' }, { advantage: 'batch-normalised' }, lone)[1]?.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  });
  it('whitens GiGPO’s advantages by the same map', () => {
    expect(tokens({ rule: 'gigpo' }, { advantage: 'batch-normalised' })[1]?.[0]).toBe(-2828);
  });
  it('leaves the reported advantages as they were before whitening', () => {
    const { groups } = assignCredit(batch, trainConfig({ advantage: 'batch-normalised' }));
    expect(groups[0]?.rollouts[1]?.steps[0]).toMatchObject({ advantage: expect.closeTo(-Math.SQRT1_2, 4), corrected: expect.closeTo(-0.1414, 4) });
  });
});
