// Smoothing for lines that jump: a mean that fades, with its bias corrected.

export interface WeighedPoint {
  readonly update: number;
  readonly value: number;
  /** How much the point counts: for a rate, the number that it is a share of. Default 1. */
  readonly weight?: number;
}

/**
 * Exponential moving average over updates, one value a point:
 *
 *   s(t) = Σᵢ λ^(t − tᵢ) wᵢ xᵢ / Σᵢ λ^(t − tᵢ) wᵢ      over the points up to t
 *
 * The division corrects the bias at the start: s of the first point is its value. With weights it is a share of pooled counts, so
 * that an update with two failing calls cannot pull a rate as far as one with two hundred. λ = 0 leaves the values as they are. An
 * update without a point lets what came before fade and adds nothing.
 */
export function movingAverage(points: readonly WeighedPoint[], smoothing: number): number[] {
  if (!(smoothing >= 0 && smoothing < 1)) throw new RangeError(`movingAverage: expected smoothing from 0 to below 1, got ${smoothing}`);
  let sum = 0;
  let weights = 0;
  return points.map(({ update, value, weight = 1 }, i) => {
    const fade = smoothing ** (update - (points[i - 1]?.update ?? update));
    sum = fade * sum + weight * value;
    weights = fade * weights + weight;
    return smoothing === 0 || weights === 0 ? value : sum / weights;
  });
}
