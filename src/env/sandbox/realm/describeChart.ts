// `{chart: "line", data, x, y, title}` from a cell, checked: what is drawn has only the columns that are named, and only numbers in y.
import { inspect } from './inspect.ts';
import { MOST_ROWS } from './names.ts';

const SETTINGS = ['chart', 'title', 'data', 'x', 'y'];

/** Whether somebody meant a chart by it. */
export function meansChart(value: object): boolean {
  return Object.hasOwn(value, 'chart') && ['data', 'x', 'y'].some((name) => Object.hasOwn(value, name));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The chart as plain data. Throws TypeError or RangeError that says what was expected, and what came. */
export function describeChart(given: Readonly<Record<string, unknown>>): object {
  const { chart, data, x, y, title = '' } = given;
  const refuse = (expected: string, came: unknown): never => {
    throw new TypeError(`chart: expected ${expected}, got ${typeof came === 'string' && came.length > 60 ? `${came.slice(0, 60)}…` : inspect(came)}`);
  };
  const unknown = Object.keys(given).find((name) => !SETTINGS.includes(name));
  if (unknown !== undefined) throw new TypeError(`chart: no such setting "${unknown}"; expected ${SETTINGS.join(', ')}`);
  if (chart !== 'line' && chart !== 'bar') refuse('"line" or "bar" as chart', chart);
  if (typeof title !== 'string') refuse('a text as title', title);
  if (typeof x !== 'string') refuse('the name of a column as x', x);
  const columns: unknown[] = Array.isArray(y) ? y : [y];
  if (columns.length === 0 || columns.some((name) => typeof name !== 'string')) refuse('the name of a column, or a list of names, as y', y);
  if (!Array.isArray(data)) return refuse('an array of records as data', data);
  if (data.length > MOST_ROWS) throw new RangeError(`chart: expected at most ${MOST_ROWS} rows, got ${data.length}; draw a part, or every n-th row`);
  const named = [x, ...columns] as string[];
  for (const name of named) {
    if (data.length > 0 && !data.some((row) => isRecord(row) && row[name] !== undefined)) {
      const there = isRecord(data[0]) ? Object.keys(data[0]).join(', ') : inspect(data[0]);
      throw new RangeError(`chart: no row has a column "${name}"; the first row has ${there}`);
    }
  }
  const rows = data.map((row: unknown, i) => {
    if (!isRecord(row)) return refuse(`a record in row ${i}`, row);
    return Object.fromEntries(named.map((name) => [name, name === x ? abscissa(row[name], i) : height(row[name], name, i)]));
  });
  return { chart, title, data: rows, x, y: columns };
}

/** Numbers that cannot be drawn leave a gap. */
function height(value: unknown, name: string, row: number): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw new TypeError(`chart: expected numbers in column "${name}", got ${inspect(value)} in row ${row}`);
  return Number.isFinite(value) ? value : null;
}

function abscissa(value: unknown, row: number): number | string {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new TypeError(`chart: expected a number or a text as x, got ${inspect(value)} in row ${row}`);
}
