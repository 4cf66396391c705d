// GiGPO: an advantage for each step, from rollouts of one prompt that passed through the same state.
import { type GroupAdvantageOptions, groupAdvantages } from './advantages.ts';

/** Options of `gigpoAdvantages`. */
export interface GigpoOptions extends GroupAdvantageOptions {
  /** ω: weight of the step advantage. Default 1. */
  readonly omega?: number;
  /** γ: discount of the return a step. Default 0.95. */
  readonly gamma?: number;
}

/**
 * Group-in-Group Policy Optimization (Feng et al. 2025, arXiv:2505.10978).
 *
 *   A = Aᴱ + ω·Aˢ       Aᴱ: GRPO's advantage of the whole episode
 *                        Aˢ: (G − mean G) / (std G + ε) among the group's steps with the same anchor state, 0 for a state met once
 *   Gₜ = γ^(T−1−t) · R   discounted return-to-go of a reward that comes at the end
 *
 * | paper | code        | shape          | meaning                                          |
 * | ----- | ----------- | -------------- | ------------------------------------------------ |
 * | R     | `rewards`   | [G]            | reward of each rollout of one prompt             |
 * | s̃     | `anchors`   | [G][steps]     | what the agent had before it; equal texts, equal states |
 *
 * Differs from the paper: nothing known; std divides by n − 1, as verl-agent does. Result [G][steps].
 */
export function gigpoAdvantages(rewards: ArrayLike<number>, anchors: readonly (readonly string[])[], options: GigpoOptions = {}): Float64Array[] {
  if (anchors.length !== rewards.length) throw new RangeError(`gigpoAdvantages: expected anchors of ${rewards.length} rollouts, got ${anchors.length}`);
  const { omega = 1, gamma = 0.95 } = options;
  const episodes = groupAdvantages(rewards, options);
  const visits = new Map<string, { readonly rollout: number; readonly step: number; readonly value: number }[]>();
  anchors.forEach((states, rollout) => {
    states.forEach((state, step) => {
      const value = gamma ** (states.length - 1 - step) * (rewards[rollout] as number);
      const seen = visits.get(state);
      if (seen) seen.push({ rollout, step, value });
      else visits.set(state, [{ rollout, step, value }]);
    });
  });
  const result = anchors.map((states, i) => new Float64Array(states.length).fill(episodes[i] as number)); // [G][steps]
  for (const met of visits.values()) {
    if (met.length < 2) continue;
    const relative = groupAdvantages(
      met.map(({ value }) => value),
      options,
    );
    met.forEach(({ rollout, step }, i) => {
      const steps = result[rollout] as Float64Array;
      steps[step] = (steps[step] as number) + omega * (relative[i] as number);
    });
  }
  return result;
}
