import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, logTicks, niceTicks, plain, SHARES } from './axes.ts';

describe('niceTicks(low, high, count)', () => {
  it('takes steps of 1, 2 or 5 times a power of ten', () => {
    expect(niceTicks(0, 0.93)).toEqual([0, 0.5, 1]);
    expect(niceTicks(0, 1.4)).toEqual([0, 0.5, 1, 1.5]);
    expect(niceTicks(0, 150, 5)).toEqual([0, 50, 100, 150]);
    expect(niceTicks(-3, 7)).toEqual([-5, 0, 5, 10]);
  });
  it('spreads equal bounds', () => {
    expect(niceTicks(0, 0)[0]).toBe(0);
    expect(niceTicks(5, 5).length).toBeGreaterThan(1);
  });
  it('holds its bounds, in few even steps', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (low, span) => {
        const ticks = niceTicks(low, low + span);
        const slack = 1e-6 * (Math.abs(low) + span);
        expect(ticks[0]).toBeLessThanOrEqual(low + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span - slack);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('logTicks(low, high)', () => {
  it('takes powers of ten, every second one where there are many', () => {
    expect(logTicks(0.004, 3)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logTicks(2, 3)).toEqual([1, 10]);
    expect(logTicks(1e-4, 90)).toEqual([1e-4, 0.01, 1, 100]);
    expect(logTicks(1e-3, 1e3)[0]).toBeLessThanOrEqual(1e-3);
  });
});

describe('axisOf(values, unit, withZero)', () => {
  it('holds the values and, unless told otherwise, 0', () => {
    expect(axisOf([3, 4]).domain).toEqual([0, 4]);
    expect(axisOf([3, 4], '', false).domain).toEqual([3, 4]);
    expect(axisOf([]).domain).toEqual([0, 1]);
  });
  it('writes a mean and its half width alike', () => {
    expect(axisOf([1], 's').sayMean(0.01634, 0.0012)).toBe('0.0163 ± 0.0012 s');
    expect(axisOf([40]).sayMean(28, 1.31)).toBe('28.0 ± 1.3');
    expect(SHARES.sayMean(0.906, 0.0212)).toBe('90.6 ± 2.1 %');
    expect(plain(0.004123)).toBe('0.00412');
  });
});
