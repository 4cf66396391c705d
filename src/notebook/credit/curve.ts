// Misassignment against the threshold τ over the shown groups: how both rates fall as two calls must be more alike.
import { misassignmentRates } from '../../tapo/index.ts';
import type { GroupReport } from '../../train/report.ts';

export interface CurvePoint {
  readonly tau: number;
  /** Shares of failing tool calls, and of failing rollouts, that are misassigned at τ. */
  readonly action: number;
  readonly trajectory: number;
}

/** τ in steps of 0.05. */
const TAUS: readonly number[] = Array.from({ length: 21 }, (_, i) => i / 20);

export function misassignmentCurve(groups: readonly GroupReport[]): CurvePoint[] {
  return TAUS.map((tau) => {
    const { action, trajectory } = misassignmentRates(groups, { thresholds: [tau] });
    return { tau, action: Object.values(action)[0] ?? 0, trajectory: Object.values(trajectory)[0] ?? 0 };
  });
}
