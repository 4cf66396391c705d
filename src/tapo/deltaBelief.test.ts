import { describe, expect, it } from 'vitest';
import { groupAdvantages } from './advantages.ts';
import { deltaBeliefAdvantages } from './deltaBelief.ts';

describe('deltaBeliefAdvantages(rewards, logBeliefs)', () => {
  it('adds a tenth of a turn’s rise in log belief to the reward, and normalises turn by turn', () => {
    // turn 0: 1 + 0.1·2 = 1.2 and 0 + 0 (a fall counts nothing); turn 1: 1 + 0 and 0 + 0.1·5 = 0.5
    const [first, second] = deltaBeliefAdvantages(
      [1, 0],
      [
        [-4, -2, -3],
        [-4, -6, -1],
      ],
      { epsilon: 0 },
    );
    expect(first?.[0]).toBeCloseTo(Math.SQRT1_2, 12); // (1.2 − 0.6) / (0.6·√2)
    expect(second?.[0]).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(first?.[1]).toBeCloseTo(Math.SQRT1_2, 12); // (1 − 0.75) / (0.25·√2)
    expect([
      ...(deltaBeliefAdvantages(
        [1, 0],
        [
          [0, 1],
          [0, 0],
        ],
        { epsilon: 0, beliefWeight: 2 },
      )[0] as Float64Array),
    ]).toEqual([Math.SQRT1_2]);
  });
  it('is GRPO’s advantage at every turn where no belief moves', () => {
    const rewards = [1, 0, 0, 1];
    const expected = groupAdvantages(rewards);
    deltaBeliefAdvantages(
      rewards,
      rewards.map(() => [-3, -3, -3]),
    ).forEach((turns, i) => {
      expect([...turns]).toEqual([expected[i], expected[i]]);
    });
  });
  it('compares a turn only with rollouts that have it; alone it keeps its reward', () => {
    const [short, long] = deltaBeliefAdvantages(
      [0, 1],
      [
        [-1, -1],
        [-1, -1, -1],
      ],
      { epsilon: 0 },
    );
    expect(short).toHaveLength(1);
    expect(long?.[1]).toBe(1);
    expect(deltaBeliefAdvantages([], [])).toEqual([]);
  });
  it('says what it expected', () => {
    expect(() => deltaBeliefAdvantages([1], [])).toThrow('expected beliefs of 1 rollouts, got 0');
  });
});
