// What credit transfer comes to over the shown groups of an update: counts, misassignment rates, and the histogram of advantages.
import { misassignmentCounts, misassignmentRates } from '../../tapo/index.ts';
import { histogram } from '../../train/metrics.ts';
import type { GroupReport } from '../../train/report.ts';
import { countCredit } from '../whatIf.ts';

export interface Outlook {
  /** Executed calls of failing rollouts, and how many of them were corrected. */
  readonly candidates: number;
  readonly corrected: number;
  /** Mean of Ã − A over the corrected. */
  readonly meanShift: number;
  /** Misassigned at τ: calls of failing rollouts, and failing rollouts, as counts. */
  readonly calls: { readonly misassigned: number; readonly of: number };
  readonly rollouts: { readonly misassigned: number; readonly of: number };
  /** Steps by advantage, in the bins of train/metrics.ts; groups whose rollouts all fared alike are left out. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** `tau`: at which similarity a failing call counts as misassigned. */
export function outlookOf(groups: readonly GroupReport[], tau: number): Outlook {
  const counts = groups.map(countCredit);
  const corrected = counts.reduce((sum, count) => sum + count.corrected, 0);
  const shift = counts.reduce((sum, count) => sum + count.corrected * count.meanShift, 0);
  const of = misassignmentCounts(groups);
  const rates = misassignmentRates(groups, { thresholds: [tau] });
  const [[action = 0], [trajectory = 0]] = [Object.values(rates.action), Object.values(rates.trajectory)];
  const steps = groups
    .filter(({ rollouts }) => rollouts.some(({ advantage }) => advantage !== 0))
    .flatMap(({ rollouts }) => rollouts.flatMap((rollout) => rollout.steps));
  return {
    candidates: counts.reduce((sum, count) => sum + count.candidates, 0),
    corrected,
    meanShift: corrected === 0 ? 0 : shift / corrected,
    calls: { misassigned: Math.round(action * of.action), of: of.action },
    rollouts: { misassigned: Math.round(trajectory * of.trajectory), of: of.trajectory },
    before: histogram(steps.map((step) => step.advantage)),
    after: histogram(steps.map((step) => step.corrected)),
  };
}
