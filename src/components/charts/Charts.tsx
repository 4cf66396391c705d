// The live charts of a run.
import { memo, useDeferredValue } from 'react';
import type { RunState } from '../../notebook/runs.ts';
import { hasRates, misassignmentByThreshold } from '../../notebook/thresholds.ts';
import type { MetricRecord } from '../../train/metrics.ts';
import { percent } from '../format.ts';
import { useNotebook } from '../useNotebook.ts';
import { HistogramCard } from './HistogramCard.tsx';
import { LineCard, type LineSpec, type Point } from './LineCard.tsx';
import { ThresholdCard } from './ThresholdCard.tsx';

export default function Charts() {
  const run = useDeferredValue(useNotebook((state) => state.run));
  const selected = useNotebook((state) => state.selection.update);
  const toolFree = useNotebook((state) => state.toolFree[state.run.config?.preset ?? 'grid']);
  const { metrics, evaluations, histograms } = run;
  return <ChartGrid config={run.config} metrics={metrics} evaluations={evaluations} histograms={histograms} selected={selected} toolFree={toolFree} />;
}

type ChartGridProps = Pick<RunState, 'config' | 'metrics' | 'evaluations' | 'histograms'> & {
  readonly selected: number | null;
  readonly toolFree: number | undefined;
};

/** Drawn anew only when a number changes, not with every report of progress. */
const ChartGrid = memo(function ChartGrid({ config, metrics, evaluations, histograms, selected, toolFree }: ChartGridProps) {
  const updates = config?.updates ?? 1;
  const newest = metrics[metrics.length - 1];
  const histogram = (selected === null ? undefined : histograms.find(({ update }) => update === selected)) ?? histograms[histograms.length - 1] ?? null;
  return (
    <section className="charts" aria-label="Charts">
      <LineCard
        title="Accuracy"
        points={accuracyPoints(metrics, evaluations)}
        lines={ACCURACY}
        updates={updates}
        format={wholePercent}
        domain={[0, 1]}
        summary={accuracySummary(metrics, evaluations, toolFree)}
        mark={toolFree === undefined ? undefined : { value: toolFree, label: 'best without tools' }}
      />
      <LineCard
        title="Misassignment at τ = 0.7"
        points={metrics.filter(hasRates).map(point)}
        lines={MISASSIGNMENT}
        updates={updates}
        format={wholePercent}
        domain={[0, 1]}
        summary={newest ? misassignmentSummary(metrics.findLast(hasRates) ?? null) : 'No update yet.'}
      />
      <ThresholdCard curve={misassignmentByThreshold(metrics, selected)} theta={config?.credit.theta} />
      <HistogramCard histogram={histogram} used={config?.credit.rule === 'tapo'} />
      <LineCard
        title="Entropy of the policy"
        points={metrics.map(point)}
        lines={ENTROPY}
        updates={updates}
        format={plain}
        from={0}
        summary={newest ? `${(newest['policy/entropy'] ?? 0).toFixed(3)} nats a token.` : 'No update yet.'}
      />
      <LineCard
        title="Tool calls a rollout"
        points={metrics.map(point)}
        lines={CALLS}
        updates={updates}
        format={plain}
        from={0}
        summary={newest ? `${(newest['tool/calls'] ?? 0).toFixed(2)} calls a rollout in all.` : 'No update yet.'}
      />
      <LineCard
        title="Where an update's time goes"
        points={metrics.map(point)}
        lines={TIMES}
        updates={updates}
        format={(x) => `${plain(x)} s`}
        from={0}
        summary={
          newest
            ? `Credit transfer and its rates take ${percent(newest['credit/time_share'] ?? 0, 2)} of the update; ${Math.round(newest.tokens_per_second ?? 0)} tokens a second are sampled.`
            : 'No update yet.'
        }
      />
    </section>
  );
});

