// The runs as far as charts draw them: the same array while only their status or progress moves.
import { useRef } from 'react';
import type { ShownRun } from '../../notebook/shownRun.ts';

export function useDrawnRuns(runs: readonly ShownRun[]): readonly ShownRun[] {
  const drawn = useRef(runs);
  if (!sameNumbers(drawn.current, runs)) drawn.current = runs;
  return drawn.current;
}

/** Whether two lists of runs would be drawn alike. */
export function sameNumbers(a: readonly ShownRun[], b: readonly ShownRun[]): boolean {
  return a.length === b.length && a.every((run, i) => sameRun(run, b[i] as ShownRun));
}

function sameRun(a: ShownRun, b: ShownRun): boolean {
  if (a === b) return true;
  const [x, y] = [a.state, b.state];
  return (
    a.key === b.key &&
    a.name === b.name &&
    x.config === y.config &&
    x.metrics === y.metrics &&
    x.evaluations === y.evaluations &&
    x.histograms === y.histograms &&
    x.groups === y.groups
  );
}
