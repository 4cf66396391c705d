// What the lines mean and what they say: at the crosshair, else at their newest. A key switches its lines off and on.
import type { ReactNode } from 'react';
import { type Crosshair, useCrosshair } from './crosshair.ts';
import { isOutline } from './FigurePlot.tsx';
import { cellAt, type Figure, type LegendEntry, sayCell } from './figures/figure.ts';
import { dashOf } from './geometry.ts';

interface FigureLegendProps {
  readonly figure: Figure;
  readonly crosshair: Crosshair;
  readonly onSeries: (id: string) => void;
  readonly onGroup: (key: string) => void;
}

export function FigureLegend({ figure, crosshair, onSeries, onGroup }: FigureLegendProps) {
  const { series, groups } = figure.legend;
  const pointed = useCrosshair(crosshair);
  const at = pointed ?? figure.rest;
  const place = at === null ? '' : figure.x.say(at);
  const keyOf = (entry: LegendEntry): ReactNode => (
    <LegendKey
      entry={entry}
      outline={isOutline(figure, entry)}
      filled={figure.kind.endsWith('bars')}
      onToggle={series.length > 1 ? () => onSeries(entry.id) : null}
    />
  );
  if (groups.length < 2)
    return (
      <div className="legend">
        <span className="legend-place">{place}</span>
        {groups.map(({ id, label, n }) => (
          <span key={id}>
            {label} <span className="legend-n">N = {n}</span>
          </span>
        ))}
        {series.map((entry) => (
          <span key={entry.id} className="legend-entry">
            {keyOf(entry)}
            <Value figure={figure} series={entry.id} at={at} />
          </span>
        ))}
      </div>
    );
  const groupOf = ({ n, ...entry }: (typeof groups)[number]): ReactNode => (
    <>
      <LegendKey entry={entry} outline={false} filled onToggle={() => onGroup(entry.id)} />
      <span className="legend-n">N = {n}</span>
    </>
  );
  // the fewer are the columns: a card is narrow
  const [columns, rows] = series.length > groups.length ? [groups, series] : [series, groups];
  const cellOf = (row: LegendEntry, column: LegendEntry): ReactNode =>
    rows === groups ? <Value figure={figure} series={column.id} group={row.id} at={at} /> : <Value figure={figure} series={row.id} group={column.id} at={at} />;
  const headOf = (entry: LegendEntry): ReactNode => {
    const group = groups.find((each) => each === entry);
    return group ? groupOf(group) : keyOf(entry);
  };
  return (
    <div className="legend by-group">
      <table>
        <thead>
          <tr>
            <td>{place}</td>
            {columns.map((column) => (
              <th scope="col" key={column.id}>
                {headOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{headOf(row)}</th>
              {columns.map((column) => (
                <td key={column.id}>{cellOf(row, column)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ValueProps {
  readonly figure: Figure;
  readonly series: string;
  readonly group?: string;
  readonly at: number | null;
}

/** The value of the line of a series and group; the update that it is from, where that is an earlier one. */
function Value({ figure, series, group, at }: ValueProps) {
  const line = figure.lines.find((each) => each.series === series && !each.raw && (group === undefined || each.group === group));
  const found = line && at !== null ? cellAt(figure, line.id, at) : null;
  if (!found) return <span className="legend-value" />;
  return (
    <span className="legend-value" title={found.x === at ? undefined : figure.x.say(found.x)}>
      {sayCell(figure, found.cell)}
    </span>
  );
}

interface LegendKeyProps {
  readonly entry: LegendEntry;
  /** Of bars: an outline, or filled. */
  readonly outline: boolean;
  readonly filled: boolean;
  /** null: it is the only one, and stays. */
  readonly onToggle: (() => void) | null;
}

function LegendKey({ entry: { label, colour, dash, shown }, outline, filled, onToggle }: LegendKeyProps) {
  const paint = colour === null ? 'var(--ink-soft)' : `var(--series-${colour})`;
  const words = (
    <>
      <svg width="24" height="10" aria-hidden="true">
        {outline ? (
          <rect x="4" y="1" width="15" height="8" fill="none" stroke={paint} strokeWidth="1.5" />
        ) : filled ? (
          <rect x="4" y="1" width="15" height="8" fill={paint} fillOpacity="0.75" />
        ) : (
          <line x1="1" y1="5" x2="23" y2="5" stroke={paint} strokeWidth="2.5" strokeDasharray={dashOf({ dash })} />
        )}
      </svg>
      {label}
    </>
  );
  if (!onToggle) return <span className="legend-key">{words}</span>;
  return (
    <button type="button" className="legend-key" aria-pressed={shown} onClick={onToggle} title={shown ? 'hide' : 'show'}>
      {words}
    </button>
  );
}
