// The picture of a figure, drawn by recharts. It knows no crosshair and no selection: those lie over it and move without it.
import { memo, useMemo } from 'react';
import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { Figure, FigureLine } from './figures/figure.ts';
import { dashOf, type Geometry, ticksOf } from './geometry.ts';

export const FigurePlot = memo(function FigurePlot({ figure, geometry }: { readonly figure: Figure; readonly geometry: Geometry }) {
  const { kind, x, y, lines, marks } = figure;
  const { width, height, left, top, right, bottom, fontSize, large } = geometry;
  const data = useMemo(() => dataOf(figure), [figure]);
  const tick = { fontSize, fill: 'var(--ink-soft)' };
  const bars = kind === 'overlaid bars' || kind === 'grouped bars';
  const numbered = lines.map((line, i) => ({ line, i }));
  const curve = kind === 'steps' ? 'step' : 'linear';
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
        tickFormatter={(value: number) => shortened(x.tick(value))}
        interval={0}
        tick={tick}
        stroke="var(--line)"
        tickLine={false}
        height={bottom}
        label={{ value: x.name, position: 'insideBottom', offset: 4, fontSize, fill: 'var(--ink-soft)' }}
        allowDuplicatedCategory={false}
      />
      <YAxis
        type="number"
        scale={y.log ? 'log' : 'linear'}
        domain={[...y.domain]}
        ticks={[...y.ticks]}
        tickFormatter={(value: number) => y.tick(value).replaceAll(' ', '\u00a0')}
        interval={0}
        tick={tick}
        stroke="var(--line)"
        tickLine={false}
        axisLine={false}
        width={left}
      />
      {marks.map(({ axis, value, label }) => (
        <ReferenceLine
          key={`${axis} ${label}`}
          {...(axis === 'x' ? { x: value } : { y: value })}
          stroke={label === '' ? 'var(--line)' : 'var(--ink-soft)'}
          strokeDasharray={label === '' ? 'none' : '2 4'}
          label={{ value: label, position: axis === 'x' ? 'insideBottomLeft' : 'insideBottomRight', fontSize, fill: 'var(--ink-soft)' }}
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
        : [...numbered]
            .sort((a, b) => Number(b.line.raw) - Number(a.line.raw))
            .map(({ line, i }) => (
              <Line
                key={line.id}
                className={line.raw ? 'raw' : 'line'}
                dataKey={`v${i}`}
                stroke={colourOf(line)}
                strokeWidth={(line.raw ? 1 : 2) * (large ? 1.6 : 1)}
                strokeOpacity={line.raw ? 0.35 : 1}
                strokeDasharray={dashOf(line)}
                dot={line.dots ? { r: large ? 5 : 3, fill: colourOf(line), strokeWidth: 0, strokeDasharray: 'none' } : false}
                activeDot={false}
                connectNulls
                isAnimationActive={false}
                type={curve}
              />
            ))}
    </ComposedChart>
  );
});

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
