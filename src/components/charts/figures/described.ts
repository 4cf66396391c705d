// The figure of a chart that code in a notebook described. Its data may be anything: what cannot be drawn is said in words.
import type { ChartDescription } from '../../../notebook/cells/cellValue.ts';
import { DRAWN_ROWS, downsampleRows } from '../../../notebook/downsample.ts';
import { count } from '../../format.ts';
import { axisOf } from './axes.ts';
import { COLOURS, type Figure, type FigureLine, type FigureRow, single, type XAxis } from './figure.ts';

export type Described = { readonly kind: 'figure'; readonly figure: Figure } | { readonly kind: 'fault'; readonly words: string };

/** Lines over numbers or names, or bars over names; the columns in `hidden` are left out. */
export function describedFigure({ chart, title, data, x, y }: ChartDescription, hidden: ReadonlySet<string>): Described {
  const fault = faultOf(data, x, y);
  if (fault) return { kind: 'fault', words: fault };
  const named = chart === 'bar' || data.some((record) => !isNumber(record[x]));
  const columns = [...new Set(y)];
  const series = columns.map((column, i) => ({ id: column, label: column, colour: i + 1, dash: i, shown: !hidden.has(column) }));
  const lines = series
    .filter(({ shown }) => shown)
    .map(({ id, label, colour, dash }): FigureLine => {
      return { id, label, colour, dash, group: '', series: id, raw: false, dots: data.length <= 30, interval: false };
    });
  const all = data.map((record, i) => rowOf(named ? i : (record[x] as number), record, columns));
  const rows = all.filter(({ cells }) => Object.keys(cells).length > 0);
  if (!named) rows.sort((a, b) => a.x - b.x);
  const drawn = chart === 'bar' ? rows.slice(0, DRAWN_ROWS) : downsampleRows(rows, columns.map(reader));
  const values = rows.flatMap(({ cells }) => lines.flatMap(({ id }) => cells[id]?.value ?? []));
  const axis = axisOf(values, chart === 'bar');
  const exact = (value: number): string => String(Number(value.toPrecision(6)));
  return {
    kind: 'figure',
    figure: {
      title,
      summary: summaryOf(chart, all, rows, drawn, columns, x),
      kind: chart === 'bar' ? 'grouped bars' : 'lines',
      x: named ? namedAxis(x, data) : numberAxis(x, rows, exact),
      y: { ...axis, say: exact },
      lines,
      rows,
      drawn,
      marks: [],
      legend: { series, groups: [] },
      rest: null,
    },
  };
}

function faultOf(data: ChartDescription['data'], x: string, y: readonly string[]): string | null {
  if (!Array.isArray(data) || data.some((record) => typeof record !== 'object' || record === null))
    return 'A chart needs data: an array of records such as {update: 1, accuracy: 0.4}. This one’s data is something else.';
  if (data.length === 0) return 'Nothing to draw: data is an empty array.';
  if (y.length === 0) return 'Nothing to draw: y names no column.';
  if (new Set(y).size > COLOURS) return `A chart can tell ${COLOURS} columns apart, y names ${new Set(y).size}: draw them in several charts.`;
  const columns = [...new Set(data.flatMap((record) => Object.keys(record)))];
  const missing = [x, ...y].find((column) => !columns.includes(column));
  if (missing !== undefined) return `No record has a column “${missing}”; the data has ${columns.map((column) => `“${column}”`).join(', ') || 'no column'}.`;
  const wordy = y.find((column) => !data.some((record) => isNumber(record[column])));
  if (wordy === undefined) return null;
  const first = data.find((record) => Object.hasOwn(record, wordy))?.[wordy];
  return `Column “${wordy}” holds no number that could be drawn; its first value is ${JSON.stringify(first) ?? String(first)}.`;
}

/** A number that an axis can hold. */
const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 1e100;
const reader = (column: string) => (row: FigureRow) => row.cells[column]?.value;

function rowOf(x: number, record: Readonly<Record<string, unknown>>, columns: readonly string[]): FigureRow {
  return { x, cells: Object.fromEntries(columns.flatMap((column) => (isNumber(record[column]) ? [[column, single(record[column])]] : []))) };
}

function namedAxis(name: string, data: ChartDescription['data']): XAxis {
  const labels = data.map((record) => (typeof record[name] === 'string' ? record[name] : (JSON.stringify(record[name]) ?? '')));
  const say = (x: number): string => labels[Math.round(x)] ?? '';
  return { name, domain: [-0.5, labels.length - 0.5], ticks: null, labels, say, tick: say, written: say };
}

function numberAxis(name: string, rows: readonly FigureRow[], exact: (x: number) => string): XAxis {
  const [first, last] = [rows[0]?.x ?? 0, rows[rows.length - 1]?.x ?? 1];
  const domain: [number, number] = first === last ? [first - 0.5, last + 0.5] : [first, last];
  return { name, domain, ticks: null, labels: null, say: (x) => `${name} ${exact(x)}`, tick: exact, written: String };
}

function summaryOf(
  chart: ChartDescription['chart'],
  all: readonly FigureRow[],
  rows: readonly FigureRow[],
  drawn: readonly FigureRow[],
  columns: readonly string[],
  x: string,
): string {
  const values = rows.reduce((sum, { cells }) => sum + Object.keys(cells).length, 0);
  const left = all.length * columns.length - values;
  const ends = columns.slice(0, 3).map((column) => {
    const own = rows.flatMap(({ cells }) => cells[column]?.value ?? []);
    const text = (value: number): string => String(Number(value.toPrecision(4)));
    return `${column} from ${text(own.reduce((a, b) => Math.min(a, b)))} to ${text(own.reduce((a, b) => Math.max(a, b)))}`;
  });
  const more = columns.length > 3 ? ` and ${columns.length - 3} more` : '';
  const cut =
    drawn.length === rows.length
      ? ''
      : chart === 'bar'
        ? ` Only the first ${drawn.length} are drawn.`
        : ` ${drawn.length} of them are drawn, with every extreme.`;
  const gaps = left === 0 ? '' : ` ${count(left, 'value')} that ${left === 1 ? 'is no number is' : 'are no numbers are'} left out.`;
  return `${count(all.length, 'row')} by ${x}: ${ends.join(', ')}${more}.${cut}${gaps}`;
}
