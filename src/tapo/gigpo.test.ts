import { describe, expect, it } from 'vitest';
import { gigpoAdvantages } from './gigpo.ts';

/** In thousandths. */
const rounded = (rows: readonly Float64Array[]) => rows.map((row) => [...row].map((a) => Math.round(1000 * a)));

describe('gigpoAdvantages(rewards, anchors)', () => {
  // Rewards 1 and 0: Aᴱ = ±0.7071. Both begin in s; only the first meets t, only the second u.
  const anchors = [
    ['s', 't'],
    ['s', 'u'],
  ];
  it('adds to the episode’s advantage that among steps from the same state', () => {
    // Returns from s: 0.95 and 0, so Aˢ = ±0.7071; states met once add nothing.
    expect(rounded(gigpoAdvantages([1, 0], anchors, { epsilon: 0 }))).toEqual([
      [1414, 707],
      [-1414, -707],
    ]);
  });
  it('is GRPO with ω = 0, and where nobody meets', () => {
    expect(rounded(gigpoAdvantages([1, 0], anchors, { epsilon: 0, omega: 0 }))).toEqual([
      [707, 707],
      [-707, -707],
    ]);
    expect(rounded(gigpoAdvantages([1, 0], [['a'], ['b']], { epsilon: 0 }))).toEqual([[707], [-707]]);
  });
  it('discounts: of two visits in one rollout, the later is worth more', () => {
    // Returns 0.5 and 1 (γ 0.5): mean 0.75, std 0.3536
    expect(rounded(gigpoAdvantages([1, 1], [['s', 's'], []], { epsilon: 0, gamma: 0.5 }))).toEqual([[-707, 707], []]);
  });
  it('names a wrong number of rollouts', () => {
    expect(() => gigpoAdvantages([1], [])).toThrow('expected anchors of 1 rollouts, got 0');
  });
});
