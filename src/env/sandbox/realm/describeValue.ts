// A value of a cell as plain data that can leave the sandbox: a view, a chart, a table, or text.
import { describeChart, isRecord, meansChart } from './describeChart.ts';
import { describePrediction, describeTour, meansPrediction, meansTour } from './describeLesson.ts';
import { inspect } from './inspect.ts';
import { MOST_ROWS, MOST_TEXT } from './names.ts';
import { referenceOf, viewOf, wordsOf } from './views.ts';

/** A value as JSON, with the keys of the runs that it shows. Throws where a chart is described wrongly. */
export function describeValue(value: unknown): { readonly json: string; readonly shows: readonly string[] } {
  const runs = runsOf(value);
  if (runs) return { json: JSON.stringify({ kind: 'view', view: { kind: 'experiment', runs } }), shows: runs.map(({ key }) => key) };
  const shown = typeof value === 'object' && value !== null ? viewOf(value) : undefined;
  if (shown) return { json: JSON.stringify({ kind: 'view', view: shown.view }), shows: shown.keys };
  const json = JSON.stringify(described(value));
  return { json: json.length <= MOST_TEXT ? json : refused(value, json.length), shows: [] };
}

/** A run, or an array of nothing but runs. */
function runsOf(value: unknown) {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const runs = items.map((item) => (typeof item === 'object' && item !== null ? referenceOf(item) : undefined));
  return runs.length > 0 && runs.every((run) => run !== undefined) ? runs : undefined;
}

function described(value: unknown): object {
  if (value === undefined) return { kind: 'nothing' };
  if (typeof value === 'string') return text(value);
  if (isRecord(value) && meansChart(value)) return { kind: 'chart', chart: describeChart(value) };
  if (isRecord(value) && meansPrediction(value)) return { kind: 'prediction', prediction: describePrediction(value) };
  if (isRecord(value) && meansTour(value)) return { kind: 'tour', tour: describeTour(value) };
  if (Array.isArray(value) && value.every(isPlainRecord) && value.some((row) => Object.keys(row).length > 0)) {
    if (value.length > MOST_ROWS)
      return text(`An array of ${value.length} records. A table shows at most ${MOST_ROWS}; show a part, as .slice(0, ${MOST_ROWS}) gives.`);
    return table(value);
  }
  return text(inspect(value, wordsOf));
}

const isPlainRecord = (value: unknown): value is Readonly<Record<string, unknown>> => isRecord(value) && wordsOf(value) === undefined;

const text = (words: string): object => ({ kind: 'text', text: words });

function table(records: readonly Readonly<Record<string, unknown>>[]): object {
  const columns = [...new Set(records.flatMap((row) => Object.keys(row)))];
  return { kind: 'table', columns, rows: records.map((row) => columns.map((name) => field(row[name]))) };
}

/** Numbers, words and switches stay what they are; anything else becomes text. */
function field(value: unknown): number | string | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  const words = inspect(value, wordsOf).replaceAll(/\s+/g, ' ');
  return words.length <= 200 ? words : `${words.slice(0, 200)}…`;
}

function refused(value: unknown, size: number): string {
  const what = typeof value === 'string' ? `A text of ${value.length} characters` : `A value of ${size} characters`;
  return JSON.stringify(text(`${what}. At most ${MOST_TEXT} are shown; show a part of it.`));
}
