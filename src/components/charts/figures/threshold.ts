// Misassignment rates against the similarity threshold τ: the axes of the paper's Figure 2.

import { meanInterval } from '../../../notebook/comparison/meanInterval.ts';
import { misassignmentByThreshold, type ThresholdCurve } from '../../../notebook/thresholds.ts';
import { RECORDED_THRESHOLDS } from '../../../train/metrics.ts';
import { percent } from '../../format.ts';
import { SHARES } from './axes.ts';
import { cellAt, cellOfMean, type Figure, type FigureRow, type Mark, sayCell } from './figure.ts';
import { type FigureInput, legendOf, onlyRun, shownLines } from './overUpdates.ts';

const SERIES = [
  { id: 'action', label: 'tool calls', dots: true },
  { id: 'trajectory', label: 'rollouts', dots: true },
] as const;

/** Of the update that is looked at, or the newest ten; for a setting with several runs their mean and interval. */
export function thresholdFigure(input: FigureInput): Figure {
  const legend = legendOf(input, SERIES);
  const curves = new Map(
    input.groups.map((group) => [group.key, group.runs.flatMap(({ state }) => misassignmentByThreshold(state.metrics, input.update) ?? [])]),
  );
  const shown = shownLines(input, SERIES, legend);
  const rows: FigureRow[] = RECORDED_THRESHOLDS.map((tau, i) => ({
    x: tau,
    cells: Object.fromEntries(
      shown.flatMap(({ group, one, line }) => {
        const rates = (curves.get(group.key) ?? []).flatMap(({ points }) => points[i]?.[one.id] ?? []);
        const mean = meanInterval(rates);
        return mean ? [[line.id, cellOfMean(mean)]] : [];
      }),
    ),
  })).filter(({ cells }) => Object.keys(cells).length > 0);
  const figure = {
    title: 'Misassignment by threshold τ',
    kind: 'lines',
    x: {
      name: 'τ',
      domain: [0.5, 1],
      ticks: RECORDED_THRESHOLDS,
      labels: null,
      say: (tau) => `τ = ${tau.toFixed(1)}`,
      tick: (tau) => tau.toFixed(1),
      written: (tau) => tau.toFixed(1),
    },
    y: SHARES,
    lines: shown.map(({ line }) => line),
    rows,
    drawn: rows,
    marks: marksOf(input),
    legend,
    rest: input.tau,
  } satisfies Omit<Figure, 'summary'>;
  const curve = onlyRun(input) ? [...curves.values()][0]?.[0] : undefined;
  if (curve) return { ...figure, summary: summaryOf(curve) };
  const words = figure.lines.flatMap(({ id, label }) => {
    const found = cellAt(figure, id, input.tau);
    return found ? [`${label} ${sayCell(figure, found.cell)}`] : [];
  });
  return { ...figure, summary: words.length === 0 ? 'No update yet.' : `At τ = ${input.tau.toFixed(1)}: ${words.join('; ')}.` };
}

/** The threshold that is chosen, and θ: from that similarity on the runs transfer credit. */
function marksOf({ groups, tau }: FigureInput): Mark[] {
  const thetas = new Set(groups.flatMap(({ runs }) => runs.flatMap(({ state }) => state.config?.credit.theta ?? [])));
  const marks = [...thetas].filter((theta) => theta >= 0.5 && theta <= 1).map((theta): Mark => ({ axis: 'x', value: theta, label: 'θ' }));
  return thetas.has(tau) ? marks.map((mark) => (mark.value === tau ? { ...mark, label: 'τ = θ' } : mark)) : [...marks, { axis: 'x', value: tau, label: 'τ' }];
}

function summaryOf({ updates: [first, last], points }: ThresholdCurve): string {
  const [low, high] = [points[0], points[points.length - 1]];
  if (!low || !high) return '';
  const fall = (key: 'action' | 'trajectory'): string =>
    `from ${percent(low[key], 0)} at τ = ${low.tau.toFixed(1)} to ${percent(high[key], 0)} at τ = ${high.tau.toFixed(1)}`;
  return `${first === last ? `Update ${last}` : `Mean of updates ${first} to ${last}`}: of the tool calls in failing rollouts, ${fall('action')} were also made by a successful one; of failing rollouts, ${fall('trajectory')} hold such a call.`;
}
