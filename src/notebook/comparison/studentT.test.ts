import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentT } from './studentT.ts';

describe('studentT(confidence, nu)', () => {
  it.each([
    [1, 12.7062047364],
    [2, 4.3026527297],
    [3, 3.1824463053],
    [4, 2.7764451052],
    [9, 2.2621571628],
    [30, 2.0422724563],
    [1000, 1.9623390808],
  ])('gives the known two-sided 95 %% quantile of %i degrees of freedom', (nu, t) => {
    expect(studentT(0.95, nu)).toBeCloseTo(t, 8);
  });
  it('gives the closed forms of one and two degrees: tan(π p / 2), and p · √(2 / (1 − p²))', () => {
    expect(studentT(0.5, 1)).toBeCloseTo(1, 12);
    expect(studentT(0.8, 2)).toBeCloseTo(0.8 * Math.sqrt(2 / (1 - 0.64)), 12);
  });
  it('shrinks with the degrees of freedom and grows with the confidence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.98, noNaN: true }), (nu, p) => {
        expect(studentT(p, nu + 1)).toBeLessThan(studentT(p, nu));
        expect(studentT(p + 0.01, nu)).toBeGreaterThan(studentT(p, nu));
      }),
    );
  });
  it('refuses what is no number of degrees and no confidence', () => {
    expect(() => studentT(0.95, 0)).toThrow(/degrees of freedom ≥ 1, got 0/);
    expect(() => studentT(0.95, 1.5)).toThrow(/1.5/);
    expect(() => studentT(1, 3)).toThrow(/between 0 and 1, got 1/);
  });
});
