// What a measurement is, and its tables as Markdown, so that documents can take them as printed.
import type { Budget } from './budgets.ts';
import type { Place } from './engine/place.ts';

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface BenchResult {
  readonly tables: readonly Table[];
  /** What of it has a budget. */
  readonly budgets?: readonly Budget[];
  /** SVG by file name. */
  readonly figures?: Readonly<Record<string, string>>;
  /** Every number behind the tables, as JSON. */
  readonly data: unknown;
}

export interface BenchOptions {
  /** Where WebGPU is measured. */
  readonly on: Place;
}

export interface Bench {
  /** One line. */
  readonly about: string;
  readonly run: (progress: (line: string) => void, options: BenchOptions) => BenchResult | Promise<BenchResult>;
}

/** First column to the left, numbers to the right, all cells of a column equally wide. */
export function markdownTable({ columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell)));
  const widths = columns.map((_, c) => Math.max(3, ...cells.map((row) => row[c]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] as number) : cell.padStart(widths[c] as number))).join(' | ')} |`;
  const rule = `| ${widths.map((width, c) => (c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head, ...body] = cells.map(line);
  return [head, rule, ...body].join('\n');
}

/** Whole from 100 on, else three digits. */
export function shown(x: number): string {
  return x >= 100 ? Math.round(x).toString() : Number(x.toPrecision(3)).toString();
}
