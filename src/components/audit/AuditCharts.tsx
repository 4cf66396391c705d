// The charts of a file, in the cards of the live charts: misassignment by threshold, and advantages before and after.
import { memo, useCallback, useMemo, useState } from 'react';
import type { AuditSummary } from '../../audit/creditTable.ts';
import { groupRuns } from '../../notebook/runGroups.ts';
import { EMPTY_RUN, type RunState } from '../../notebook/runs.ts';
import { trainConfig } from '../../train/config.ts';
import { createCrosshair } from '../charts/crosshair.ts';
import { FigureCard } from '../charts/FigureCard.tsx';
import { FIGURES } from '../charts/figures/figures.ts';
import { useToggles } from '../charts/useToggles.ts';
import { percent } from '../format.ts';
import '../styles/charts.css';
import { useAudit } from './useAudit.ts';
import { several, whole } from './words.ts';

interface ChartProps {
  readonly summary: AuditSummary;
}

export default function AuditCharts({ summary }: ChartProps) {
  const { failing, corrected, steps } = summary;
  const moved = `Credit transfer corrects ${several(corrected, 'step')} of ${whole(steps)}. Groups whose rollouts all fared alike are left out.`;
  return (
    <div className="chart-grid audit-charts">
      <AuditChart name="threshold" summary={summary} words={rateWords(failing)} />
      <AuditChart name="histogram" summary={summary} words={moved} />
    </div>
  );
}

const AuditChart = memo(function AuditChart({ name, summary, words }: ChartProps & { readonly name: 'threshold' | 'histogram'; readonly words: string }) {
  const theta = useAudit((state) => state.options.theta);
  const [hiddenSeries, onSeries] = useToggles();
  const [crosshair] = useState(createCrosshair);
  const groups = useMemo(() => groupRuns([{ key: 'file', name: 'file', state: stateOf(summary, theta) }]), [summary, theta]);
  const make = useCallback(() => {
    const input = { groups, hiddenGroups: NONE, hiddenSeries, smoothing: 0, tau: theta, update: 1, toolFree: undefined };
    return { ...FIGURES[name](input), summary: words };
  }, [groups, hiddenSeries, name, theta, words]);
  return <FigureCard make={make} title="" crosshair={crosshair} selected={null} onSeries={onSeries} onGroup={onSeries} />;
});

const NONE: ReadonlySet<string> = new Set();

/** The file as the one update of a run. */
function stateOf({ failing: { rates, counts }, histogram }: AuditSummary, theta: number): RunState {
  const metrics = Object.keys(rates.action).map((tau) => [
    [`credit/action_rate@${tau}`, rates.action[tau] ?? 0],
    [`credit/trajectory_rate@${tau}`, rates.trajectory[tau] ?? 0],
  ]);
  return {
    ...EMPTY_RUN,
    config: trainConfig({ credit: { theta } }),
    update: 1,
    metrics: [{ update: 1, 'credit/failing_calls': counts.action, ...Object.fromEntries(metrics.flat()) }],
    histograms: [{ update: 1, ...histogram }],
  };
}

function rateWords({ rates, counts }: AuditSummary['failing']): string {
  if (counts.action === 0) return 'No failing rollout made a call: there is nothing to measure.';
  const taus = Object.keys(rates.action);
  const [low, high] = [taus[0] ?? '', taus[taus.length - 1] ?? ''];
  const fall = (of: Readonly<Record<string, number>>): string =>
    `from ${percent(of[low] ?? 0, 0)} at τ = ${low} to ${percent(of[high] ?? 0, 0)} at τ = ${high}`;
  return `Of ${several(counts.action, 'tool call')} in failing rollouts, ${fall(rates.action)} were also made by a successful one; of ${several(counts.trajectory, 'failing rollout')}, ${fall(rates.trajectory)} hold such a call.`;
}
