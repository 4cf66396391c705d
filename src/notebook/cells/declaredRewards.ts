// Rewards that a notebook's cells declare.
import type { CellResult } from './cellResult.ts';

/** Their names, in the order of the cells; a run cannot take a reward along that its own cell declares. */
export function declaredRewards(results: ReadonlyMap<number, CellResult>, own: number): readonly string[] {
  return [...results].flatMap(([id, result]) => (result.kind === 'ok' && id !== own ? result.rewards : []));
}
