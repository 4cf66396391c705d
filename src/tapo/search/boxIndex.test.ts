import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxGiou, boxIou } from '../boxes.ts';
import type { Box } from '../rollout.ts';
import { prepareCall } from '../similarity.ts';
import { boxFile, boxIndex } from './boxIndex.ts';
import type { BoxForm } from './callForm.ts';
import { ROUNDING, type Row } from './searchGoal.ts';

const call = prepareCall({ name: 'zoom', kind: 'region', arguments: {} });
const form = (box: Box, i: number): BoxForm => ({ kind: 'box', signature: () => `${i}`, image: '', box });
const whole = fc.integer({ min: 0, max: 40 });
const box: fc.Arbitrary<Box> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(whole, whole, fc.integer({ min: 1, max: 20 }), whole).map(([x, y, w, h]): Box => [x, y, x + w, y + h]) },
  { weight: 1, arbitrary: fc.tuple(whole, whole, whole, whole) }, // often reversed
  { weight: 1, arbitrary: fc.tuple(fc.double({ noNaN: true }), whole, fc.double({ noNaN: true }), whole) },
);

/** Ranks of the rows that a search for everything at least that similar visits; every third box is expected but never added. */
function visited(boxes: readonly Box[], sought: Box, from: number, slack = 0): Set<number> {
  const forms = boxes.map(form);
  const index = boxIndex<Row>(boxFile(forms), slack);
  const ranks = new Set<number>();
  forms.forEach((expected, rank) => {
    if (rank % 3 !== 2) index.add({ call, rank }, expected);
  });
  index.search(form(sought, -1), { above: from, from, rank: Number.POSITIVE_INFINITY }, ({ rank }) => ranks.add(rank));
  expect([...ranks].filter((rank) => rank % 3 === 2)).toEqual([]);
  return ranks;
}

describe('boxIndex', () => {
  const boxes = fc.array(box, { minLength: 30, maxLength: 80 });
  const threshold = fc.constantFrom(Number.MIN_VALUE, 0.1, 0.5, 0.7, 1);
  it('visits every box whose IoU reaches the goal, with large, tiny, empty and reversed boxes among them', () => {
    fc.assert(
      fc.property(boxes, box, threshold, (all, sought, from) => {
        const ranks = visited(all, sought, from);
        expect(all.flatMap((b, i) => (i % 3 !== 2 && boxIou(sought, b) >= from && !ranks.has(i) ? [i] : []))).toEqual([]);
      }),
    );
  });
  it('visits every box whose GIoU reaches the goal, given that much slack for its rounding', () => {
    fc.assert(
      fc.property(boxes, box, threshold, (all, sought, from) => {
        const ranks = visited(all, sought, from, ROUNDING);
        expect(all.flatMap((b, i) => (i % 3 !== 2 && boxGiou(sought, b) >= from && !ranks.has(i) ? [i] : []))).toEqual([]);
      }),
    );
  });
  it('skips nearly all of many boxes', () => {
    const grid = Array.from({ length: 900 }, (_, i): Box => [10 * (i % 30), 10 * Math.floor(i / 30), 10 * (i % 30) + 10, 10 * Math.floor(i / 30) + 10]);
    expect(visited(grid, [100, 100, 110, 110], 0.7).size).toBeLessThan(10);
  });
  it('finds the oldest of equal boxes', () => {
    const forms = Array.from({ length: 40 }, (_, rank) => form([0, 0, 1, 1], rank));
    const index = boxIndex<Row>(boxFile(forms), 0);
    forms.forEach((equal, rank) => {
      index.add({ call, rank }, equal);
    });
    const goal = { above: 0.5, from: 0.5, rank: Number.POSITIVE_INFINITY };
    index.search(form([0, 0, 1, 1], -1), goal, ({ rank }) => {
      if (goal.above < 1 || rank < goal.rank) Object.assign(goal, { above: 1, from: 1, rank });
    });
    expect(goal.rank).toBe(0);
  });
});
