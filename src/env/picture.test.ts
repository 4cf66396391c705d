import { describe, expect, it } from 'vitest';
import { filled, paint, resample } from './picture.ts';
import type { Picture } from './types.ts';

/** One channel's values, row by row. */
const grey = (width: number, values: readonly number[]): Picture => ({
  width,
  height: values.length / width,
  pixels: Uint8Array.from(values.flatMap((v) => [v, v, v])),
});
const values = ({ pixels }: Picture): number[] => Array.from(pixels).filter((_, i) => i % 3 === 0);

describe('resample(source, rectangle, width, height)', () => {
  it('copies whole pixels', () => {
    expect(values(resample(grey(2, [1, 2, 3, 4]), [0, 0, 2, 2], 2, 2))).toEqual([1, 2, 3, 4]);
    expect(values(resample(grey(3, [1, 2, 3, 4, 5, 6]), [1, 0, 3, 2], 2, 2))).toEqual([2, 3, 5, 6]);
  });
  it('averages by area when it shrinks, fractions of pixels included', () => {
    expect(values(resample(grey(4, [0, 40, 80, 120]), [0, 0, 4, 1], 2, 1))).toEqual([20, 100]);
    expect(values(resample(grey(3, [0, 90, 180]), [0, 0, 3, 1], 2, 1))).toEqual([30, 150]);
    expect(values(resample(grey(2, [0, 100]), [0.5, 0, 1.5, 1], 1, 1))).toEqual([50]);
  });
  it('repeats pixels when it enlarges', () => {
    expect(values(resample(grey(2, [10, 20]), [0, 0, 2, 1], 4, 2))).toEqual([10, 10, 20, 20, 10, 10, 20, 20]);
  });
  it('keeps a picture of one colour as it is, whatever the rectangle', () => {
    const red = filled(7, 5, [200, 3, 9]);
    expect(new Set(values(resample(red, [0.3, 0.7, 6.9, 4.1], 3, 4)))).toEqual(new Set([200]));
  });
  it('refuses empty rectangles and such that reach outside', () => {
    expect(() => resample(grey(2, [1, 2]), [1, 0, 1, 1], 1, 1)).toThrow('expected a rectangle inside 2 × 1');
    expect(() => resample(grey(2, [1, 2]), [0, 0, 3, 1], 1, 1)).toThrow('[0, 0, 3, 1]');
  });
});

describe('paint(target, source, x, y)', () => {
  it('cuts what lies outside', () => {
    const target = filled(3, 2, [0, 0, 0]);
    paint(target, grey(2, [1, 2, 3, 4]), 2, -1);
    expect(values(target)).toEqual([0, 0, 3, 0, 0, 0]);
    paint(target, grey(2, [1, 2, 3, 4]), -1, 1);
    expect(values(target)).toEqual([0, 0, 3, 2, 0, 0]);
    paint(target, grey(1, [9]), 5, 5);
    expect(values(target)).toEqual([0, 0, 3, 2, 0, 0]);
  });
});
