// Credit transfer over the groups of a batch: a library of each prompt, or one for all.
import { type CreditedGroup, type CreditOptions, transferCredit } from './credit.ts';
import type { Rollout } from './rollout.ts';

export interface BatchCreditOptions extends CreditOptions {
  /** Whose successful calls may be witnesses: those of the same prompt, or of the whole batch. Default group. */
  readonly scope?: 'group' | 'batch';
}

/**
 * Credits every group with its advantages, in order. Across the batch, each group gets the clusters of all; a witness is named by its
 * rollout's id, so ids should then differ between groups.
 */
export function transferBatchCredit(
  groups: readonly (readonly Rollout[])[],
  advantages: readonly ArrayLike<number>[],
  options: BatchCreditOptions = {},
): CreditedGroup[] {
  if (advantages.length !== groups.length)
    throw new RangeError(`transferBatchCredit: expected advantages of ${groups.length} groups, got ${advantages.length}`);
  if (options.scope !== 'batch') return groups.map((group, g) => transferCredit(group, advantages[g] as ArrayLike<number>, options));
  const { clusters, rollouts } = transferCredit(
    groups.flat(),
    advantages.flatMap((a) => Array.from(a)),
    options,
  );
  let first = 0;
  return groups.map((group) => {
    const own = rollouts.slice(first, first + group.length);
    first += group.length;
    return { group: group[0]?.group ?? '', clusters, rollouts: own };
  });
}
