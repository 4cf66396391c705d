// The numbers that a figure draws, as a table for readers and as CSV for programs.
import type { Figure, FigureLine } from './figure.ts';

export interface TableTwin {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every drawn row as people read it, the last first where x is an update: that is the one that is news. */
export function tableOf(figure: Figure): TableTwin {
  const rows = figure.drawn.map((row) => [
    figure.x.say(row.x).replace(/^update /, ''),
    ...figure.lines.flatMap((line) => said(figure, line, row.cells[line.id])),
  ]);
  return { columns: columnsOf(figure), rows: figure.x.name === 'update' ? rows.reverse() : rows };
}

/** Every drawn row with all digits, x ascending; fields as RFC 4180 has them. */
export function csvOf(figure: Figure): string {
  const rows = figure.drawn.map((row) => [
    figure.x.written(row.x),
    ...figure.lines.flatMap(({ id, interval }) => {
      const cell = row.cells[id];
      return interval ? [cell?.value, cell?.low, cell?.high, cell?.n] : [cell?.value];
    }),
  ]);
  return [columnsOf(figure), ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function columnsOf({ x, lines }: Figure): string[] {
  return [x.name, ...lines.flatMap(({ label, interval }) => (interval ? [label, `${label}: 95 % from`, `${label}: to`, `${label}: N`] : [label]))];
}

function said({ y }: Figure, { interval }: FigureLine, cell: Figure['rows'][number]['cells'][string] | undefined): string[] {
  const bound = (value: number | null | undefined): string => (value === null || value === undefined ? '' : y.say(value));
  return interval ? [bound(cell?.value), bound(cell?.low), bound(cell?.high), cell ? String(cell.n) : ''] : [bound(cell?.value)];
}

function field(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
