// Group-relative advantages: one number a rollout, from the rewards of one prompt's group. Step-wise estimators live elsewhere (gigpo.ts).

/** Options of `groupAdvantages`. */
export interface GroupAdvantageOptions {
  /** Added to the standard deviation, so that an equal group gives 0 and not NaN. Default 1e-6. */
  readonly epsilon?: number;
}

/**
 * Group-relative advantages of GRPO (Shao et al. 2024, arXiv:2402.03300).
 *
 *   Aᵢ = (Rᵢ − mean R) / (std R + ε)      over the G rollouts of one prompt
 *
 * | paper | code      | shape | meaning                            |
 * | ----- | --------- | ----- | ---------------------------------- |
 * | Rᵢ    | `rewards` | [G]   | total reward of rollout i          |
 * | ε     | `epsilon` | –     | an equal group gives 0, not NaN    |
 *
 * Differs from the paper: adds ε; std divides by G − 1, as verl does; a group of one has mean 0 and std 1, as in verl;
 * a deviation that is only rounding (≤ 1e-12 · max(1, max|R|)) is exactly 0, so that rounding never makes a failure.
 */
export function groupAdvantages(rewards: ArrayLike<number>, { epsilon = 1e-6 }: GroupAdvantageOptions = {}): Float64Array {
  const deviations = groupDeviations(rewards, 'groupAdvantages');
  const std = rewards.length === 1 ? 1 : Math.sqrt(sum(deviations.map((d) => d * d)) / (rewards.length - 1));
  return deviations.map((d) => (d === 0 ? 0 : d / (std + epsilon))); // [G]; 0 also with ε = 0
}

/**
 * Advantages of Dr. GRPO (Liu et al. 2025, arXiv:2503.20783): Aᵢ = Rᵢ − mean R, without the division that favours easy and hard prompts.
 * The same rounding rule as `groupAdvantages`; a group of one keeps its reward.
 */
export function drGrpoAdvantages(rewards: ArrayLike<number>): Float64Array {
  return groupDeviations(rewards, 'drGrpoAdvantages'); // [G]
}

/**
 * Whitening over the batch, after the group step: (A − mean A) / (std A + 1e-9), population std (SenseNova-MARS's code).
 * Credit transfer runs before this.
 */
export function batchNormalisedAdvantages(advantages: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(advantages);
  if (values.length === 0) return values;
  const mean = sum(values) / values.length;
  const std = Math.sqrt(sum(values.map((a) => (a - mean) ** 2)) / values.length);
  return values.map((a) => (a - mean) / (std + 1e-9));
}

function groupDeviations(rewards: ArrayLike<number>, caller: string): Float64Array {
  const values = Float64Array.from(rewards);
  const bad = values.findIndex((r) => !Number.isFinite(r));
  if (bad >= 0) throw new RangeError(`${caller}: rewards must be finite, got ${values[bad]} at index ${bad}`);
  const mean = values.length <= 1 ? 0 : sum(values) / values.length;
  const rounding = 1e-12 * values.reduce((largest, r) => Math.max(largest, Math.abs(r)), 1);
  return values.map((r) => (Math.abs(r - mean) <= rounding ? 0 : r - mean));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
