// What a chart shows, as plain data. Drawing, table, exports and spoken words all read it, so that they cannot differ.
import type { MeanInterval } from '../../../notebook/comparison/meanInterval.ts';

export interface Figure {
  readonly title: string;
  /** What it shows, in one or two sentences with the newest numbers. */
  readonly summary: string;
  /** Lines, lines in steps, bars over one another, or bars side by side. */
  readonly kind: 'lines' | 'steps' | 'overlaid bars' | 'grouped bars';
  readonly x: XAxis;
  readonly y: YAxis;
  /** Those that are switched on, the values behind a smoothed line after it. */
  readonly lines: readonly FigureLine[];
  /** Every row, x ascending: what the crosshair reads. */
  readonly rows: readonly FigureRow[];
  /** Those that are drawn, listed in the table and exported: at most 200, with every extreme. */
  readonly drawn: readonly FigureRow[];
  readonly marks: readonly Mark[];
  readonly legend: Legend;
  /** Where values are read while no crosshair is shown; null: nowhere. */
  readonly rest: number | null;
}

export interface XAxis {
  readonly name: string;
  readonly domain: readonly [number, number];
  /** null: as many as there is room for. */
  readonly ticks: readonly number[] | null;
  /** Words at whole x, where the axis counts things that have names. */
  readonly labels: readonly string[] | null;
  /** "update 40" */
  readonly say: (x: number) => string;
  readonly tick: (x: number) => string;
  /** In tables and files. */
  readonly written: (x: number) => string;
}

export interface YAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly log: boolean;
  /** "41.2 %" */
  readonly say: (y: number) => string;
  /** "41.2 ± 3.0 %" */
  readonly sayMean: (y: number, half: number) => string;
  readonly tick: (y: number) => string;
}

export interface FigureLine {
  /** Key of its cells. */
  readonly id: string;
  readonly group: string;
  readonly series: string;
  /** As table and exports call it. */
  readonly label: string;
  /** 1 to 8: a colour --series-N of the tokens. */
  readonly colour: number;
  /** 0 to 7: solid, dashed, dotted… */
  readonly dash: number;
  /** The values behind a smoothed line. */
  readonly raw: boolean;
  /** A dot at each point: for values that come seldom. */
  readonly dots: boolean;
  /** Its cells are means over runs, with an interval. */
  readonly interval: boolean;
}

export interface Cell {
  readonly value: number;
  /** Bounds of the 95 % interval over runs; null where there is one run. */
  readonly low: number | null;
  readonly high: number | null;
  /** Runs. */
  readonly n: number;
}

export interface FigureRow {
  readonly x: number;
  /** By id of the line; a line has no cell where it has no value. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A height or a place to hold the lines against. */
export interface Mark {
  readonly axis: 'x' | 'y';
  readonly value: number;
  readonly label: string;
}

export interface Legend {
  readonly series: readonly LegendEntry[];
  /** Empty where all belongs to one run. */
  readonly groups: readonly (LegendEntry & { readonly n: number })[];
}

export interface LegendEntry {
  readonly id: string;
  readonly label: string;
  /** null: the colour tells groups apart, not series. */
  readonly colour: number | null;
  readonly dash: number;
  readonly shown: boolean;
}

/** Colours that the tokens have for series. */
export const COLOURS = 8;

export const single = (value: number): Cell => ({ value, low: null, high: null, n: 1 });

/** A mean over runs. */
export const cellOfMean = ({ mean, interval, n }: MeanInterval): Cell => ({ value: mean, low: interval?.[0] ?? null, high: interval?.[1] ?? null, n });

/** The cell of a line at x, or the last before it; null where there is none yet. */
export function cellAt({ rows }: Pick<Figure, 'rows'>, id: string, x: number): { readonly x: number; readonly cell: Cell } | null {
  for (let at = rowsUpTo(rows, x) - 1; at >= 0; at--) {
    const row = rows[at] as FigureRow;
    const cell = row.cells[id];
    if (cell) return { x: row.x, cell };
  }
  return null;
}

/** The x of the row that is nearest, the earlier of two; null without rows. */
export function nearestX({ rows }: Pick<Figure, 'rows'>, x: number): number | null {
  const at = rowsUpTo(rows, x);
  const [low, high] = [rows[at - 1]?.x, rows[at]?.x];
  if (low === undefined || high === undefined) return low ?? high ?? null;
  return x - low <= high - x ? low : high;
}

/** The x of the row that lies so many rows on, held at the ends; from nowhere: from where values rest, or the last row. */
export function movedX({ rows, rest }: Pick<Figure, 'rows' | 'rest'>, from: number | null, by: number): number | null {
  const start = nearestX({ rows }, from ?? rest ?? Number.POSITIVE_INFINITY);
  if (start === null) return null;
  const at = rowsUpTo(rows, start) - 1 + by;
  return rows[Math.max(0, Math.min(rows.length - 1, at))]?.x ?? null;
}

/** How many rows lie at or before x: halving, since a long run has thousands. */
function rowsUpTo(rows: readonly FigureRow[], x: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as FigureRow).x <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a row says, line by line: "update 40: training rollouts 41.2 %, …". Values of earlier rows say where they are from. */
export function spoken(figure: Figure, x: number): string {
  const values = figure.lines.flatMap(({ id, label }) => {
    const found = cellAt(figure, id, x);
    return found ? [`${label} ${sayCell(figure, found.cell)}${found.x === x ? '' : ` (${figure.x.say(found.x)})`}`] : [];
  });
  return `${figure.x.say(x)}: ${values.length === 0 ? 'no value' : values.join(', ')}`;
}

/** "41.2 %", and for a mean over runs "41.2 ± 3.0 %". */
export function sayCell({ y }: Pick<Figure, 'y'>, { value, high }: Cell): string {
  return high === null ? y.say(value) : y.sayMean(value, high - value);
}
