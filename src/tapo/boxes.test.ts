import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxArea, boxGiou, boxIou, toBox } from './boxes.ts';
import type { Box } from './rollout.ts';

describe('boxes', () => {
  it('boxIou(a, b) is shared area over joint area', () => {
    expect(boxIou([0, 0, 2, 2], [1, 0, 3, 2])).toBeCloseTo(2 / 6, 12);
    expect(boxIou([0, 0, 1, 1], [2, 2, 3, 3])).toBe(0);
  });
  it('a reversed side has length 0, and an empty union gives 0', () => {
    expect(boxArea([3, 0, 1, 5])).toBe(0);
    expect(boxIou([1, 1, 1, 1], [1, 1, 1, 1])).toBe(0);
    expect(boxIou([5, 5, 1, 1], [0, 0, 9, 9])).toBe(0);
  });
  it('boxGiou(a, b) falls below 0 with the gap between them', () => {
    expect(boxGiou([0, 0, 1, 1], [1, 0, 2, 1])).toBe(0);
    expect(boxGiou([0, 0, 1, 1], [2, 0, 3, 1])).toBeCloseTo(-1 / 3, 12);
  });
  it('toBox(value) takes exactly four finite numbers', () => {
    expect(toBox([1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
    for (const value of [[1, 2, 3], [1, 2, 3, '4'], [1, 2, 3, Number.NaN], null, 'box', { 0: 1 }]) expect(toBox(value)).toBeNull();
  });
  it('boxIou is symmetric, in [0, 1], and 1 for a box of some area with itself', () => {
    const box = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(box, box, (a: Box, b: Box) => {
        const s = boxIou(a, b);
        expect(s).toBe(boxIou(b, a));
        expect(s >= 0 && s <= 1).toBe(true);
        expect(boxIou(a, a)).toBe(boxArea(a) > 0 ? 1 : 0);
        expect(boxGiou(a, b)).toBeLessThanOrEqual(s);
      }),
    );
  });
});
