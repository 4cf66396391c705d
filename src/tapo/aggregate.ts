// How token losses become one number: the factor that each token's loss gets. Named as in verl's agg_loss.

/**
 * tokenMean: over all model tokens of the batch · sequenceMeanTokenMean: over a sequence's tokens, then over sequences ·
 * sequenceMeanTokenSum: sum over a sequence's tokens, mean over sequences · constant: sum / (B · maxLength).
 */
export type Aggregation = 'tokenMean' | 'sequenceMeanTokenMean' | 'sequenceMeanTokenSum' | 'constant';

/**
 * Factors [B · T] such that loss = Σ factor · token loss. Masked tokens get 0; a sequence without model tokens is left out of
 * sequence means; an empty mask gives all zeros.
 */
export function aggregationFactors(aggregation: Aggregation, mask: ArrayLike<number>, [B, T]: readonly [number, number], maxLength = T): Float64Array {
  const counts = Array.from({ length: B }, (_, i) => countTokens(mask, i * T, T)); // [B]
  const sequences = counts.filter((n) => n > 0).length;
  const tokens = counts.reduce((total, n) => total + n, 0);
  const factorOf = (n: number): number => {
    switch (aggregation) {
      case 'tokenMean':
        return 1 / tokens;
      case 'sequenceMeanTokenMean':
        return 1 / (sequences * n);
      case 'sequenceMeanTokenSum':
        return 1 / sequences;
      case 'constant':
        return 1 / (B * maxLength);
      default:
        return aggregation satisfies never;
    }
  };
  const factors = new Float64Array(B * T);
  counts.forEach((n, i) => {
    if (n === 0) return;
    const factor = factorOf(n);
    for (let t = i * T; t < (i + 1) * T; t++) if (mask[t]) factors[t] = factor;
  });
  return factors;
}

function countTokens(mask: ArrayLike<number>, start: number, length: number): number {
  let count = 0;
  for (let t = start; t < start + length; t++) if (mask[t]) count++;
  return count;
}
