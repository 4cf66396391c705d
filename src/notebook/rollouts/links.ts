import type { Place } from './places.ts';

/** Where a link to a step or a token of a run leads. */
export interface LinkTarget {
  readonly update: number;
  /** Index of the prompt among those that the update told of. */
  readonly group: number;
  readonly step: Place;
  /** Index of a token of the step; null: the whole step. */
  readonly token: number | null;
}
