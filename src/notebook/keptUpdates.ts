// Rollouts take memory, so that only some updates keep theirs: which one to show for an update that was asked for.
import type { ShownRun } from './shownRun.ts';

/** The update nearest to the one asked for whose rollouts some run has kept, the earlier of two; null where none has. */
export function nearestKept(runs: readonly ShownRun[], update: number): number | null {
  const kept = runs.flatMap(({ state }) => state.groups.map((group) => group.update));
  const closer = (a: number, b: number): boolean => Math.abs(a - update) < Math.abs(b - update) || (Math.abs(a - update) === Math.abs(b - update) && a < b);
  return kept.reduce<number | null>((best, each) => (best === null || closer(each, best) ? each : best), null);
}
