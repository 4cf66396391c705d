// Per-token estimators of KL(π ‖ π_ref) and their derivatives by log π (Schulman, "Approximating KL divergence", 2020).

/** k1: unbiased, may be negative · k2: small variance, biased · k3: unbiased, never negative; each over samples of π. */
export type KlEstimator = 'k1' | 'k2' | 'k3';

/** Greatest |log π_ref/π| that k3 uses, and the greatest value that its loss takes, as in verl. */
const MAX_LOG_RATIO = 20;
const MAX_K3 = 10;

/**
 * Value and derivative at one token, d = log π − log π_ref in nats:
 *
 *   k1 = d            ∂ = 1
 *   k2 = d² / 2       ∂ = d
 *   k3 = e⁻ᵈ + d − 1  ∂ = 1 − e⁻ᵈ     stops at 10 and at |d| = 20, where ∂ = 0
 */
export function klToken(estimator: KlEstimator, logProb: number, refLogProb: number): { readonly value: number; readonly derivative: number } {
  const d = logProb - refLogProb;
  switch (estimator) {
    case 'k1':
      return { value: d, derivative: 1 };
    case 'k2':
      return { value: (d * d) / 2, derivative: d };
    case 'k3': {
      const clamped = Math.min(MAX_LOG_RATIO, Math.max(-MAX_LOG_RATIO, d));
      const value = Math.exp(-clamped) + clamped - 1;
      return value > MAX_K3 ? { value: MAX_K3, derivative: 0 } : { value, derivative: clamped === d ? 1 - Math.exp(-d) : 0 };
    }
    default:
      return estimator satisfies never;
  }
}
