import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchNormalisedAdvantages, drGrpoAdvantages, groupAdvantages } from './advantages.ts';

describe('groupAdvantages(rewards)', () => {
  it('divides deviations by the sample standard deviation', () => {
    // mean 0.25, deviations 0.75 and three times −0.25, std = √((0.5625 + 3·0.0625) / 3) = 0.5
    expect([...groupAdvantages([1, 0, 0, 0], { epsilon: 0 })]).toEqual([1.5, -0.5, -0.5, -0.5]);
  });
  it('adds epsilon to the standard deviation', () => {
    expect(groupAdvantages([1, 0], { epsilon: 1 })[0]).toBeCloseTo(0.5 / (Math.SQRT1_2 + 1), 12);
  });
  it('gives zeros for equal rewards, also where their mean is rounded', () => {
    expect([...groupAdvantages([0.1, 0.1, 0.1])]).toEqual([0, 0, 0]);
    expect([...groupAdvantages([1, 1], { epsilon: 0 })]).toEqual([0, 0]);
    expect([...groupAdvantages([0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7])]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
  it('takes mean 0 and std 1 for a group of one, and nothing for an empty group', () => {
    expect([...groupAdvantages([2], { epsilon: 0 })]).toEqual([2]);
    expect([...groupAdvantages([])]).toEqual([]);
  });
  it('refuses rewards that are not finite', () => {
    expect(() => groupAdvantages([0, Number.NaN])).toThrow('groupAdvantages: rewards must be finite, got NaN at index 1');
  });
  it('sums to zero and keeps the order of rewards', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 20 }), (rewards) => {
        const advantages = [...groupAdvantages(rewards)];
        expect(Math.abs(advantages.reduce((sum, a) => sum + a, 0))).toBeLessThan(1e-6);
        rewards.forEach((r, i) => {
          rewards.forEach((other, j) => {
            if (r > other) expect(advantages[i]).toBeGreaterThanOrEqual(advantages[j] as number);
          });
        });
      }),
    );
  });
});

describe('drGrpoAdvantages(rewards)', () => {
  it('is the deviation from the mean', () => {
    expect([...drGrpoAdvantages([1, 0, 0, 0])]).toEqual([0.75, -0.25, -0.25, -0.25]);
  });
});

describe('batchNormalisedAdvantages(advantages)', () => {
  it('whitens by the population standard deviation', () => {
    expect([...batchNormalisedAdvantages([1, -1])].map((a) => Number(a.toFixed(6)))).toEqual([1, -1]);
    expect([...batchNormalisedAdvantages([])]).toEqual([]);
    expect([...batchNormalisedAdvantages([3, 3])]).toEqual([0, 0]);
  });
});
