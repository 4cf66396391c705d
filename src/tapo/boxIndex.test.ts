import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxGiou, boxIou } from './boxes.ts';
import { boxIndex } from './boxIndex.ts';
import type { BoxForm } from './callForm.ts';
import type { Box } from './rollout.ts';
import { ROUNDING, type Row } from './searchGoal.ts';
import { prepareCall } from './similarity.ts';

const call = prepareCall({ name: 'zoom', kind: 'region', arguments: {} });
const form = (box: Box, i: number): BoxForm => ({ kind: 'box', signature: `${i}`, image: '', box });
const whole = fc.integer({ min: 0, max: 40 });
const box: fc.Arbitrary<Box> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(whole, whole, fc.integer({ min: 1, max: 20 }), whole).map(([x, y, w, h]): Box => [x, y, x + w, y + h]) },
  { weight: 1, arbitrary: fc.tuple(whole, whole, whole, whole) }, // often reversed
  { weight: 1, arbitrary: fc.tuple(fc.double({ noNaN: true }), whole, fc.double({ noNaN: true }), whole) },
);

/** Rows that a search for everything at least that similar visits, though some need not be visited; boxes are added in two lots. */
function visited(boxes: readonly Box[], sought: Box, from: number, slack = 0): Set<number> {
  const index = boxIndex<Row>(slack);
  const ranks = new Set<number>();
  boxes.forEach((b, rank) => {
    index.add({ call, rank }, form(b, rank));
    if (rank === boxes.length >> 1) index.search(form(sought, -1), { above: 2, from: 2, rank: 0 }, () => undefined);
  });
  index.search(form(sought, -1), { above: from, from, rank: Number.POSITIVE_INFINITY }, ({ rank }) => ranks.add(rank));
  return ranks;
}

describe('boxIndex', () => {
  const boxes = fc.array(box, { minLength: 30, maxLength: 80 });
  const threshold = fc.constantFrom(Number.MIN_VALUE, 0.1, 0.5, 0.7, 1);
  it('visits every box whose IoU reaches the goal, with large, tiny, empty and reversed boxes among them', () => {
    fc.assert(
      fc.property(boxes, box, threshold, (all, sought, from) => {
        const ranks = visited(all, sought, from);
        expect(all.flatMap((b, i) => (boxIou(sought, b) >= from && !ranks.has(i) ? [i] : []))).toEqual([]);
      }),
    );
  });
  it('visits every box whose GIoU reaches the goal, given that much slack for its rounding', () => {
    fc.assert(
      fc.property(boxes, box, threshold, (all, sought, from) => {
        const ranks = visited(all, sought, from, ROUNDING);
        expect(all.flatMap((b, i) => (boxGiou(sought, b) >= from && !ranks.has(i) ? [i] : []))).toEqual([]);
      }),
    );
  });
  it('skips nearly all of many boxes', () => {
    const grid = Array.from({ length: 900 }, (_, i): Box => [10 * (i % 30), 10 * Math.floor(i / 30), 10 * (i % 30) + 10, 10 * Math.floor(i / 30) + 10]);
    expect(visited(grid, [100, 100, 110, 110], 0.7).size).toBeLessThan(10);
  });
  it('finds the oldest of equal boxes', () => {
    const index = boxIndex<Row>(0);
    for (let rank = 0; rank < 40; rank++) index.add({ call, rank }, form([0, 0, 1, 1], rank));
    const goal = { above: 0.5, from: 0.5, rank: Number.POSITIVE_INFINITY };
    index.search(form([0, 0, 1, 1], -1), goal, ({ rank }) => {
      if (goal.above < 1 || rank < goal.rank) Object.assign(goal, { above: 1, from: 1, rank });
    });
    expect(goal.rank).toBe(0);
  });
});
