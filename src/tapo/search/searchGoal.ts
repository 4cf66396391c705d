// What a search of the library still has to find; shared by the indices, which skip whatever cannot be wanted any more.
import type { PreparedCall } from '../similarity.ts';

/** A call of the library. Rows are added to an index in the order of their ranks. */
export interface Row {
  readonly call: PreparedCall;
  /** Of two equally similar rows the one of lesser rank is wanted. */
  readonly rank: number;
}

/** Wanted is every row more similar than `above`, and of those similar from `from` on the ones of lesser rank. Gets narrower only. */
export interface SearchGoal {
  above: number;
  from: number;
  rank: number;
}

/** Whether a row of at least this rank, whose similarity is at most `bound`, can be wanted. */
export function canBeWanted(goal: SearchGoal, bound: number, rank: number): boolean {
  return bound > goal.above || (bound >= goal.from && rank < goal.rank);
}

/** Bounds that no similarity exceeds in exact arithmetic are raised by this share, far above any rounding, so that none does in doubles. */
export const ROUNDING = 1e-9;
