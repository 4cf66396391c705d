import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movingAverage } from './movingAverage.ts';

const points = (...values: number[]) => values.map((value, i) => ({ update: i + 1, value }));

describe('movingAverage(points, smoothing)', () => {
  it('fades what came before by λ an update, with the bias corrected', () => {
    // λ = 0.5: 8; (0.5·8 + 2) / 1.5 = 4; (0.25·8 + 0.5·2 + 4) / 1.75 = 4
    expect(movingAverage(points(8, 2, 4), 0.5)).toEqual([8, 4, 4]);
  });
  it('leaves values as they are at λ = 0', () => {
    expect(movingAverage(points(3, 1, 2), 0)).toEqual([3, 1, 2]);
  });
  it('weighs rates by what they are shares of', () => {
    // (0.5·10·0.2 + 30·0.6) / (0.5·10 + 30) = 19 / 35
    const [, second] = movingAverage(
      [
        { update: 1, value: 0.2, weight: 10 },
        { update: 2, value: 0.6, weight: 30 },
      ],
      0.5,
    );
    expect(second).toBeCloseTo(19 / 35, 12);
  });
  it('fades over missing updates too', () => {
    // two updates on: (0.25·8 + 2) / 1.25
    const [, second] = movingAverage(
      [
        { update: 1, value: 8 },
        { update: 3, value: 2 },
      ],
      0.5,
    );
    expect(second).toBeCloseTo(3.2, 12);
  });
  it('takes empty lines and weights of nothing', () => {
    expect(movingAverage([], 0.9)).toEqual([]);
    expect(movingAverage([{ update: 1, value: 0.4, weight: 0 }], 0.9)).toEqual([0.4]);
  });
  it('refuses a smoothing of 1, which would never move', () => {
    expect(() => movingAverage([], 1)).toThrow(/from 0 to below 1, got 1/);
  });
  it('stays between the least and the greatest value, and keeps a constant', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 95 }),
        (values, percent) => {
          const smoothed = movingAverage(points(...values), percent / 100);
          expect(Math.max(...smoothed)).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
          expect(Math.min(...smoothed)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          for (const value of movingAverage(points(...values.map(() => 0.3)), percent / 100)) expect(value).toBeCloseTo(0.3, 12);
        },
      ),
    );
  });
});
