// The frame of a chart: title, one sentence that says what it shows now, the chart, and the same numbers as a table.
import { type ReactNode, useState } from 'react';

export interface TableTwin {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface ChartCardProps {
  readonly title: string;
  /** What it shows, in one sentence with the newest numbers; read to those who do not see the chart. */
  readonly summary: string;
  readonly legend?: ReactNode;
  readonly table: TableTwin;
  readonly children: ReactNode;
}

export function ChartCard({ title, summary, legend, table, children }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="card chart">
      <div className="chart-head">
        <h3>{title}</h3>
        <button type="button" className="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'chart' : 'table'}
        </button>
      </div>
      {asTable ? <Table {...table} title={title} /> : <div className="plot">{children}</div>}
      {legend && !asTable && <div className="legend">{legend}</div>}
      <figcaption>{summary}</figcaption>
    </figure>
  );
}

function Table({ columns, rows, title }: TableTwin & { readonly title: string }) {
  return (
    <section className="table" aria-label={`${title}, as a table`} tabIndex={-1}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, i) => (
                <td key={columns[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A line's key in the legend. */
export function LegendKey({ colour, dashed = false, children }: { readonly colour: string; readonly dashed?: boolean; readonly children: ReactNode }) {
  return (
    <span className="legend-key">
      <svg width="22" height="8" aria-hidden="true">
        <line x1="1" y1="4" x2="21" y2="4" stroke={colour} strokeWidth="2.5" strokeDasharray={dashed ? '5 3' : undefined} />
      </svg>
      {children}
    </span>
  );
}
