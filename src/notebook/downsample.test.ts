import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downsample, downsampleRows } from './downsample.ts';

interface P {
  readonly x: number;
  readonly y: number | undefined;
}
const points = (values: readonly (number | undefined)[]): P[] => values.map((y, x) => ({ x, y }));
const y = (p: P): number | undefined => p.y;

describe('downsample(points, read, limit)', () => {
  it('leaves short lines alone and drops points without a value', () => {
    expect(downsample(points([1, undefined, 3]), y, 10).map((p) => p.x)).toEqual([0, 2]);
    expect(downsample([], y)).toEqual([]);
  });
  it('keeps the least, the greatest and the last of each bucket, in order', () => {
    const spike = points(Array.from({ length: 1000 }, (_, i) => (i === 501 ? 99 : i === 777 ? -99 : 0)));
    const kept = downsample(spike, y, 30);
    expect(kept.length).toBeLessThanOrEqual(30);
    expect(kept.map((p) => p.x)).toEqual(expect.arrayContaining([501, 777, 999]));
  });
  it('never gives more than the limit, keeps order, extremes and the end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 400 }), fc.integer({ min: 3, max: 60 }), (values, limit) => {
        const kept = downsample(points(values), y, limit);
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 3));
        expect(kept.map((p) => p.x)).toEqual([...kept.map((p) => p.x)].sort((a, b) => a - b));
        expect(Math.max(...kept.map((p) => p.y as number))).toBe(Math.max(...values));
        expect(Math.min(...kept.map((p) => p.y as number))).toBe(Math.min(...values));
        expect(kept.at(-1)?.x).toBe(values.length - 1);
      }),
    );
  });
});

describe('downsampleRows(rows, reads, limit)', () => {
  const rows = Array.from({ length: 1000 }, (_, x) => ({ x, a: x === 300 ? 9 : 0, b: x % 25 === 0 ? -x : undefined }));
  it('keeps the extremes of every line, and the end', () => {
    const kept = downsampleRows(rows, [(row) => row.a, (row) => row.b], 50);
    expect(kept.length).toBeLessThanOrEqual(50);
    expect(kept.map(({ x }) => x)).toEqual(expect.arrayContaining([0, 300, 975, 999]));
  });
  it('drops rows without any value', () => {
    expect(downsampleRows(rows, [(row) => row.b]).map(({ x }) => x)).toEqual(Array.from({ length: 40 }, (_, i) => 25 * i));
    expect(downsampleRows(rows, [])).toEqual([]);
  });
});
