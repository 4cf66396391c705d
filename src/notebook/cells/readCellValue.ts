// Values that left the sandbox, checked: nothing that cells could have made of them is taken on trust.
import * as v from 'valibot';
import { CHART_NAMES, MOST_ROWS } from '../../env/sandbox/realm/names.ts';
import type { TrainSpec } from '../../train/config.ts';
import type { CellValue, ChartName } from './cellValue.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const run = v.object({ key: v.string(), spec: v.custom<TrainSpec>((spec) => typeof spec === 'object' && spec !== null) });
const runs = v.array(run);
const chartNames: readonly ChartName[] = CHART_NAMES;

const place = { update: v.exactOptional(whole), group: v.exactOptional(whole), step: v.exactOptional(v.tuple([whole, whole])) };

const view = v.variant('kind', [
  v.object({ kind: v.literal('experiment'), runs }),
  v.object({ kind: v.literal('charts'), runs, charts: v.array(v.picklist(chartNames)) }),
  v.object({ kind: v.literal('trajectories'), run }),
  v.object({ kind: v.literal('credit'), run, selection: v.object(place) }),
  v.object({ kind: v.literal('rules'), run, rules: v.tuple([v.string(), v.string()]), selection: v.object(place) }),
  v.object({ kind: v.literal('truth') }),
  v.object({ kind: v.literal('comparison'), runs }),
  v.object({ kind: v.literal('question'), run, group: whole }),
  v.object({ kind: v.literal('try'), run: v.nullable(run) }),
  v.object({ kind: v.literal('audit') }),
  v.object({ kind: v.literal('library') }),
]);

const chart = v.object({
  chart: v.picklist(['line', 'bar']),
  title: v.string(),
  data: v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(MOST_ROWS)),
  x: v.string(),
  y: v.pipe(v.array(v.string()), v.minLength(1)),
});

const prediction = v.object({ question: v.string(), choices: v.array(v.string()), answer: v.string(), because: v.string() });

const tour = v.object({ title: v.string(), stops: v.array(v.object({ say: v.string(), cell: v.exactOptional(whole), ...place })) });

const value = v.variant('kind', [
  v.object({ kind: v.literal('nothing') }),
  v.object({ kind: v.literal('text'), text: v.string() }),
  v.object({ kind: v.literal('table'), columns: v.array(v.string()), rows: v.pipe(v.array(v.array(v.unknown())), v.maxLength(MOST_ROWS)) }),
  v.object({ kind: v.literal('chart'), chart }),
  v.object({ kind: v.literal('view'), view }),
  v.object({ kind: v.literal('prediction'), prediction }),
  v.object({ kind: v.literal('tour'), tour }),
]);

/** The value that a JSON text from the sandbox holds. Throws if it is none. */
export function readCellValue(json: string): CellValue {
  return v.parse(value, JSON.parse(json));
}
