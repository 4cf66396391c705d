import { describe, expect, it } from 'vitest';
import type { Task } from '../env/types.ts';
import { assignCredit } from './assignCredit.ts';
import { trainConfig } from './config.ts';
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
const tokens = (credit: object, algorithm: 'grpo' | 'dr-grpo' = 'grpo') =>
  assignCredit(batch, trainConfig({ algorithm, credit })).tokenAdvantages.map((a) => [...a].map((x) => Math.round(1000 * x)));

describe('assignCredit(rollouts, config)', () => {
  it('gives every token of a rollout its advantage where the rule is none', () => {
    expect(tokens({ rule: 'none' })[1]).toEqual([-707, -707, -707, -707, -707, -707, -707]);
    expect(tokens({ rule: 'none' }, 'dr-grpo')[0]).toEqual([500, 500, 500, 500, 500, 500, 500]);
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
