// Advantages of an update's steps, before and after credit transfer, one over the other.
import type { RunGroup } from '../../../notebook/runGroups.ts';
import type { UpdateHistogram } from '../../../notebook/runs.ts';
import { HISTOGRAM_EDGES, mean } from '../../../train/metrics.ts';
import { signed } from '../../format.ts';
import { axisOf } from './axes.ts';
import { type Cell, type Figure, type FigureRow, single } from './figure.ts';
import { type FigureInput, legendOf, onlyRun, shownLines } from './overUpdates.ts';

const SERIES = [
  { id: 'after', label: 'after correction' },
  { id: 'before', label: 'before' },
] as const;
type When = (typeof SERIES)[number]['id'];

/** Of the update that is looked at, or the newest. A setting's counts are means over its runs; several settings are drawn as lines in steps. */
export function histogramFigure(input: FigureInput): Figure {
  const legend = legendOf(input, SERIES);
  const shown = shownLines(input, SERIES, legend);
  const histograms = new Map(input.groups.map((group) => [group.key, histogramsOf(group, input.update)]));
  const rows = HISTOGRAM_EDGES.slice(0, -1).map((edge, bin): FigureRow => {
    const cells = shown.flatMap(({ group, one, line }): [string, Cell][] => {
      const counts = (histograms.get(group.key) ?? []).map((histogram) => histogram[one.id][bin] ?? 0);
      return counts.length === 0 ? [] : [[line.id, { ...single(mean(counts)), n: counts.length }]];
    });
    return { x: Number((edge + 0.1).toFixed(1)), cells: Object.fromEntries(cells) };
  });
  const filled = rows.filter(({ cells }) => Object.keys(cells).length > 0);
  return {
    title: 'Advantages of the steps',
    summary: summaryOf(input, histograms),
    kind: input.groups.length > 1 ? 'steps' : 'overlaid bars',
    x: {
      name: 'advantage',
      domain: [-3, 3],
      ticks: [-3, -2, -1, 0, 1, 2, 3],
      labels: null,
      say: rangeOf,
      tick: (x) => (x === 0 ? '0' : signed(x, 0)),
      written: (x) => x.toFixed(1),
    },
    y: axisOf(filled.flatMap(({ cells }) => Object.values(cells).map(({ value }) => value))),
    lines: shown.map(({ line }) => ({ ...line, interval: false })),
    rows: filled,
    drawn: filled,
    marks: [{ axis: 'x', value: 0, label: '' }],
    legend,
    rest: null,
  };
}

function histogramsOf({ runs }: RunGroup, update: number | null): readonly UpdateHistogram[] {
  return runs.flatMap(({ state: { histograms } }) => histograms.find((each) => each.update === update) ?? histograms[histograms.length - 1] ?? []);
}

function rangeOf(centre: number): string {
  return `${signed(centre - 0.1, 1)} to ${signed(centre + 0.1, 1)}`;
}

function summaryOf(input: FigureInput, histograms: ReadonlyMap<string, readonly UpdateHistogram[]>): string {
  const run = onlyRun(input);
  const alike = 'Prompts whose rollouts all fared alike are left out.';
  const words = input.groups.flatMap(({ key, name, runs }) => {
    const of = histograms.get(key) ?? [];
    return of.length === 0 ? [] : [`${name} ${Math.round(mean(of.map(movedSteps)))}${runs.length > 1 ? ` (mean of ${of.length} runs)` : ''}`];
  });
  const shown = [...histograms.values()].flat()[0];
  if (!shown) return 'No update yet.';
  if (!run) return `Update ${shown.update}: steps that credit transfer moves out of their bin: ${words.join('; ')}. ${alike}`;
  const used = run.config?.credit.rule === 'tapo' ? '' : ' (shown only: this run learns from the uncorrected advantages)';
  return `Update ${shown.update}: credit transfer moves ${movedSteps(shown)} steps out of their bin${used}. ${alike}`;
}

function movedSteps({ before, after }: Readonly<Record<When, readonly number[]>>): number {
  return before.reduce((sum, count, bin) => sum + Math.max(0, count - (after[bin] ?? 0)), 0);
}
