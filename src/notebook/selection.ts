/** What is looked at in a run. */
export interface Selection {
  /** Null: the newest. */
  readonly update: number | null;
  readonly group: number;
  /** A step of a rollout: [index of the rollout, index of the step]; null: none. */
  readonly step: readonly [number, number] | null;
}

export const NO_SELECTION: Selection = { update: null, group: 0, step: null };
