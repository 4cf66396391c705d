import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupReport, StepReport } from '../../train/report.ts';
import { testGroup } from '../testing/testGroup.ts';
import { boundsOf, firstQuantity, hasQuantity, LEVELS, QUANTITIES, quantitiesOf, scaleOf, tintOf, tokenCount, tokenValue, topTokens } from './quantities.ts';

const bare = testGroup([
  { reward: 1, steps: [{ zoom: [0, 0, 500, 500] }] },
  { reward: 0, steps: [{ zoom: [0, 0, 500, 500] }, { answer: 'Rome' }] },
]);
/** The failing zoom's six tokens with figures: log-probs −0.1 … −0.6, entropies 0.5 throughout, ratios 0.5 1 2 1 1 1. */
const group: GroupReport = {
  ...bare,
  rollouts: bare.rollouts.map((rollout, r) =>
    r === 0
      ? rollout
      : {
          ...rollout,
          steps: rollout.steps.map((step, s) =>
            s === 0 ? { ...step, logProbs: [-0.1, -0.2, -0.3, -0.4, -0.5, -0.6], entropies: Array<number>(6).fill(0.5), ratios: [0.5, 1, 2, 1, 1, 1] } : step,
          ),
        },
  ),
};
const step = group.rollouts[1]?.steps[0] as StepReport;
const A = Math.SQRT1_2;

describe('tokenValue(step, token, quantity, span)', () => {
  it('is A, Ã or their difference for every token of a step', () => {
    expect(tokenValue(step, 0, 'before', 'step')).toBeCloseTo(-A, 5);
    expect(tokenValue(step, 0, 'after', 'step')).toBeCloseTo(-0.2 * A, 5);
    expect(tokenValue(step, 5, 'difference', 'step')).toBeCloseTo(0.8 * A, 5);
  });
  it('with the span call, the thought keeps A', () => {
    expect(tokenValue(step, 2, 'after', 'call')).toBeCloseTo(-A, 5);
    expect(tokenValue(step, 2, 'difference', 'call')).toBe(0);
    expect(tokenValue(step, 3, 'after', 'call')).toBeCloseTo(-0.2 * A, 5);
  });
  it('is what was recorded of the token, or null', () => {
    expect(['logProb', 'entropy', 'ratio'].map((quantity) => tokenValue(step, 2, quantity as 'ratio', 'step'))).toEqual([-0.3, 0.5, 2]);
    expect(tokenValue(bare.rollouts[0]?.steps[0] as StepReport, 0, 'entropy', 'step')).toBe(null);
    expect(tokenValue({ ...step, logProbs: undefined } as unknown as StepReport, 0, 'logProb', 'step')).toBe(null);
    expect(hasQuantity(group, 'ratio')).toBe(true);
    expect(hasQuantity(bare, 'ratio')).toBe(false);
    expect(hasQuantity(bare, 'after')).toBe(true);
  });
});

describe('quantitiesOf(rule)', () => {
  it('has one advantage where nothing is transferred, and begins with what the policy learned from', () => {
    expect(quantitiesOf('none')).toEqual(['advantage', 'logProb', 'entropy', 'ratio']);
    expect(quantitiesOf('tapo')).toEqual(['before', 'after', 'difference', 'logProb', 'entropy', 'ratio']);
    expect([firstQuantity('none'), firstQuantity('tapo')]).toEqual(['advantage', 'after']);
    expect(tokenValue(step, 0, 'advantage', 'step')).toBe(step.advantage);
    expect(quantitiesOf('gigpo')).toEqual(quantitiesOf('none'));
    expect(tokenValue({ ...step, stepAdvantage: 0.25 }, 0, 'advantage', 'step')).toBe(0.25);
  });
});

describe('scaleOf(group, quantity)', () => {
  it('reaches to what is farthest from the middle, the same for all advantages', () => {
    for (const quantity of ['before', 'after', 'difference'] as const) expect(scaleOf(group, quantity).most).toBeCloseTo(A, 5);
    expect(scaleOf(group, 'logProb').most).toBe(0.6);
    expect(scaleOf(group, 'ratio').most).toBeCloseTo(Math.log(2), 12);
  });
  it('of the one advantage reaches to the farthest advantage, whatever a rule would have made of it', () => {
    const doubled = bare.rollouts.map((rollout) => ({ ...rollout, steps: rollout.steps.map((each) => ({ ...each, corrected: 2 })) }));
    expect(scaleOf({ ...bare, rollouts: doubled }, 'advantage').most).toBeCloseTo(A, 5);
  });
  it('is 1 where there is nothing', () => {
    expect(scaleOf(bare, 'entropy').most).toBe(1);
  });
});

describe('tintOf(value, scale)', () => {
  it('counts quarters of the scale, with the sign on a diverging one', () => {
    const scale = { quantity: 'after', most: 2 } as const;
    expect([-2, -1.5, -1.4, -0.5, -0.02, -0.001, 0, 0.5, 0.51, 9].map((value) => tintOf(value, scale))).toEqual(
      [-4, -3, -3, -1, -1, -0, 0, 1, 2, 4].map((x) => x + 0),
    );
  });
  it('has no sign on a sequential one, and takes the logarithm of a ratio', () => {
    expect([-0.6, -0.1, 0].map((value) => tintOf(value, { quantity: 'logProb', most: 0.6 }))).toEqual([4, 1, 0]);
    expect([0.5, 1, 2].map((value) => tintOf(value, { quantity: 'ratio', most: Math.log(2) }))).toEqual([-4, 0, 4]);
    expect(tintOf(null, { quantity: 'ratio', most: 1 })).toBe(0);
  });
  it('lies within the bounds that the legend tells', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...QUANTITIES),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (quantity, most, share) => {
          const scale = { quantity, most };
          const distance = share * most;
          const value =
            quantity === 'ratio' ? Math.exp(distance) : quantity === 'logProb' ? -Math.abs(distance) : quantity === 'entropy' ? Math.abs(distance) : distance;
          const level = tintOf(value, scale);
          expect(Math.abs(level)).toBeLessThanOrEqual(LEVELS);
          if (level === 0) return;
          const [low, high] = boundsOf(level, scale);
          expect(value).toBeGreaterThanOrEqual(low - 1e-6);
          expect(value).toBeLessThanOrEqual(high + 1e-6);
        },
      ),
    );
  });
});

describe('topTokens(group, quantity, span)', () => {
  it('lists the farthest from the middle first, equal ones in order', () => {
    expect(topTokens(group, 'ratio', 'step', 3).map(({ token, value }) => [token, value])).toEqual([
      [0, 0.5],
      [2, 2],
      [1, 1],
    ]);
    expect(topTokens(group, 'logProb', 'step')[0]).toMatchObject({ place: [1, 0], token: 5, word: '</tool_call>', value: -0.6 });
    expect(topTokens(bare, 'entropy', 'step')).toEqual([]);
  });
  it('tokenCount(group) counts the model’s own', () => {
    expect(tokenCount(group)).toBe(6 + 6 + 3);
  });
});
