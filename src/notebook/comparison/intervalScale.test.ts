import { describe, expect, it } from 'vitest';
import { intervalScale } from './intervalScale.ts';

describe('intervalScale(values, options)', () => {
  it('holds means and intervals with a margin of 6 %', () => {
    const scale = intervalScale([{ mean: 3, interval: [2, 4], n: 3 }, { mean: 12, interval: null, n: 1 }, null]);
    expect(scale?.low).toBeCloseTo(1.4, 12);
    expect(scale?.high).toBeCloseTo(12.6, 12);
    expect(scale?.at(7)).toBeCloseTo(50, 12);
  });
  it('keeps within bounds, holds what it is told to, and draws what lies beyond at the end', () => {
    const wide = intervalScale([{ mean: 0.5, interval: [-1, 2], n: 2 }], { bounds: [0, 1] });
    expect(wide?.low).toBeCloseTo(-0.06, 12);
    expect(wide?.at(-1)).toBe(0);
    expect(wide?.at(2)).toBe(100);
    expect(intervalScale([{ mean: 1, interval: null, n: 1 }], { holding: [0] })?.low).toBeCloseTo(-0.06, 12);
  });
  it('puts a single value in the middle, and gives null for none', () => {
    expect(intervalScale([{ mean: 5, interval: [5, 5], n: 2 }])?.at(5)).toBe(50);
    expect(intervalScale([{ mean: 0, interval: null, n: 1 }])?.at(0)).toBe(50);
    expect(intervalScale([null])).toBeNull();
  });
});
