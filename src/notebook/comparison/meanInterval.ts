// The mean of a few numbers, and how far it may be off.
import { mean, standardDeviation } from '../../train/metrics.ts';
import { studentT } from './studentT.ts';

export interface MeanInterval {
  readonly mean: number;
  /** Ends of the 95 % interval; null for a single number, which tells nothing of the spread. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly n: number;
}

/**
 * Mean and 95 % t interval (Student 1908): x̄ ± t · s / √N with N − 1 degrees of freedom, s over N − 1; it takes the numbers for
 * independent and about normal. Null for no numbers.
 */
export function meanInterval(values: readonly number[]): MeanInterval | null {
  const n = values.length;
  if (n === 0) return null;
  const centre = mean(values);
  if (n === 1) return { mean: centre, interval: null, n };
  const half = (studentT(0.95, n - 1) * standardDeviation(values)) / Math.sqrt(n);
  return { mean: centre, interval: [centre - half, centre + half], n };
}
