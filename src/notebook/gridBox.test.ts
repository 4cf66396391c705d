import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxBetween, GRID_COORDINATES, movedBox, resizedBox, stepOf } from './gridBox.ts';

describe('stepOf(coordinate)', () => {
  it('finds the nearest of the 13 steps, also from outside', () => {
    expect(GRID_COORDINATES).toEqual([0, 83, 167, 250, 333, 417, 500, 583, 667, 750, 833, 917, 1000]);
    expect(GRID_COORDINATES.map(stepOf)).toEqual(GRID_COORDINATES.map((_, step) => step));
    expect([-50, 120, 130, 2000].map(stepOf)).toEqual([0, 1, 2, 12]);
  });
});

describe('boxBetween(a, b)', () => {
  it('reaches outwards to the grid, in any direction of drawing', () => {
    expect(boxBetween([350, 10], [660, 320])).toEqual([333, 0, 667, 333]);
    expect(boxBetween([660, 320], [350, 10])).toEqual([333, 0, 667, 333]);
  });
  it('forgives a quarter of a step', () => {
    expect(boxBetween([320, 0], [680, 345])).toEqual([333, 0, 667, 333]); // 320 lies 0.16 steps short of 333
    expect(boxBetween([300, 0], [700, 345])).toEqual([250, 0, 750, 333]);
  });
  it('of a click is one cell of the grid, also at the far side', () => {
    expect(boxBetween([100, 100], [100, 100])).toEqual([83, 83, 167, 167]);
    expect(boxBetween([1000, 1000], [1000, 1000])).toEqual([917, 917, 1000, 1000]);
    expect(boxBetween([-20, 5], [-20, 5])).toEqual([0, 0, 83, 83]);
  });
  it('lies on the grid and is never empty', () => {
    const point = fc.tuple(fc.integer({ min: -200, max: 1200 }), fc.integer({ min: -200, max: 1200 }));
    fc.assert(
      fc.property(point, point, (a, b) => {
        const [x1, y1, x2, y2] = boxBetween(a, b);
        expect(GRID_COORDINATES).toEqual(expect.arrayContaining([x1, y1, x2, y2]));
        expect(x2).toBeGreaterThan(x1);
        expect(y2).toBeGreaterThan(y1);
      }),
    );
  });
});

describe('movedBox and resizedBox', () => {
  it('move by steps and stop at the sides', () => {
    expect(movedBox([0, 0, 333, 333], 1, 4)).toEqual([83, 333, 417, 667]);
    expect(movedBox([0, 0, 333, 333], -3, 99)).toEqual([0, 667, 333, 1000]);
  });
  it('resize by steps, down to one step and up to the side', () => {
    expect(resizedBox([333, 0, 667, 333], 1, -1)).toEqual([333, 0, 750, 250]);
    expect(resizedBox([333, 0, 667, 333], -9, 99)).toEqual([333, 0, 417, 1000]);
  });
});
