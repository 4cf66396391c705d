// Misassignment by threshold τ, the axes of the paper's Figure 2, from the metrics of a run.
import { type MetricRecord, RECORDED_THRESHOLDS } from '../train/metrics.ts';

export interface ThresholdCurve {
  /** Updates that the rates are of, first and last. */
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

/**
 * The curve of one update, or of the newest ten together while `update` is null or unknown; null without any whose rates say something.
 * Updates are pooled: each counts by what its rate is a share of, failing calls or failing rollouts.
 */
export function misassignmentByThreshold(metrics: readonly MetricRecord[], update: number | null): ThresholdCurve | null {
  const chosen = metrics.filter((record) => record.update === update);
  const taken = (chosen.length > 0 ? chosen : metrics.slice(-NEWEST)).filter(hasRates);
  const [first, last] = [taken[0], taken[taken.length - 1]];
  if (!first || !last) return null;
  const pooled = (name: string, of: string, tau: number): number => {
    const weights = taken.map((record) => record[of] ?? 1);
    const rates = taken.map((record) => record[`credit/${name}@${tau.toFixed(1)}`] ?? 0);
    return total(rates.map((rate, i) => rate * (weights[i] as number))) / total(weights);
  };
  return {
    updates: [first.update, last.update],
    points: RECORDED_THRESHOLDS.map((tau) => ({
      tau,
      action: pooled('action_rate', 'credit/failing_calls', tau),
      trajectory: pooled('trajectory_rate', 'credit/failing_rollouts', tau),
    })),
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
