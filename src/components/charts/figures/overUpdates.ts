// Lines over updates, for charts of runs: smoothed and raw, alone or as mean and interval over the seeds of a setting.
import { downsampleRows } from '../../../notebook/downsample.ts';
import { movingAverage, type WeighedPoint } from '../../../notebook/movingAverage.ts';
import { meanOverRuns, type RunGroup } from '../../../notebook/runGroups.ts';
import type { RunState } from '../../../notebook/runs.ts';
import type { MetricRecord } from '../../../train/metrics.ts';
import {
  type Cell,
  COLOURS,
  cellOfMean,
  type Figure,
  type FigureLine,
  type FigureRow,
  type Legend,
  type Mark,
  sayCell,
  single,
  type XAxis,
  type YAxis,
} from './figure.ts';

/** What every chart of runs is made from. */
export interface FigureInput {
  readonly groups: readonly RunGroup[];
  readonly hiddenGroups: ReadonlySet<string>;
  /** Series of this chart that are switched off. */
  readonly hiddenSeries: ReadonlySet<string>;
  /** λ of the moving average. */
  readonly smoothing: number;
  /** Similarity threshold of misassignment. */
  readonly tau: number;
  /** Update that is looked at; null: the newest. */
  readonly update: number | null;
  /** Success of the best policy without tools, where known. */
  readonly toolFree: number | undefined;
}

export interface UpdateSeries {
  readonly id: string;
  readonly label: string;
  /** It jumps from update to update: smoothed, with the raw values behind. */
  readonly noisy: boolean;
  readonly dots?: boolean;
  readonly read: (run: RunState) => readonly WeighedPoint[];
}

export interface UpdateChart {
  readonly title: string;
  readonly series: readonly UpdateSeries[];
  /** The axis that holds the values. */
  readonly axis: (values: readonly number[]) => YAxis;
  readonly marks?: readonly Mark[];
}

/**
 * The chart without its summary. Each run is smoothed by itself, then the mean of a setting is taken over its runs: no group's numbers
 * depend on another's, shown or hidden. Raw values stand behind a line where its setting has one run; with several, the interval does.
 */
export function overUpdates(input: FigureInput, { title, series, axis, marks = [] }: UpdateChart): Omit<Figure, 'summary'> {
  const legend = legendOf(input, series);
  const cells = new Map<number, Record<string, Cell>>();
  const put = (id: string, update: number, cell: Cell): void => {
    const row = cells.get(update) ?? {};
    row[id] = cell;
    cells.set(update, row);
  };
  const lines = shownLines(input, series, legend).flatMap(({ group, one, line }) => {
    const points = group.runs.map(({ state }) => one.read(state));
    const smoothing = one.noisy ? input.smoothing : 0;
    for (const [update, mean] of meanOverRuns(points.map((each) => smoothed(each, smoothing)))) put(line.id, update, cellOfMean(mean));
    if (smoothing === 0) return [line];
    const named = { ...line, label: `${line.label} (smoothed ${smoothing})` };
    if (line.interval) return [named];
    const raw = { ...line, id: `${line.id} raw`, label: `${line.label} (raw)`, raw: true, dash: 0 };
    for (const { update, value } of points.flat()) put(raw.id, update, single(value));
    return [named, raw];
  });
  const y = axis(boundsOf(cells.values()));
  const rows = [...cells].sort(([a], [b]) => a - b).map(([x, row]) => ({ x, cells: y.log ? positive(row) : row }));
  const drawn = downsampleRows(
    rows,
    lines.map(
      ({ id }) =>
        (row: FigureRow) =>
          row.cells[id]?.value,
    ),
  );
  const last = rows[rows.length - 1]?.x ?? null;
  return { title, kind: 'lines', x: updateAxis(input, last ?? 1), y, lines, rows, drawn, marks, legend, rest: last };
}

