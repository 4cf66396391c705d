// Advantages of the selected update's steps, before and after credit transfer, one over the other.
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { UpdateHistogram } from '../../notebook/runs.ts';
import { HISTOGRAM_EDGES } from '../../train/metrics.ts';
import { signed } from '../format.ts';
import { ChartCard } from './ChartCard.tsx';
import { TICK, TOOLTIP } from './LineCard.tsx';

interface HistogramCardProps {
  readonly histogram: UpdateHistogram | null;
  /** The policy learns from the corrected advantages. */
  readonly used: boolean;
  /** Said instead of the sentence about a run's update. */
  readonly caption?: string;
}

export function HistogramCard({ histogram, used, caption }: HistogramCardProps) {
  const bins = HISTOGRAM_EDGES.slice(0, -1).map((edge, i) => ({
    centre: Number((edge + 0.1).toFixed(1)),
    range: `${signed(edge, 1)} to ${signed(HISTOGRAM_EDGES[i + 1] as number, 1)}`,
    before: histogram?.before[i] ?? 0,
    after: histogram?.after[i] ?? 0,
  }));
  const moved = bins.reduce((sum, { before, after }) => sum + Math.max(0, before - after), 0);
  const summary = histogram
    ? `Update ${histogram.update}: credit transfer moves ${moved} steps out of their bin${used ? '' : ' (shown only: this run learns from the uncorrected advantages)'}. Prompts whose rollouts all fared alike are left out.`
    : 'No update yet.';
  return (
    <ChartCard
      title="Advantages of the steps, before and after correction"
      summary={caption ?? summary}
      legend={
        <>
          <span className="legend-key">
            <i className="swatch outline" /> before
          </span>
          <span className="legend-key">
            <i className="swatch filled" /> after
          </span>
        </>
      }
      table={{
        columns: ['advantage', 'before', 'after'],
        rows: bins.filter((b) => b.before + b.after > 0).map((b) => [b.range, String(b.before), String(b.after)]),
      }}
    >
      <ResponsiveContainer width="100%" height={190}>
        <BarChart
          data={bins}
          margin={{ top: 6, right: 10, bottom: 0, left: 0 }}
          barGap="-100%"
          barCategoryGap={1}
          title="Histogram of advantages"
          accessibilityLayer
        >
          <CartesianGrid stroke="var(--line-soft)" vertical={false} />
          <XAxis
            dataKey="centre"
            type="number"
            domain={[-3, 3]}
            ticks={[-3, -2, -1, 0, 1, 2, 3]}
            tick={TICK}
            stroke="var(--line)"
            tickLine={false}
            height={22}
            tickFormatter={(value: number) => signed(value, 0)}
          />
          <YAxis tick={TICK} stroke="var(--line)" tickLine={false} axisLine={false} width={54} allowDecimals={false} />
          <ReferenceLine x={0} stroke="var(--line)" />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(centre) => bins.find((b) => b.centre === centre)?.range ?? ''}
            contentStyle={TOOLTIP}
            cursor={{ fill: 'var(--line-soft)' }}
          />
          <Bar dataKey="after" fill="var(--series-1)" fillOpacity={0.75} isAnimationActive={false} />
          <Bar dataKey="before" fill="transparent" stroke="var(--series-2)" strokeWidth={1.5} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </ChartCard>
  );
}
