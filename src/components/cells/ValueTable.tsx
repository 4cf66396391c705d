// A table that a cell returned.
import { DataTable } from '../DataTable.tsx';

interface ValueTableProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly label: string;
}

/** Rows that are drawn; the rest is counted. */
const SHOWN = 200;

export function ValueTable({ columns, rows, label }: ValueTableProps) {
  return (
    <>
      <DataTable label={label} columns={columns} rows={rows.slice(0, SHOWN).map((row) => row.map(shown))} />
      {rows.length > SHOWN && <p className="hint">and {rows.length - SHOWN} rows more</p>}
    </>
  );
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
