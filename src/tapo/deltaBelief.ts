// ΔBelief: an advantage for each turn, from how much it raised the policy's own probability of the truth.
import { type GroupAdvantageOptions, groupAdvantages } from './advantages.ts';

/** Options of `deltaBeliefAdvantages`. */
export interface DeltaBeliefOptions extends GroupAdvantageOptions {
  /** w: weight of a turn's rise in belief beside the reward of the whole rollout. Default 0.1. */
  readonly beliefWeight?: number;
}

/**
 * ΔBelief-RL (Auzina et al. 2026, arXiv:2602.12342; the settings of its code's Qwen3-4B script).
 *
 *   rₜ = R + w·max(0, log bₜ − log bₜ₋₁)        Aₜ = (rₜ − mean rₜ) / (std rₜ + ε)    over the group's rollouts that have a turn t
 *
 * | paper | code           | shape            | meaning                                                          |
 * | ----- | -------------- | ---------------- | ---------------------------------------------------------------- |
 * | R     | `rewards`      | [G]              | reward of each rollout of one prompt                             |
 * | log b | `logBeliefs`   | [G][turns + 1]   | log-probability of the truth before the first turn and after each, nats |
 * | w     | `beliefWeight` | –                | 0.1                                                              |
 *
 * Differs from the code: a rollout that has ended takes no part in later turns' means (there it counts with reward 0). Result [G][turns].
 */
export function deltaBeliefAdvantages(
  rewards: ArrayLike<number>,
  logBeliefs: readonly ArrayLike<number>[],
  { beliefWeight = 0.1, ...options }: DeltaBeliefOptions = {},
): Float64Array[] {
  if (logBeliefs.length !== rewards.length)
    throw new RangeError(`deltaBeliefAdvantages: expected beliefs of ${rewards.length} rollouts, got ${logBeliefs.length}`);
  const result = logBeliefs.map((beliefs) => new Float64Array(Math.max(0, beliefs.length - 1))); // [G][turns]
  const longest = Math.max(0, ...result.map((turns) => turns.length));
  for (let t = 0; t < longest; t++) {
    const present = result.flatMap((turns, i) => (t < turns.length ? [i] : []));
    const turnRewards = present.map((i) => {
      const beliefs = logBeliefs[i] as ArrayLike<number>;
      return (rewards[i] as number) + beliefWeight * Math.max(0, (beliefs[t + 1] as number) - (beliefs[t] as number));
    });
    const advantages = groupAdvantages(turnRewards, options);
    present.forEach((i, k) => {
      (result[i] as Float64Array)[t] = advantages[k] as number;
    });
  }
  return result;
}
