// A k-d tree of boxes by their size and where their middle lies, and the bound on the IoU with everything below a node.
import type { Box } from './rollout.ts';
import { ROUNDING, type Row } from './searchGoal.ts';

export interface BoxEntry<R> {
  readonly row: R;
  readonly box: Box;
}

/** 2n − 1 nodes for n entries, one leaf each; a parent's first child comes right after it. */
export interface BoxTree<R> {
  /** In the order of the leaves. */
  readonly entries: readonly BoxEntry<R>[];
  /** [2n − 1, 6] least x1, y1, x2, y2, width, height below a node. */
  readonly low: Float64Array;
  /** [2n − 1, 6] the greatest of each. */
  readonly high: Float64Array;
  /** [2n − 1] least rank below a node. */
  readonly rank: Float64Array;
  /** [2n − 1] a parent's second child; of a leaf −1 − index of its entry. */
  readonly link: Int32Array;
}

/** Numbers of a box that bound its overlaps: x1, y1, x2, y2, width, height. */
const BOUNDS = 6;
/** Those and its middle, x and y. */
const MEASURES = 8;
/** Size and middle divide boxes better than their corners do. */
const SPLIT_BY = [4, 5, 6, 7];

/** A tree of at least one entry. */
export function boxTree<R extends Row>(boxes: readonly BoxEntry<R>[]): BoxTree<R> {
  const measures = new Float64Array(boxes.length * MEASURES);
  boxes.forEach(({ box: [x1, y1, x2, y2] }, i) => {
    measures.set([x1, y1, x2, y2, x2 - x1, y2 - y1, (x1 + x2) / 2, (y1 + y2) / 2], i * MEASURES);
  });
  const order = Int32Array.from(boxes, (_, i) => i); // of the leaves
  const at = (i: number, measure: number): number => measures[(order[i] as number) * MEASURES + measure] as number;
  const size = 2 * boxes.length - 1;
  const tree = {
    low: new Float64Array(size * BOUNDS),
    high: new Float64Array(size * BOUNDS),
    rank: new Float64Array(size),
    link: new Int32Array(size),
  };
  const { low, high, rank, link } = tree;
  let count = 0;

  const grow = (from: number, to: number): void => {
    const node = count++;
    if (to - from === 1) {
      const i = order[from] as number;
      const bounds = measures.subarray(i * MEASURES, i * MEASURES + BOUNDS);
      low.set(bounds, node * BOUNDS);
      high.set(bounds, node * BOUNDS);
      rank[node] = (boxes[i] as BoxEntry<R>).row.rank;
      link[node] = -1 - from;
      return;
    }
    const middle = split(from, to);
    grow(from, middle);
    const second = count;
    grow(middle, to);
    const first = node + 1;
    for (let b = 0; b < BOUNDS; b++) {
      low[node * BOUNDS + b] = Math.min(low[first * BOUNDS + b] as number, low[second * BOUNDS + b] as number);
      high[node * BOUNDS + b] = Math.max(high[first * BOUNDS + b] as number, high[second * BOUNDS + b] as number);
    }
    rank[node] = Math.min(rank[first] as number, rank[second] as number);
    link[node] = second;
  };

  /** Orders some boxes into two halves, at the middle of the widest range; gives where the second starts. */
  const split = (from: number, to: number): number => {
    let [widest, spread, limit] = [0, 0, 0];
    for (const measure of SPLIT_BY) {
      let least = at(from, measure);
      let most = least;
      for (let i = from + 1; i < to; i++) {
        least = Math.min(least, at(i, measure));
        most = Math.max(most, at(i, measure));
      }
      if (most - least > spread) [widest, spread, limit] = [measure, most - least, least + (most - least) / 2];
    }
    let middle = from;
    for (let i = from; i < to; i++) {
      if (at(i, widest) > limit) continue;
      const box = order[i] as number;
      order[i] = order[middle] as number;
      order[middle++] = box;
    }
    return middle === from || middle === to ? (from + to) >> 1 : middle; // equal boxes
  };

  grow(0, boxes.length);
  return { ...tree, entries: Array.from(order, (i) => boxes[i] as BoxEntry<R>) };
}

/**
 * No box below a node has a greater IoU with `box`: with the greatest shared width and height, and another box no larger than it must be,
 * since IoU grows with both. 0 where nothing overlaps.
 */
export function greatestIou(box: Float64Array, { low, high }: BoxTree<unknown>, node: number): number {
  const at = node * BOUNDS;
  const [x1, y1, x2, y2] = [box[0] as number, box[1] as number, box[2] as number, box[3] as number];
  const width = Math.min(x2, high[at + 2] as number) - Math.max(x1, low[at] as number);
  const height = Math.min(y2, high[at + 3] as number) - Math.max(y1, low[at + 1] as number);
  const sharedWidth = Math.min(width, x2 - x1, high[at + 4] as number);
  const sharedHeight = Math.min(height, y2 - y1, high[at + 5] as number);
  if (!(sharedWidth > 0 && sharedHeight > 0)) return 0;
  const shared = sharedWidth * sharedHeight;
  const other = Math.max(sharedWidth, low[at + 4] as number) * Math.max(sharedHeight, low[at + 5] as number); // area
  return Math.min(1, (shared / ((x2 - x1) * (y2 - y1) + other - shared)) * (1 + ROUNDING));
}
