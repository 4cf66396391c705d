// The picture of a figure, drawn by recharts. It knows no crosshair and no selection: those lie over it and move without it.
import { memo, useMemo } from 'react';
import { Area, Bar, CartesianGrid, ComposedChart, Curve, type CurveProps, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { Figure, FigureLine } from './figures/figure.ts';
import { dashOf, type Geometry, ticksOf } from './geometry.ts';

export const FigurePlot = memo(function FigurePlot({ figure, geometry }: { readonly figure: Figure; readonly geometry: Geometry }) {
  const { kind, x, y, lines, drawn, marks } = figure;
  const { width, height, left, top, right, bottom, fontSize, large } = geometry;
  const data = useMemo(() => dataOf(figure), [figure]);
  const text = { fontSize, fill: 'var(--ink-soft)' };
  const bars = kind === 'overlaid bars' || kind === 'grouped bars';
  const numbered = lines.map((line, i) => ({ line, i }));
  return (
    <ComposedChart
      width={width}
      height={height}
      data={data}
      margin={{ top, right, bottom: 0, left: 0 }}
      barGap={kind === 'overlaid bars' ? '-100%' : 1}
      barCategoryGap={kind === 'overlaid bars' ? 1 : '12%'}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke="var(--line-soft)" vertical={false} />
      <XAxis
        dataKey="x"
        type="number"
        domain={[...x.domain]}
        ticks={ticksOf(x, geometry)}
        interval={0}
        tick={({ x: left, y: top, payload }) => (
          <text {...text} x={left} y={Number(top) + fontSize * 0.6} textAnchor="middle">
            {shortened(x.tick(Number(payload.value)))}
          </text>
        )}
        stroke="var(--line)"
        tickLine={false}
        height={bottom}
        allowDuplicatedCategory={false}
      />
      <YAxis
        type="number"
        scale={y.log ? 'log' : 'linear'}
        domain={[...y.domain]}
        ticks={[...y.ticks]}
        interval={0}
        tick={({ x: right, y: middle, payload }) => (
          <text {...text} x={right} y={Number(middle) + fontSize * 0.35} textAnchor="end">
            {y.tick(Number(payload.value))}
          </text>
        )}
        stroke="var(--line)"
        tickLine={false}
        axisLine={false}
        width={left}
      />
      <text {...text} x={(left + width - right) / 2} y={height - fontSize * 0.5} textAnchor="middle">
        {x.name}
      </text>
      <RawLines figure={figure} geometry={geometry} />
      {marks.map(({ axis, value, label }) => (
        <ReferenceLine
          key={`${axis} ${label}`}
          {...(axis === 'x' ? { x: value } : { y: value })}
          stroke={label === '' ? 'var(--line)' : 'var(--ink-soft)'}
          strokeDasharray={label === '' ? 'none' : '2 4'}
          label={{ ...text, value: label, position: axis === 'x' ? 'insideBottomLeft' : 'insideBottomRight' }}
        />
      ))}
      {numbered
        .filter(({ line }) => line.interval)
        .map(({ line, i }) => (
          <Area
            key={`${line.id} band`}
            dataKey={`b${i}`}
            stroke="none"
            fill={colourOf(line)}
            fillOpacity={0.16}
            connectNulls
            isAnimationActive={false}
            activeDot={false}
          />
        ))}
      {bars
        ? numbered.map(({ line, i }) => (
            <Bar
              key={line.id}
              dataKey={`v${i}`}
              fill={isOutline(figure, line) ? 'transparent' : colourOf(line)}
              fillOpacity={isOutline(figure, line) ? 1 : 0.75}
              stroke={isOutline(figure, line) ? colourOf(line) : 'none'}
              strokeWidth={1.5}
              isAnimationActive={false}
            />
          ))
        : numbered
            .filter(({ line }) => !line.raw)
            .map(({ line, i }) => (
              <Line
                key={line.id}
                dataKey={`v${i}`}
                stroke={colourOf(line)}
                strokeWidth={large ? 3.2 : 2}
                strokeDasharray={dashOf(line)}
                shape={stillCurve}
                dot={line.dots || drawn.length === 1 ? { r: large ? 5 : 3, fill: colourOf(line), strokeWidth: 0, strokeDasharray: 'none' } : false}
                activeDot={false}
                connectNulls
                isAnimationActive={false}
                type={kind === 'steps' ? 'step' : 'linear'}
              />
            ))}
    </ComposedChart>
  );
});

/** A curve without a reference to its path: recharts measures the whole length of every path that it holds, for motion that is off here. */
const stillCurve = ({ pathRef: _, ...props }: CurveProps) => <Curve {...props} />;

/** Plain paths: they only stand behind the lines, and recharts' own would cost as much as the lines themselves. */
function RawLines({ figure: { lines, drawn }, geometry }: { readonly figure: Figure; readonly geometry: Geometry }) {
  return lines
    .filter(({ raw }) => raw)
    .map((line) => {
      const points = drawn.flatMap(({ x, cells }) => {
        const cell = cells[line.id];
        return cell ? [`${geometry.x(x).toFixed(1)},${geometry.y(cell.value).toFixed(1)}`] : [];
      });
      return (
        <path
          key={line.id}
          className="raw-line"
          d={points.length === 0 ? '' : `M${points.join('L')}`}
          fill="none"
          stroke={colourOf(line)}
          strokeOpacity={0.35}
        />
      );
    });
}

export const colourOf = ({ colour }: Pick<FigureLine, 'colour'>): string => `var(--series-${colour})`;

/** Of bars that lie over one another those of the first series are filled, the others are outlines. */
export function isOutline({ kind }: Pick<Figure, 'kind'>, { dash }: Pick<FigureLine, 'dash'>): boolean {
  return kind === 'overlaid bars' && dash > 0;
}

/** One record a drawn row: v0, v1… the values of the lines, b0, b1… their intervals, cut off at the axis' ends. */
function dataOf({ lines, drawn, y }: Figure): Record<string, number | [number, number]>[] {
  const held = (value: number): number => Math.max(y.domain[0], Math.min(y.domain[1], value));
  return drawn.map(({ x, cells }) => {
    const record: Record<string, number | [number, number]> = { x };
    lines.forEach(({ id, interval }, i) => {
      const cell = cells[id];
      if (!cell) return;
      record[`v${i}`] = cell.value;
      if (interval) record[`b${i}`] = [held(cell.low ?? cell.value), held(cell.high ?? cell.value)];
    });
    return record;
  });
}

const shortened = (label: string): string => (label.length > 12 ? `${label.slice(0, 11)}…` : label);
