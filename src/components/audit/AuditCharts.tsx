// The charts of a file: misassignment by threshold, and advantages before and after.
import { memo } from 'react';
import type { AuditSummary } from '../../audit/creditTable.ts';
import { HistogramCard } from '../charts/HistogramCard.tsx';
import { ThresholdCard } from '../charts/ThresholdCard.tsx';
import { percent } from '../format.ts';
import { useAudit } from './useAudit.ts';
import { several, whole } from './words.ts';

/** Drawn anew only when the file is credited anew. */
export default memo(function AuditCharts({ summary }: { readonly summary: AuditSummary }) {
  const theta = useAudit((state) => state.options.theta);
  const { failing, histogram, corrected } = summary;
  const taus = Object.keys(failing.rates.action);
  const points = taus.map((tau) => ({ tau: Number(tau), action: failing.rates.action[tau] ?? 0, trajectory: failing.rates.trajectory[tau] ?? 0 }));
  const drawn = failing.counts.action > 0;
  return (
    <div className="charts">
      <ThresholdCard
        curve={drawn ? { updates: [1, 1], points } : null}
        theta={theta}
        caption={drawn ? rateWords(summary, taus) : 'No failing rollout made a call: there is nothing to measure.'}
      />
      <HistogramCard
        histogram={{ update: 1, ...histogram }}
        used={true}
        caption={`Credit transfer raises ${several(corrected, 'step')} of ${whole(summary.steps)}. Groups whose rollouts all fared alike are left out.`}
      />
    </div>
  );
});

function rateWords({ failing: { rates, counts } }: AuditSummary, taus: readonly string[]): string {
  const [low, high] = [taus[0] ?? '', taus[taus.length - 1] ?? ''];
  const fall = (of: Readonly<Record<string, number>>): string =>
    `from ${percent(of[low] ?? 0, 0)} at τ = ${low} to ${percent(of[high] ?? 0, 0)} at τ = ${high}`;
  return `Of ${several(counts.action, 'tool call')} in failing rollouts, ${fall(rates.action)} were also made by a successful one; of ${several(counts.trajectory, 'failing rollout')}, ${fall(rates.trajectory)} hold such a call.`;
}
