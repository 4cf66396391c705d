/** What is looked at in a run. */
export interface Selection {
  /** Null: the newest. */
  readonly update: number | null;
  readonly group: number;
  /** A step of a rollout: [index of the rollout, index of the step]; null: none. */
  readonly step: readonly [number, number] | null;
}

export const NO_SELECTION: Selection = { update: null, group: 0, step: null };

/** Whether nobody has chosen anything yet. */
export function isUntouched(selection: Selection = NO_SELECTION): boolean {
  return selection.update === null && selection.group === 0 && selection.step === null;
}
