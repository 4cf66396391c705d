import { describe, expect, it } from 'vitest';
import { axisOf, timeAxisOf } from './figures/axes.ts';
import { geometryOf, ticksOf } from './geometry.ts';

const x = { name: 'update', domain: [0, 100], ticks: null, labels: null, say: String, tick: String, written: String } as const;
const size = { width: 364, height: 244, large: false };

describe('geometryOf(figure, size)', () => {
  it('places values between margins and axes', () => {
    const at = geometryOf({ x, y: axisOf([1]) }, size); // plot: 300 × 200 px from (52, 8)
    expect([at.x(0), at.x(50), at.x(100)]).toEqual([52, 202, 352]);
    expect([at.y(0), at.y(0.5), at.y(1)]).toEqual([208, 108, 8]);
    expect(at.at(202)).toBe(50);
  });
  it('places by powers of ten on a logarithmic axis', () => {
    const at = geometryOf({ x, y: timeAxisOf([0.01, 1]) }, size);
    expect([at.y(0.01), at.y(0.1), at.y(1)].map(Math.round)).toEqual([208, 108, 8]);
  });
});

describe('ticksOf(axis, geometry)', () => {
  it('takes as many round numbers or names as there is room for', () => {
    const geometry = geometryOf({ x, y: axisOf([1]) }, size);
    expect(ticksOf(x, geometry)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(ticksOf(x, { ...geometry, width: 150 })).toEqual([0, 50, 100]);
    expect(ticksOf({ ...x, ticks: [1, 2, 3] }, geometry)).toEqual([1, 2, 3]);
    const labels = Array.from({ length: 12 }, (_, i) => `name ${i}`);
    expect(ticksOf({ ...x, labels }, geometry)).toEqual([0, 3, 6, 9]);
  });
});
