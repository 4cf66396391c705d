// Curves of a metric: each setting's mean over its seeds with a 95 % interval, and on demand every seed alone.
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ComparedMetric, SettingCurve } from '../../notebook/comparison.ts';
import { downsample } from '../../notebook/downsample.ts';
import { percent } from '../format.ts';
import { CurveFrame } from './CurveFrame.tsx';
import { SettingLegend } from './SettingLegend.tsx';
import { type SettingLook, settingLook } from './settingLook.ts';
import { seedCount, unitOf, written, writtenInterval } from './words.ts';

interface CurveCardProps {
  readonly metric: ComparedMetric;
  /** All settings, hidden ones too. */
  readonly curves: readonly SettingCurve[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  /** Draw every seed. */
  readonly single: boolean;
}

export function CurveCard({ metric, curves, hidden, onToggle, single }: CurveCardProps) {
  const unit = unitOf(metric.unit);
  const format = (value: number): string => written(value, unit);
  const shown = curves.map((curve, index) => ({ ...curve, ...settingLook(index) })).filter(({ setting }) => !hidden.has(setting.key));
  return (
    <CurveFrame
      title={metric.title}
      summary={summaryOf(shown, metric)}
      table={tableOf(shown, metric)}
      legend={<SettingLegend curves={curves} hidden={hidden} onToggle={onToggle} />}
    >
      <ResponsiveContainer width="100%" height={300}>
        <ComposedChart margin={{ top: 8, right: 14, bottom: 0, left: 0 }} title={metric.title} accessibilityLayer>
          <CartesianGrid stroke="var(--line-soft)" vertical={false} />
          <XAxis
            dataKey="update"
            type="number"
            domain={[0, 'dataMax']}
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
            width={58}
            tickFormatter={unit === 'share' ? wholePercent : format}
            domain={unit === 'share' ? [withinShares(Math.floor), withinShares(Math.ceil)] : ['auto', 'auto']}
            allowDataOverflow={unit === 'share'}
          />
          <Tooltip
            isAnimationActive={false}
            formatter={(value, name) => [Array.isArray(value) ? value.map((end) => format(Number(end))).join(' to ') : format(Number(value)), name]}
            labelFormatter={(update) => `update ${String(update)}`}
            contentStyle={TOOLTIP}
          />
          {shown.map(band)}
          {single && shown.flatMap(singleLines)}
          {shown.map(meanLine)}
        </ComposedChart>
      </ResponsiveContainer>
    </CurveFrame>
  );
}

const wholePercent = (share: number): string => percent(share, 0);

const TICK = { fontSize: 11, fill: 'var(--ink-soft)' };
const TOOLTIP = { background: 'var(--card)', border: '1px solid var(--line)', borderRadius: 8, color: 'var(--ink)', fontSize: 12 };

type DrawnCurve = SettingCurve & SettingLook;

/** Tenths around the data, but no share below 0 or above 1, however wide an interval is. */
function withinShares(round: (value: number) => number): (end: number) => number {
  return (end) => Math.min(1, Math.max(0, round(10 * end) / 10));
}

function band({ setting, points, colour }: DrawnCurve) {
  const data = downsample(points, ({ interval }) => interval?.[1]).map(({ update, interval }) => ({ update, interval }));
  return (
    <Area
      key={setting.key}
      name={`${setting.letter}: 95 % interval`}
      data={data}
      dataKey="interval"
      stroke="none"
      fill={colour}
      fillOpacity={0.18}
      isAnimationActive={false}
      activeDot={false}
      type="linear"
    />
  );
}

function meanLine({ setting, seeds, points, colour, dashes }: DrawnCurve) {
  const few = points.length < 40;
  return (
    <Line
      key={setting.key}
      name={`${setting.letter}: mean of ${seedCount(seeds.length)}`}
      data={downsample(points, ({ mean }) => mean).map(({ update, mean }) => ({ update, mean }))}
      dataKey="mean"
      stroke={colour}
      strokeWidth={2.5}
      {...(dashes ? { strokeDasharray: dashes } : {})}
      dot={few ? { r: 3, fill: colour, strokeWidth: 0, strokeDasharray: '' } : false}
      isAnimationActive={false}
      type="linear"
    />
  );
}

function singleLines({ setting, single, colour, dashes }: DrawnCurve) {
  return single.map(({ seed, points }) => (
    <Line
      key={`${setting.key} ${seed}`}
      name={`${setting.letter}: seed ${seed}`}
      data={downsample(points, ({ value }) => value)}
      dataKey="value"
      stroke={colour}
      strokeWidth={1}
      strokeOpacity={0.45}
      {...(dashes ? { strokeDasharray: dashes } : {})}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
      type="linear"
      tooltipType="none"
    />
  ));
}

function summaryOf(shown: readonly DrawnCurve[], metric: ComparedMetric): string {
  const unit = unitOf(metric.unit);
  const parts = shown.map(({ setting: { letter }, points, seeds, heldBack }) => {
    const last = points[points.length - 1];
    if (!last) return `${letter} has no update at which all its seeds have a value`;
    const end = heldBack ? `, where seed ${heldBack.seed} ends` : '';
    return `${letter} ${written(last.mean, unit)} ${last.interval ? `${writtenInterval(last, unit)} ` : ''}over ${seedCount(seeds.length)} at update ${last.update}${end}`;
  });
  return parts.length === 0 ? 'Every setting is hidden.' : `${parts.join('; ')}. ${metric.meaning} Bands: 95 % t interval of the mean over seeds.`;
}

function tableOf(shown: readonly DrawnCurve[], metric: ComparedMetric) {
  const unit = unitOf(metric.unit);
  const updates = [...new Set(shown.flatMap(({ points }) => points.map(({ update }) => update)))].sort((a, b) => b - a);
  const byUpdate = shown.map(({ points }) => new Map(points.map((point) => [point.update, point])));
  return {
    columns: ['update', ...shown.flatMap(({ setting: { letter }, seeds }) => [`${letter}, mean of ${seeds.length}`, `${letter}, 95 % interval`])],
    rows: updates.map((update) => [
      String(update),
      ...byUpdate.flatMap((points) => {
        const point = points.get(update);
        return point ? [written(point.mean, unit), point.interval ? writtenInterval(point, unit) : ''] : ['', ''];
      }),
    ]),
  };
}
