// Which prompts a batch keeps (dynamic sampling), and what an overlong rollout costs. Pure: the loop that draws is train/collectBatch.ts.

/** Generation batches of one update at most, the first included (Tool-Augmented PO's code). */
export const MAX_GENERATION_BATCHES = 10;

/** Whether the accuracies of one prompt's rollouts differ. Where they do not, every advantage is 0 and nothing can be learnt. */
export function isMixed(accuracies: readonly (boolean | number)[]): boolean {
  return accuracies.some((accuracy) => accuracy !== accuracies[0]);
}

/** What dynamic sampling makes of the groups drawn so far. */
export interface KeptGroups<G> {
  /** Mixed groups first, in the order drawn, then others: at most as many as were asked for. */
  readonly kept: readonly G[];
  /** Mixed groups among all that were drawn: with this many or more the batch is full. */
  readonly mixed: number;
  /** Groups kept although they are not mixed. */
  readonly filled: number;
}

/**
 * Dynamic sampling of DAPO (Yu et al. 2025, arXiv:2503.14476), as Tool-Augmented PO has it (arXiv:2510.07038): a prompt is kept iff its
 * accuracies differ. Draw until `mixed` reaches `size` or the draws are used up, then take `kept`: what mixed groups leave open is filled
 * with what there is.
 */
export function keepMixedGroups<G>(groups: readonly G[], size: number, accuraciesOf: (group: G) => readonly (boolean | number)[]): KeptGroups<G> {
  const mixed = groups.filter((group) => isMixed(accuraciesOf(group)));
  const others = groups.filter((group) => !isMixed(accuraciesOf(group)));
  const kept = [...mixed, ...others].slice(0, size);
  return { kept, mixed: mixed.length, filled: Math.max(0, kept.length - mixed.length) };
}

/** Where the penalty begins and where it is full. */
export interface OverlongOptions {
  /** L_max: from this length on the penalty is −1, in the model's own tokens. */
  readonly maxTokens: number;
  /** L_buf: the penalty grows over the last so many tokens before L_max, at least 1. */
  readonly buffer: number;
}

/**
 * Soft overlong punishment of DAPO (arXiv:2503.14476), added to the reward:
 *
 *   0                              for L ≤ L_max − L_buf
 *   −(L − (L_max − L_buf)) / L_buf   beyond, and never below −1
 *
 * | paper        | code          | meaning                                                            |
 * | ------------ | ------------- | ------------------------------------------------------------------ |
 * | L            | `modelTokens` | the model's own tokens; what tools answered is not counted          |
 * | L_max, L_buf | `maxTokens`, `buffer` | tokens                                                      |
 *
 * Differs from DAPO: tool answers do not count, as in Tool-Augmented PO (arXiv:2510.07038).
 */
export function overlongPenalty(modelTokens: number, { maxTokens, buffer }: OverlongOptions): number {
  if (!(buffer >= 1 && buffer <= maxTokens)) throw new RangeError(`overlongPenalty: expected a buffer from 1 to maxTokens = ${maxTokens}, got ${buffer}`);
  const over = modelTokens - (maxTokens - buffer);
  return over <= 0 ? 0 : Math.max(-1, -over / buffer);
}
