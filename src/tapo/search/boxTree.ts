// A k-d tree of boxes, and the bound on the IoU with everything below a node. It holds no rows: boxIndex says which of its leaves count.
import type { Box } from '../rollout.ts';
import { ROUNDING } from './searchGoal.ts';

/** 2n − 1 nodes for n boxes, parents before children, a first child right after its parent. */
export interface BoxTree {
  /** [2n − 1, NODE] of a node: the least x1, y1, x2, y2, width, height below it, the greatest of each, and what stands at SECOND and PARENT. */
  readonly nodes: Float64Array;
  /** [n] the leaf of each box. */
  readonly leaves: Int32Array;
}

/** Numbers of a box that bound its overlaps. */
const BOUNDS = 6;
/** The second child; of a leaf −1 − index of its box. */
export const SECOND = 12;
/** −1 for the root. */
export const PARENT = 13;
export const NODE = 14;

/** Those numbers and the middle, x and y. Size and middle divide boxes better than their corners do. */
const MEASURES = 8;
const SPLIT_BY = [4, 5, 6, 7];

/** A tree of at least one box. */
export function boxTree(boxes: readonly Box[]): BoxTree {
  const measures = new Float64Array(boxes.length * MEASURES);
  boxes.forEach(([x1, y1, x2, y2], i) => {
    measures.set([x1, y1, x2, y2, x2 - x1, y2 - y1, (x1 + x2) / 2, (y1 + y2) / 2], i * MEASURES);
  });
  const order = boxes.map((_, i) => i); // of the leaves
  const at = (i: number, measure: number): number => measures[(order[i] as number) * MEASURES + measure] as number;
  const nodes = new Float64Array((2 * boxes.length - 1) * NODE);
  const leaves = new Int32Array(boxes.length);
  let count = 0;

  const grow = (from: number, to: number, parent: number): void => {
    const node = count++;
    const start = node * NODE;
    nodes[start + PARENT] = parent;
    if (to - from === 1) {
      const box = order[from] as number;
      leaves[box] = node;
      nodes[start + SECOND] = -1 - box;
      for (let b = 0; b < BOUNDS; b++) nodes[start + b] = nodes[start + BOUNDS + b] = at(from, b);
      return;
    }
    const middle = split(from, to);
    grow(from, middle, node);
    const second = count;
    grow(middle, to, node);
    nodes[start + SECOND] = second;
    for (let b = 0; b < BOUNDS; b++) nodes[start + b] = Math.min(nodes[start + NODE + b] as number, nodes[second * NODE + b] as number);
    for (let b = BOUNDS; b < 2 * BOUNDS; b++) nodes[start + b] = Math.max(nodes[start + NODE + b] as number, nodes[second * NODE + b] as number);
  };

  /** Orders some boxes into two halves, at the middle of the widest range; gives where the second starts. */
  const split = (from: number, to: number): number => {
    let widest = 0;
    let spread = 0;
    let limit = 0;
    for (const measure of SPLIT_BY) {
      let least = at(from, measure);
      let most = least;
      for (let i = from + 1; i < to; i++) {
        least = Math.min(least, at(i, measure));
        most = Math.max(most, at(i, measure));
      }
      if (most - least <= spread) continue;
      widest = measure;
      spread = most - least;
      limit = least + spread / 2;
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

  grow(0, boxes.length, -1);
  return { nodes, leaves };
}

/**
 * No box below a node has a greater IoU with `box`: with the greatest shared width and height, and another box no larger than it must be,
 * since IoU grows with both. 0 where nothing overlaps.
 */
export function greatestIou(box: Float64Array, nodes: Float64Array, node: number): number {
  const low = node * NODE;
  const high = low + BOUNDS;
  const x1 = box[0] as number;
  const y1 = box[1] as number;
  const x2 = box[2] as number;
  const y2 = box[3] as number;
  const width = Math.min(x2, nodes[high + 2] as number) - Math.max(x1, nodes[low] as number);
  const height = Math.min(y2, nodes[high + 3] as number) - Math.max(y1, nodes[low + 1] as number);
  const sharedWidth = Math.min(width, x2 - x1, nodes[high + 4] as number);
  const sharedHeight = Math.min(height, y2 - y1, nodes[high + 5] as number);
  if (!(sharedWidth > 0 && sharedHeight > 0)) return 0;
  const shared = sharedWidth * sharedHeight;
  const other = Math.max(sharedWidth, nodes[low + 4] as number) * Math.max(sharedHeight, nodes[low + 5] as number); // area
  return Math.min(1, (shared / ((x2 - x1) * (y2 - y1) + other - shared)) * (1 + ROUNDING));
}
