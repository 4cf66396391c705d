// What lies over a picture: the selected update, and the crosshair with a dot on every line.
import { type Crosshair, useCrosshair } from './crosshair.ts';
import { colourOf } from './FigurePlot.tsx';
import { cellAt, type Figure } from './figures/figure.ts';
import type { Geometry } from './geometry.ts';

interface CrosshairLayerProps {
  readonly figure: Figure;
  readonly geometry: Geometry;
  readonly crosshair: Crosshair;
  /** x of what is selected. */
  readonly selected: number | null;
}

export function CrosshairLayer({ figure, geometry, crosshair, selected }: CrosshairLayerProps) {
  const at = useCrosshair(crosshair);
  const { width, height, top, bottom } = geometry;
  const bars = figure.kind === 'overlaid bars' || figure.kind === 'grouped bars';
  const across = { y1: top, y2: height - bottom };
  return (
    <svg className="crosshair-layer" width={width} height={height} aria-hidden="true">
      {selected !== null && (
        <g className="selected-x">
          <line x1={geometry.x(selected)} x2={geometry.x(selected)} {...across} />
          <path d={`M${geometry.x(selected) - 5} ${top - 6}h10l-5 7z`} />
        </g>
      )}
      {at !== null && (
        <g className="crosshair">
          {bars ? (
            <rect x={geometry.x(at) - spacing(figure, geometry) / 2} y={top} width={spacing(figure, geometry)} height={height - bottom - top} />
          ) : (
            <line x1={geometry.x(at)} x2={geometry.x(at)} {...across} />
          )}
          {!bars &&
            figure.lines.map((line) => {
              const found = line.raw ? null : cellAt(figure, line.id, at);
              return (
                found && <circle key={line.id} cx={geometry.x(found.x)} cy={geometry.y(found.cell.value)} r={geometry.large ? 6 : 3.5} fill={colourOf(line)} />
              );
            })}
        </g>
      )}
    </svg>
  );
}

/** Pixels from one bar to the next. */
function spacing({ rows, x }: Figure, geometry: Geometry): number {
  const [first, second] = [rows[0]?.x, rows[1]?.x];
  return first === undefined || second === undefined ? geometry.x(x.domain[1]) - geometry.x(x.domain[0]) : geometry.x(second) - geometry.x(first);
}