const ACCURACY: readonly LineSpec[] = [
  { key: 'train', label: 'training rollouts', colour: 'var(--series-1)' },
  { key: 'sampled', label: 'validation, sampled', colour: 'var(--series-2)', dots: true },
  { key: 'greedy', label: 'validation, greedy', colour: 'var(--series-3)', dashed: true, dots: true },
];
const MISASSIGNMENT: readonly LineSpec[] = [
  { key: 'credit/action_rate@0.7', label: 'tool calls', colour: 'var(--series-1)' },
  { key: 'credit/trajectory_rate@0.7', label: 'rollouts', colour: 'var(--series-2)', dashed: true },
];
const ENTROPY: readonly LineSpec[] = [{ key: 'policy/entropy', label: 'nats a token', colour: 'var(--series-4)' }];
const CALLS: readonly LineSpec[] = [
  { key: 'tool/calls/image_zoom_in_tool', label: 'zoom', colour: 'var(--series-1)' },
  { key: 'tool/calls/image_search_tool', label: 'image search', colour: 'var(--series-2)' },
  { key: 'tool/calls/text_search_tool', label: 'text search', colour: 'var(--series-3)' },
];
const TIMES: readonly LineSpec[] = [
  { key: 'time/rollout', label: 'rollouts', colour: 'var(--series-1)' },
  { key: 'time/tools', label: 'tools', colour: 'var(--series-2)' },
  { key: 'time/update', label: 'update', colour: 'var(--series-3)' },
  { key: 'time/credit', label: 'credit', colour: 'var(--series-4)', dashed: true },
];

const wholePercent = (x: number): string => percent(x, 0);
/** Three digits at most, no zeros behind: 0.25, 1.5, 0.0041. */
const plain = (x: number): string => String(Number(x.toPrecision(3)));
const point = (metrics: MetricRecord): Point => metrics;

function accuracyPoints(metrics: RunState['metrics'], evaluations: RunState['evaluations']): Point[] {
  const points = new Map<number, { update: number; train?: number; sampled?: number; greedy?: number }>();
  for (const { update, sampled, greedy } of evaluations) points.set(update, { update, sampled, greedy });
  for (const m of metrics) points.set(m.update, { ...points.get(m.update), update: m.update, train: m.accuracy ?? 0 });
  return [...points.values()].sort((a, b) => a.update - b.update);
}

function misassignmentSummary(newest: MetricRecord | null): string {
  if (!newest) return 'No failing rollout has made a call yet.';
  const rate = (name: string): string => percent(newest[`credit/${name}@0.7`] ?? 0, 0);
  const failing = `Update ${newest.update}: of the tool calls in failing rollouts, ${rate('action_rate')} were also made by a successful one; ${rate('trajectory_rate')} of failing rollouts hold such a call.`;
  const names = ['action_rate', 'trajectory_rate'];
  if (names.every((name) => newest[`credit/incorrect_${name}@0.7`] === newest[`credit/${name}@0.7`])) return failing;
  return `${failing} Counting every incorrect rollout: ${rate('incorrect_action_rate')} and ${rate('incorrect_trajectory_rate')}.`;
}

function accuracySummary(metrics: RunState['metrics'], evaluations: RunState['evaluations'], toolFree: number | undefined): string {
  const [first, last] = [evaluations[0], evaluations[evaluations.length - 1]];
  const newest = metrics[metrics.length - 1];
  const filled = newest?.['sampling/filled'] ?? 0;
  const parts = [
    newest?.accuracy === undefined ? null : `${percent(newest.accuracy, 0)} of the newest training rollouts are right`,
    filled === 0 ? null : `${filled} of the update’s prompts have no mixed outcomes after ${newest?.['sampling/draws']} draws`,
    first && last && last !== first
      ? `sampled validation went from ${percent(first.sampled, 0)} to ${percent(last.sampled, 0)}`
      : first
        ? `sampled validation starts at ${percent(first.sampled, 0)}`
        : null,
    toolFree === undefined ? null : `the best policy without tools would reach ${percent(toolFree, 0)}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'No update yet.' : `${parts.join('; ')}.`;
}
