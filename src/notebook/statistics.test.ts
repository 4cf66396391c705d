import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanInterval, studentT975 } from './statistics.ts';

describe('meanInterval(values)', () => {
  it('is the mean ± t · s / √n', () => {
    // mean 4, s = 2, t(2) = 4.30265…, half = 4.30265 · 2 / √3 = 4.96828
    const { mean, low, high, n } = meanInterval([2, 4, 6]);
    expect([mean, n]).toEqual([4, 3]);
    expect(low).toBeCloseTo(4 - 4.96828, 4);
    expect(high).toBeCloseTo(4 + 4.96828, 4);
  });
  it('has no bounds for one value, and no width for equal ones', () => {
    expect(meanInterval([0.5])).toEqual({ mean: 0.5, low: null, high: null, n: 1 });
    expect(meanInterval([3, 3, 3, 3])).toEqual({ mean: 3, low: 3, high: 3, n: 4 });
  });
  it('refuses to say anything of no values', () => {
    expect(() => meanInterval([])).toThrow(/at least one value, got none/);
  });
  it('holds the mean, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 }), (values) => {
        const { mean, low, high } = meanInterval(values);
        expect(low).toBeLessThanOrEqual(mean);
        expect(high).toBeGreaterThanOrEqual(mean);
        expect(meanInterval([...values].reverse()).mean).toBeCloseTo(mean, 9);
      }),
    );
  });
});

describe('studentT975(degrees)', () => {
  it('leaves 2.5 % of the distribution above it', () => {
    for (const degrees of [1, 2, 3, 7, 10, 11, 12, 20, 31, 100]) expect(central(studentT975(degrees), degrees), `ν = ${degrees}`).toBeCloseTo(0.95, 6);
  });
  it('falls with the degrees of freedom towards the normal quantile', () => {
    const quantiles = Array.from({ length: 200 }, (_, i) => studentT975(i + 1));
    quantiles.slice(1).forEach((t, i) => {
      expect(t).toBeLessThan(quantiles[i] as number);
    });
    expect(studentT975(100_000)).toBeCloseTo(1.96, 3);
  });
  it('refuses what is no number of degrees', () => {
    expect(() => studentT975(0)).toThrow(/whole degrees of freedom from 1, got 0/);
  });
});

/** P(−t < T < t), by Simpson's rule over the density. */
function central(t: number, degrees: number): number {
  // ratio of Gamma functions by its recurrence: c(ν) = Γ((ν + 1) / 2) / (√(νπ) Γ(ν / 2))
  let c = degrees % 2 === 0 ? 1 / (2 * Math.SQRT2) : 1 / Math.PI;
  for (let v = degrees % 2 === 0 ? 2 : 1; v < degrees; v += 2) c *= ((v + 1) / v) * Math.sqrt(v / (v + 2));
  const density = (x: number): number => c * (1 + x ** 2 / degrees) ** (-(degrees + 1) / 2);
  const n = 4000;
  const h = (2 * t) / n;
  let sum = density(-t) + density(t);
  for (let i = 1; i < n; i++) sum += density(-t + i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}