/** Reads one metric of every update that has it; `weight`: the metric that it is a share of, an update where that is 0 says nothing. */
export function metric(name: string, weight?: string): (run: RunState) => readonly WeighedPoint[] {
  return ({ metrics }) =>
    metrics.flatMap((record: MetricRecord) => {
      const value = record[name];
      const counts = weight === undefined ? 1 : (record[weight] ?? 1);
      return value === undefined || counts === 0 ? [] : [{ update: record.update, value, weight: counts }];
    });
}

/** One colour a group and one line style a series; where there is one group, colours tell the series apart as well. */
export function legendOf({ groups, hiddenGroups, hiddenSeries }: FigureInput, series: readonly { readonly id: string; readonly label: string }[]): Legend {
  const several = groups.length > 1;
  return {
    series: series.map(({ id, label }, i) => ({ id, label, colour: several ? null : (i % COLOURS) + 1, dash: i, shown: !hiddenSeries.has(id) })),
    groups: groups
      .map(({ key, name, runs }, i) => ({ id: key, label: name, colour: (i % COLOURS) + 1, dash: 0, shown: !hiddenGroups.has(key), n: runs.length }))
      .filter(({ n }) => several || n > 1),
  };
}

/** A line for every group and series that is switched on. */
export function shownLines<S extends { readonly id: string; readonly label: string; readonly dots?: boolean }>(
  { groups, hiddenGroups }: FigureInput,
  series: readonly S[],
  legend: Legend,
): { readonly group: RunGroup; readonly one: S; readonly line: FigureLine }[] {
  return groups.flatMap((group, g) =>
    hiddenGroups.has(group.key)
      ? []
      : series.flatMap((one, s) => {
          const entry = legend.series[s];
          if (!entry?.shown) return [];
          const label = groups.length > 1 ? `${group.name}: ${one.label}` : one.label;
          const colour = entry.colour ?? (g % COLOURS) + 1;
          const interval = group.runs.length > 1;
          return [
            {
              group,
              one,
              line: { id: `${g} ${one.id}`, group: group.key, series: one.id, label, colour, dash: s, raw: false, dots: one.dots ?? false, interval },
            },
          ];
        }),
  );
}

/** The newest value of one series in every group that is shown: "credit tapo 46.1 ± 3.0 %; credit none …". */
export function newestByGroup(figure: Omit<Figure, 'summary'>, series: string): string {
  const words = figure.lines.flatMap(({ id, group, series: of, raw }) => {
    const entry = figure.legend.groups.find((each) => each.id === group);
    const cell = figure.rows.findLast((row) => row.cells[id])?.cells[id];
    return entry && cell && of === series && !raw ? [`${entry.label} ${sayCell(figure, cell)}`] : [];
  });
  return words.length === 0 ? 'no value is shown' : words.join('; ');
}

/** The one run of a chart that shows one; null where means are shown. */
export function onlyRun({ groups }: FigureInput): RunState | null {
  return groups.length === 1 && groups[0]?.runs.length === 1 ? (groups[0].runs[0]?.state ?? null) : null;
}

const UPDATE = { name: 'update', ticks: null, labels: null, say: (x: number) => `update ${x}`, tick: String, written: String } as const;

function updateAxis({ groups }: FigureInput, last: number): XAxis {
  const ends = groups.flatMap(({ runs }) => runs.map(({ state }) => state.config?.updates ?? 1));
  return { ...UPDATE, domain: [0, Math.max(1, last, ...ends)] };
}

function smoothed(points: readonly WeighedPoint[], smoothing: number): { readonly update: number; readonly value: number }[] {
  const values = movingAverage(points, smoothing);
  return points.map(({ update }, i) => ({ update, value: values[i] as number }));
}

/** Values and the ends of their intervals; an end far beyond the value would flatten the lines, and is cut off at half as much again. */
function boundsOf(rows: Iterable<Readonly<Record<string, Cell>>>): number[] {
  return [...rows].flatMap((row) => Object.values(row).flatMap(({ value, high }) => [value, Math.min(high ?? value, 1.5 * value)]));
}

/** The cells that a logarithmic axis can show. */
function positive(row: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> {
  return Object.fromEntries(Object.entries(row).filter(([, { value }]) => value > 0));
}
