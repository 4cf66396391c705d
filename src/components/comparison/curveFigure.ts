// The figure of a compared metric: each setting's mean over its seeds with a 95 % interval, and on demand every seed alone.
import type { ComparedMetric, SettingCurve } from '../../notebook/comparison.ts';
import { DRAWN_ROWS, downsampleRows } from '../../notebook/downsample.ts';
import { axisOf, SHARES } from '../charts/figures/axes.ts';
import { type Cell, COLOURS, single as cellOf, type Figure, type FigureLine } from '../charts/figures/figure.ts';
import { seedCount, unitOf, written, writtenInterval } from './words.ts';

export interface CurveFigureInput {
  readonly metric: ComparedMetric;
  /** All settings, hidden ones too, so that hiding one changes no other's look. */
  readonly curves: readonly SettingCurve[];
  readonly hidden: ReadonlySet<string>;
  /** Draw every seed. */
  readonly single: boolean;
}

export function curveFigure({ metric, curves, hidden, single }: CurveFigureInput): Figure {
  const shown = curves.map((curve, index) => ({ ...curve, index })).filter(({ setting }) => !hidden.has(setting.key));
  const cells = new Map<number, Record<string, Cell>>();
  const put = (id: string, update: number, cell: Cell): void => {
    cells.set(update, { ...cells.get(update), [id]: cell });
  };
  const lines = shown.flatMap(({ setting: { key, letter }, seeds, points, single: alone, index }): FigureLine[] => {
    const look = { group: key, series: metric.name, colour: (index % COLOURS) + 1, dash: index % 8, dots: points.length < 40 };
    const mean: FigureLine = { ...look, id: key, label: `${letter}, mean of ${seedCount(seeds.length)}`, raw: false, interval: seeds.length > 1 };
    for (const { update, mean: value, interval } of points)
      put(key, update, { value, low: interval?.[0] ?? null, high: interval?.[1] ?? null, n: seeds.length });
    if (!single) return [mean];
    const seedLines = alone.map(({ seed, points: values }): FigureLine => {
      const id = `${key} seed ${seed}`;
      for (const { update, value } of values) put(id, update, cellOf(value));
      return { ...look, id, label: `${letter}, seed ${seed}`, raw: true, dots: false, interval: false };
    });
    return [mean, ...seedLines];
  });
  const rows = [...cells].sort(([a], [b]) => a - b).map(([x, row]) => ({ x, cells: row }));
  const values = rows.flatMap((row) => Object.values(row.cells).flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]));
  const share = unitOf(metric.unit) === 'share';
  const last = rows[rows.length - 1]?.x ?? null;
  return {
    title: metric.title,
    summary: summaryOf(shown, metric),
    kind: 'lines',
    x: {
      name: 'update',
      domain: [Math.min(0, rows[0]?.x ?? 0), last ?? 1],
      ticks: null,
      labels: null,
      say: (x) => `update ${x}`,
      tick: String,
      written: String,
    },
    y: share ? SHARES : axisOf(values),
    lines,
    rows,
    drawn:
      rows.length <= DRAWN_ROWS
        ? rows
        : downsampleRows(
            rows,
            lines.map(
              ({ id }) =>
                (row) =>
                  row.cells[id]?.value,
            ),
          ),
    marks: [],
    legend: {
      series: [],
      groups: curves.map(({ setting: { key, letter, name }, seeds }, index) => ({
        id: key,
        label: `${letter} ${name}`,
        colour: (index % COLOURS) + 1,
        dash: index % 8,
        shown: !hidden.has(key),
        n: seeds.length,
      })),
    },
    rest: last,
  };
}

function summaryOf(shown: readonly SettingCurve[], metric: ComparedMetric): string {
  const unit = unitOf(metric.unit);
  const parts = shown.map(({ setting: { letter }, points, seeds, heldBack }) => {
    const last = points[points.length - 1];
    if (!last) return `${letter} has no update at which all its seeds have a value`;
    const end = heldBack ? `, where seed ${heldBack.seed} ends` : '';
    return `${letter} ${written(last.mean, unit)} ${last.interval ? `${writtenInterval(last, unit)} ` : ''}over ${seedCount(seeds.length)} at update ${last.update}${end}`;
  });
  return parts.length === 0 ? 'Every setting is hidden.' : `${parts.join('; ')}. ${metric.meaning} Bands: 95 % t interval of the mean over seeds.`;
}
