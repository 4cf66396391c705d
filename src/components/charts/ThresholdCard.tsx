// Misassignment rates against the similarity threshold τ: the axes of the paper's Figure 2.
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ThresholdCurve } from '../../notebook/thresholds.ts';
import { percent } from '../format.ts';
import { ChartCard, LegendKey } from './ChartCard.tsx';
import { TICK, TOOLTIP } from './LineCard.tsx';

interface ThresholdCardProps {
  readonly curve: ThresholdCurve | null;
  /** θ of the run: from this similarity on it transfers credit. */
  readonly theta: number | undefined;
  /** Said instead of the sentence about a run's updates. */
  readonly caption?: string;
}

export function ThresholdCard({ curve, theta, caption }: ThresholdCardProps) {
  const points = curve?.points ?? [];
  return (
    <ChartCard
      title="Misassignment by threshold τ"
      summary={caption ?? (curve ? summaryOf(curve) : 'No update yet.')}
      legend={LINES.map(({ key, label, colour, dashed }) => (
        <LegendKey key={key} colour={colour} dashed={dashed}>
          {label}
        </LegendKey>
      ))}
      table={{
        columns: ['τ', ...LINES.map(({ label }) => label)],
        rows: points.map((point) => [point.tau.toFixed(1), ...LINES.map(({ key }) => percent(point[key]))]),
      }}
    >
      <ResponsiveContainer width="100%" height={190}>
        <LineChart data={[...points]} margin={{ top: 6, right: 10, bottom: 0, left: 0 }} title="Misassignment by threshold τ" accessibilityLayer>
          <CartesianGrid stroke="var(--line-soft)" vertical={false} />
          <XAxis
            dataKey="tau"
            type="number"
            domain={[0.5, 1]}
            ticks={points.map(({ tau }) => tau)}
            tickFormatter={(tau: number) => tau.toFixed(1)}
            tick={TICK}
            stroke="var(--line)"
            tickLine={false}
            height={22}
          />
          <YAxis tick={TICK} stroke="var(--line)" tickLine={false} axisLine={false} width={54} tickFormatter={wholePercent} domain={[0, 1]} />
          <Tooltip
            isAnimationActive={false}
            formatter={(value, name) => [percent(Number(value)), name]}
            labelFormatter={(tau) => `τ = ${Number(tau).toFixed(1)}`}
            contentStyle={TOOLTIP}
          />
          {theta !== undefined && (
            <ReferenceLine
              x={theta}
              stroke="var(--ink-soft)"
              strokeDasharray="2 4"
              label={{ value: 'θ', position: 'insideBottomLeft', fontSize: 11, fill: 'var(--ink-soft)' }}
            />
          )}
          {LINES.map(({ key, label, colour, dashed }) => (
            <Line
              key={key}
              name={label}
              dataKey={key}
              stroke={colour}
              strokeWidth={2}
              {...(dashed ? { strokeDasharray: '5 3' } : {})}
              dot={{ r: 3, fill: colour, strokeWidth: 0 }}
              isAnimationActive={false}
              type="linear"
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartCard>
  );
}

const LINES = [
  { key: 'action', label: 'tool calls', colour: 'var(--series-1)', dashed: false },
  { key: 'trajectory', label: 'rollouts', colour: 'var(--series-2)', dashed: true },
] as const;

const wholePercent = (x: number): string => percent(x, 0);

function summaryOf({ updates: [first, last], points }: ThresholdCurve): string {
  const [low, high] = [points[0], points[points.length - 1]];
  if (!low || !high) return '';
  const fall = (key: 'action' | 'trajectory'): string =>
    `from ${percent(low[key], 0)} at τ = ${low.tau.toFixed(1)} to ${percent(high[key], 0)} at τ = ${high.tau.toFixed(1)}`;
  return `${first === last ? `Update ${last}` : `Mean of updates ${first} to ${last}`}: of the tool calls in failing rollouts, ${fall('action')} were also made by a successful one; of failing rollouts, ${fall('trajectory')} hold such a call.`;
}
