import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchNormalisedAdvantages, batchWhitening, drGrpoAdvantages, groupAdvantages } from './advantages.ts';

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

describe('batchWhitening(advantages)', () => {
  it('is a map for other values too: mean 1, population std 2 gives (a − 1) / 2', () => {
    const whiten = batchWhitening([3, -1]);
    expect([3, -1, 1, 2].map((a) => Number(whiten(a).toFixed(6)))).toEqual([1, -1, 0, 0.5]);
  });
  it('keeps 0 at 0 where the mean is only rounding, and never divides by 0', () => {
    expect(batchWhitening([0.1, 0.2, -0.3])(0)).toBe(0); // 0.1 + 0.2 − 0.3 = 5.6e-17
    expect(batchWhitening([0, 0])(0)).toBe(0);
    expect(batchWhitening([])(2)).toBeCloseTo(2e9, 0);
  });
  it('leaves mean 0 and population std 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 30 }), (advantages) => {
        fc.pre(Math.max(...advantages) - Math.min(...advantages) > 1e-3);
        const whitened = batchNormalisedAdvantages(advantages);
        const mean = whitened.reduce((total, a) => total + a, 0) / whitened.length;
        expect(mean).toBeCloseTo(0, 9);
        expect(Math.sqrt(whitened.reduce((total, a) => total + (a - mean) ** 2, 0) / whitened.length)).toBeCloseTo(1, 5);
      }),
    );
  });
});
