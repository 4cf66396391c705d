// Where a small drawing of intervals begins and ends, and where a value lies in it.
import type { MeanInterval } from './meanInterval.ts';

export interface IntervalScale {
  readonly low: number;
  readonly high: number;
  /** Place of a value in [0, 100]; what lies beyond is drawn at the end. */
  at(value: number): number;
}

/** A scale that holds all these means and intervals, kept within `bounds`; `holding` is on it too. Null for no values. */
export function intervalScale(
  values: readonly (MeanInterval | null)[],
  { bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], holding = [] }: { bounds?: readonly [number, number]; holding?: readonly number[] } = {},
): IntervalScale | null {
  const ends = [...values.flatMap((value) => (value ? [value.mean, ...(value.interval ?? [])] : [])), ...holding].filter(Number.isFinite);
  if (ends.length === 0) return null;
  const least = Math.max(bounds[0], Math.min(...ends));
  const most = Math.min(bounds[1], Math.max(...ends));
  const margin = most > least ? 0.06 * (most - least) : Math.abs(most) || 1;
  const [low, high] = [least - margin, most + margin];
  return { low, high, at: (value) => (100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low) };
}
