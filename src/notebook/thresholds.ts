// Misassignment by threshold τ, the axes of the paper's Figure 2, from the metrics of a run.
import { type MetricRecord, mean, RECORDED_THRESHOLDS } from '../train/metrics.ts';

export interface ThresholdCurve {
  /** Updates that the rates are means over, first and last. */
  readonly updates: readonly [number, number];
  readonly points: readonly ThresholdPoint[];
}

export interface ThresholdPoint {
  readonly tau: number;
  /** Share of failing tool steps, and of failing rollouts, that are misassigned at τ. */
  readonly action: number;
  readonly trajectory: number;
}

/** Updates that are averaged while none is chosen. */
const NEWEST = 10;

/** Whether an update had a failing rollout with a call: without one its rates are 0 by definition, and say nothing. */
export function hasRates(record: MetricRecord): boolean {
  return record['credit/failing_calls'] !== 0;
}

/** The curve of one update, or the mean of the newest ten while `update` is null or unknown; null without any whose rates say something. */
export function misassignmentByThreshold(metrics: readonly MetricRecord[], update: number | null): ThresholdCurve | null {
  const chosen = metrics.filter((record) => record.update === update);
  const taken = (chosen.length > 0 ? chosen : metrics.slice(-NEWEST)).filter(hasRates);
  const [first, last] = [taken[0], taken[taken.length - 1]];
  if (!first || !last) return null;
  const rate = (name: string, tau: number): number => mean(taken.map((record) => record[`credit/${name}@${tau.toFixed(1)}`] ?? 0));
  return {
    updates: [first.update, last.update],
    points: RECORDED_THRESHOLDS.map((tau) => ({ tau, action: rate('action_rate', tau), trajectory: rate('trajectory_rate', tau) })),
  };
}
