import { describe, expect, it } from 'vitest';
import { meanInterval } from './meanInterval.ts';

describe('meanInterval(values)', () => {
  it('gives x̄ ± t · s / √N', () => {
    // 1, 2, 3: mean 2, s = 1, t(2) = 4.30265, so the half is 4.30265 / √3 = 2.48414
    const three = meanInterval([1, 2, 3]);
    expect(three).toMatchObject({ mean: 2, n: 3 });
    expect(three?.interval?.[0]).toBeCloseTo(2 - 2.4841377, 6);
    expect(three?.interval?.[1]).toBeCloseTo(2 + 2.4841377, 6);
    // 0.5, 0.7: mean 0.6, s = 0.2/√2, t(1) = 12.7062, so the half is 12.7062 · 0.1 = 1.27062
    expect(meanInterval([0.5, 0.7])?.interval?.[1]).toBeCloseTo(0.6 + 1.27062047, 7);
  });
  it('gives no interval for one number, a point for equal ones, null for none', () => {
    expect(meanInterval([0.4])).toEqual({ mean: 0.4, interval: null, n: 1 });
    expect(meanInterval([2, 2, 2])).toEqual({ mean: 2, interval: [2, 2], n: 3 });
    expect(meanInterval([])).toBeNull();
  });
});
