import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, niceTicks, plain, powersOfTen, SHARES, timeAxisOf } from './axes.ts';

describe('niceTicks(low, high, count)', () => {
  it('takes steps of 1, 2 or 5 times a power of ten', () => {
    expect(niceTicks(0, 0.93)).toEqual([0, 0.5, 1]);
    expect(niceTicks(0, 1.4)).toEqual([0, 0.5, 1, 1.5]);
    expect(niceTicks(0, 150, 5)).toEqual([0, 50, 100, 150]);
    expect(niceTicks(-3, 7)).toEqual([-5, 0, 5, 10]);
  });
  it('spreads equal bounds', () => {
    expect(niceTicks(0, 0)).toEqual([0, 0.5]);
    expect(niceTicks(1e16, 1e16 + 2).length).toBe(new Set(niceTicks(1e16, 1e16 + 2)).size);
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

describe('powersOfTen(low, high)', () => {
  it('holds its bounds, and writes every second one where there are many', () => {
    expect(powersOfTen(0.004, 3)).toEqual({ domain: [0.001, 10], ticks: [0.001, 0.01, 0.1, 1, 10] });
    expect(powersOfTen(2, 3)).toEqual({ domain: [1, 10], ticks: [1, 10] });
    expect(powersOfTen(0.0002, 9)).toEqual({ domain: [0.0001, 10], ticks: [0.001, 0.1, 10] });
  });
});

describe('axisOf(values, withZero)', () => {
  it('holds the values and, unless told otherwise, 0', () => {
    expect(axisOf([3, 4]).domain).toEqual([0, 4]);
    expect(axisOf([3, 4], false).domain).toEqual([3, 4]);
    expect(axisOf([]).domain).toEqual([0, 1]);
  });
  it('writes a mean and its half width alike', () => {
    expect(axisOf([1]).sayMean(0.01634, 0.0012)).toBe('0.0163 ± 0.0012');
    expect(axisOf([40]).sayMean(28, 1.31)).toBe('28.0 ± 1.3');
    expect(SHARES.sayMean(0.906, 0.0212)).toBe('90.6 ± 2.1 %');
    expect(plain(0.004123)).toBe('0.00412');
  });
});

describe('timeAxisOf(values)', () => {
  it('writes seconds in the unit that suits them', () => {
    const { say, sayMean, tick, domain } = timeAxisOf([0, 0.0004, 2]);
    expect([say(1.426), say(0.01134), say(0.0002), tick(0.001)]).toEqual(['1.43 s', '11.3 ms', '200 µs', '1 ms']);
    expect(sayMean(0.0108, 0.0002)).toBe('10.8 ± 0.2 ms');
    expect(domain).toEqual([0.0001, 10]);
  });
  it('has an axis for no value above 0', () => {
    expect(timeAxisOf([0]).ticks).toEqual([0.1, 1]);
  });
});
