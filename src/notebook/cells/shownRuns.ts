// Which runs a cell shows.
import type { CellResult } from './cellResult.ts';
import type { RunReference, View } from './cellValue.ts';

function runsOf(view: View): readonly RunReference[] {
  if ('runs' in view) return view.runs;
  return 'run' in view && view.run !== null ? [view.run] : [];
}

const viewsOf = (result: CellResult | undefined): readonly View[] =>
  result?.kind === 'ok' ? result.values.flatMap((value) => (value.kind === 'view' ? [value.view] : [])) : [];

/** The runs of all views of a cell, in their order. */
export function shownRuns(result: CellResult | undefined): readonly RunReference[] {
  return viewsOf(result).flatMap(runsOf);
}

/** The runs of the experiment that a cell shows. */
export function experimentRuns(result: CellResult | undefined): readonly RunReference[] {
  return viewsOf(result).flatMap((view) => (view.kind === 'experiment' ? view.runs : []));
}
