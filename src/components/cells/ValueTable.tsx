// A table that a cell returned.
interface ValueTableProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly label: string;
}

/** Rows that are drawn; the rest is counted. */
const SHOWN = 200;

export function ValueTable({ columns, rows, label }: ValueTableProps) {
  return (
    <section className="table" aria-label={label} tabIndex={-1}>
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
          {rows.slice(0, SHOWN).map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the table
            <tr key={r}>
              {row.map((value, c) => (
                <td key={columns[c]}>{shown(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && <p className="hint">and {rows.length - SHOWN} rows more</p>}
    </section>
  );
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
