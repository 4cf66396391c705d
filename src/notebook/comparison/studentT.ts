// Quantiles of Student's t for whole degrees of freedom.

/**
 * P(|T| ≤ t) of Student's t with ν degrees of freedom, as a finite sum; Abramowitz & Stegun (1964), 26.7.3 and 26.7.4:
 *
 *   θ = arctan(t / √ν)
 *   ν odd:   (2/π) · (θ + sin θ · (cos θ + 2/3 · cos³θ + … + (2·4⋯(ν−3)) / (1·3⋯(ν−2)) · cos^(ν−2) θ))      ν = 1: 2θ/π
 *   ν even:  sin θ · (1 + 1/2 · cos²θ + (1·3)/(2·4) · cos⁴θ + … + (1·3⋯(ν−3)) / (2·4⋯(ν−2)) · cos^(ν−2) θ)
 */
function centralShare(theta: number, nu: number): number {
  const odd = nu % 2 === 1;
  const squared = Math.cos(theta) ** 2;
  let term = odd ? Math.cos(theta) : 1;
  let sum = nu === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= nu - 2; power += 2) {
    term *= ((power - 1) / power) * squared;
    sum += term;
  }
  const part = Math.sin(theta) * sum;
  return odd ? (2 / Math.PI) * (theta + part) : part;
}

/**
 * The t that |T| stays below with the given probability: 2.776… for 0.95 and 4 degrees of freedom. Found by halving θ's interval, which
 * ends at the precision of a double. Throws RangeError unless `nu` is a whole number ≥ 1 and 0 < confidence < 1.
 */
export function studentT(confidence: number, nu: number): number {
  if (!Number.isInteger(nu) || nu < 1) throw new RangeError(`studentT: expected whole degrees of freedom ≥ 1, got ${nu}`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`studentT: expected a confidence between 0 and 1, got ${confidence}`);
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (centralShare(middle, nu) < confidence) low = middle;
    else high = middle;
  }
  return Math.sqrt(nu) * Math.tan(low);
}
