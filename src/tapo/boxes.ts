// Boxes [x1, y1, x2, y2]: areas, overlap. A reversed side has length 0.
import type { Box } from './rollout.ts';

/** Intersection over union, generalised IoU, or IoU times the text similarity of the labels. */
export type BoxSimilarity = 'iou' | 'giou' | 'iouLabel';

/** The value as a box if it is a list of exactly four finite numbers, else null. */
export function toBox(value: unknown): Box | null {
  return Array.isArray(value) && value.length === 4 && value.every((x) => typeof x === 'number' && Number.isFinite(x)) ? (value as unknown as Box) : null;
}

/** Area in square units of the coordinates, never negative. */
export function boxArea([x1, y1, x2, y2]: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
}

/** Intersection over union, in [0, 1]; 0 where the union is empty. */
export function boxIou(a: Box, b: Box): number {
  const shared = intersection(a, b);
  const union = boxArea(a) + boxArea(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** Generalised IoU (Rezatofighi et al. 2019, arXiv:1902.09630), in [−1, 1]: IoU minus the empty share of the smallest box around both. */
export function boxGiou(a: Box, b: Box): number {
  const union = boxArea(a) + boxArea(b) - intersection(a, b);
  const hull = boxArea([Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);
  return hull > 0 ? boxIou(a, b) - (hull - union) / hull : 0;
}

function intersection(a: Box, b: Box): number {
  return boxArea([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
}
