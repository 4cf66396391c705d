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
 * Whitening over the batch, after the group step (SenseNova-MARS's code):
 *
 *   a ↦ (a − mean A) / (std A + 1e-9)      std divides by the number of values (population)
 *
 * Gives the map itself, so that it can be put on other values than those that it was measured on: credit transfer runs before it, on the
 * advantages that it belongs to. A mean that is only rounding (≤ 1e-12 · max(1, max|A|)) is exactly 0, so that 0 stays 0.
 */
export function batchWhitening(advantages: ArrayLike<number>): (advantage: number) => number {
  const values = Float64Array.from(advantages);
  const mean = values.length === 0 ? 0 : sum(values) / values.length;
  const centre = Math.abs(mean) <= roundingOf(values) ? 0 : mean;
  const std = Math.sqrt(sum(values.map((a) => (a - centre) ** 2)) / Math.max(1, values.length));
  return (advantage) => (advantage - centre) / (std + 1e-9);
}

/** The advantages of a batch, whitened by `batchWhitening` of their own. */
export function batchNormalisedAdvantages(advantages: ArrayLike<number>): Float64Array {
  return Float64Array.from(advantages, batchWhitening(advantages));
}

function groupDeviations(rewards: ArrayLike<number>, caller: string): Float64Array {
  const values = Float64Array.from(rewards);
  const bad = values.findIndex((r) => !Number.isFinite(r));
  if (bad >= 0) throw new RangeError(`${caller}: rewards must be finite, got ${values[bad]} at index ${bad}`);
  const mean = values.length <= 1 ? 0 : sum(values) / values.length;
  const rounding = roundingOf(values);
  return values.map((r) => (Math.abs(r - mean) <= rounding ? 0 : r - mean));
}

/** What counts as 0 beside these values. */
function roundingOf(values: Float64Array): number {
  return 1e-12 * values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
