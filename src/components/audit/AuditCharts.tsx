// The charts of a file: misassignment by threshold, and advantages before and after. They are drawn one after the other.
import { memo } from 'react';
import type { AuditSummary } from '../../audit/creditTable.ts';
import { HistogramCard } from '../charts/HistogramCard.tsx';
import { ThresholdCard } from '../charts/ThresholdCard.tsx';
import { percent } from '../format.ts';
import { useAudit } from './useAudit.ts';
import { useLater } from './useLater.ts';
import { several, whole } from './words.ts';

interface ChartProps {
  readonly summary: AuditSummary;
}

export default function AuditCharts({ summary }: ChartProps) {
  const first = useLater(summary);
  const second = useLater(first);
  return (
    <div className="charts audit-charts">
      {first && <Thresholds summary={first} />}
      {second && <Histogram summary={second} />}
    </div>
  );
}

const Thresholds = memo(function Thresholds({ summary }: ChartProps) {
  const theta = useAudit((state) => state.options.theta);
  const { rates, counts } = summary.failing;
  const taus = Object.keys(rates.action);
  if (counts.action === 0) return <ThresholdCard curve={null} theta={theta} caption="No failing rollout made a call: there is nothing to measure." />;
  const points = taus.map((tau) => ({ tau: Number(tau), action: rates.action[tau] ?? 0, trajectory: rates.trajectory[tau] ?? 0 }));
  return <ThresholdCard curve={{ updates: [1, 1], points }} theta={theta} caption={rateWords(summary, taus)} />;
});

const Histogram = memo(function Histogram({ summary: { histogram, corrected, steps } }: ChartProps) {
  const caption = `Credit transfer corrects ${several(corrected, 'step')} of ${whole(steps)}. Groups whose rollouts all fared alike are left out.`;
  return <HistogramCard histogram={{ update: 1, ...histogram }} used={true} caption={caption} />;
});

function rateWords({ failing: { rates, counts } }: AuditSummary, taus: readonly string[]): string {
  const [low, high] = [taus[0] ?? '', taus[taus.length - 1] ?? ''];
  const fall = (of: Readonly<Record<string, number>>): string =>
    `from ${percent(of[low] ?? 0, 0)} at τ = ${low} to ${percent(of[high] ?? 0, 0)} at τ = ${high}`;
  return `Of ${several(counts.action, 'tool call')} in failing rollouts, ${fall(rates.action)} were also made by a successful one; of ${several(counts.trajectory, 'failing rollout')}, ${fall(rates.trajectory)} hold such a call.`;
}
