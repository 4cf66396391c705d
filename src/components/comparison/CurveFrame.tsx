// The frame of the curves: title, the chart or the same numbers as a table, legend, and one sentence with the newest numbers.
import { type ReactNode, useState } from 'react';
import { ScrollFrame } from './ScrollFrame.tsx';

export interface CurveTable {
  readonly columns: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

interface CurveFrameProps {
  readonly title: string;
  readonly summary: string;
  readonly legend: ReactNode;
  readonly table: CurveTable;
  readonly children: ReactNode;
}

export function CurveFrame({ title, summary, legend, table: { columns, rows }, children }: CurveFrameProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="card curve-card">
      <div className="comparison-title">
        <h3>{title}</h3>
        <button type="button" className="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'chart' : 'table'}
        </button>
      </div>
      <div className="setting-keys">{legend}</div>
      {asTable ? (
        <ScrollFrame label={`${title}, as a table`}>
          <table className="curve-table">
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
        </ScrollFrame>
      ) : (
        children
      )}
      <figcaption>{summary}</figcaption>
    </figure>
  );
}
