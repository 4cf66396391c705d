// A card with lines over updates.
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { downsample } from '../../notebook/downsample.ts';
import { ChartCard, LegendKey } from './ChartCard.tsx';

/** One point a update; lines pick their values. Missing values are skipped. */
export type Point = { readonly update: number } & Readonly<Record<string, number | undefined>>;

export interface LineSpec {
  readonly key: string;
  readonly label: string;
  /** A colour of the tokens, "var(--series-1)". */
  readonly colour: string;
  readonly dashed?: boolean;
  /** Show a dot at each point: for values that come seldom. */
  readonly dots?: boolean;
}

interface LineCardProps {
  readonly title: string;
  readonly summary: string;
  readonly points: readonly Point[];
  readonly lines: readonly LineSpec[];
  /** Last update of the axis. */
  readonly updates: number;
  readonly format: (value: number) => string;
  /** Bounds of the vertical axis; auto where absent. */
  readonly domain?: readonly [number, number];
  /** Where the vertical axis begins, if its end is to be found. */
  readonly from?: number;
  /** A height to hold the lines against. */
  readonly mark?: { readonly value: number; readonly label: string } | undefined;
}

export function LineCard({ title, summary, points, lines, updates, format, domain, from, mark }: LineCardProps) {
  const drawn = lines.map((line) => ({
    ...line,
    data: downsample(points, (point) => point[line.key]).map((point) => ({ update: point.update, value: point[line.key] as number })),
  }));
  const table = {
    columns: ['update', ...lines.map(({ label }) => label)],
    rows: points.map((point) => [String(point.update), ...lines.map(({ key }) => (point[key] === undefined ? '' : format(point[key] as number)))]).reverse(),
  };
  return (
    <ChartCard
      title={title}
      summary={summary}
      table={table}
      legend={lines.map(({ key, label, colour, dashed }) => (
        <LegendKey key={key} colour={colour} dashed={dashed ?? false}>
          {label}
        </LegendKey>
      ))}
    >
      <ResponsiveContainer width="100%" height={190}>
        <LineChart margin={{ top: 6, right: 10, bottom: 0, left: 0 }} syncId="update" syncMethod="value" title={title} accessibilityLayer>
          <CartesianGrid stroke="var(--line-soft)" vertical={false} />
          <XAxis
            dataKey="update"
            type="number"
            domain={[0, Math.max(1, updates)]}
            allowDuplicatedCategory={false}
            tick={TICK}
            stroke="var(--line)"
            tickLine={false}
            height={22}
          />
          <YAxis
            tick={TICK}
            stroke="var(--line)"
            tickLine={false}
            axisLine={false}
            width={54}
            tickFormatter={format}
            domain={domain ? [...domain] : [from ?? 'auto', 'auto']}
          />
          <Tooltip
            isAnimationActive={false}
            formatter={(value, name) => [format(Number(value)), name]}
            labelFormatter={(update) => `update ${String(update)}`}
            contentStyle={TOOLTIP}
          />
          {mark && (
            <ReferenceLine
              y={mark.value}
              stroke="var(--ink-soft)"
              strokeDasharray="2 4"
              label={{ value: mark.label, position: 'insideBottomRight', fontSize: 11, fill: 'var(--ink-soft)' }}
            />
          )}
          {drawn.map(({ key, label, colour, dashed, dots, data }) => (
            <Line
              key={key}
              name={label}
              data={data}
              dataKey="value"
              stroke={colour}
              strokeWidth={2}
              {...(dashed ? { strokeDasharray: '5 3' } : {})}
              dot={dots ? { r: 3, fill: colour, strokeWidth: 0 } : false}
              isAnimationActive={false}
              type="linear"
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartCard>
  );
}

export const TICK = { fontSize: 11, fill: 'var(--ink-soft)' };
export const TOOLTIP = { background: 'var(--card)', border: '1px solid var(--line)', borderRadius: 8, color: 'var(--ink)', fontSize: 12 };
