// From the logits of one position to the likeliest next tokens, with their exact log-probs.
import type { NextTokens } from './types.ts';

/** Logits at or below this belong to tokens that are never written. */
export const NEVER = -1e9;

/**
 *   log π(v) = z_v − log Σ exp z        over one position's logits z [V], in double precision
 *
 * At most `count` tokens, the likeliest first, ties by id; those that are never written are left out.
 */
export function likeliestTokens(logits: ArrayLike<number>, count: number): NextTokens {
  const written = Array.from({ length: logits.length }, (_, id) => id).filter((id) => (logits[id] as number) > NEVER / 2);
  const most = written.reduce((top, id) => Math.max(top, logits[id] as number), Number.NEGATIVE_INFINITY);
  const logSum = most + Math.log(written.reduce((sum, id) => sum + Math.exp((logits[id] as number) - most), 0));
  const tokens = written.sort((a, b) => (logits[b] as number) - (logits[a] as number) || a - b).slice(0, count);
  return { tokens, logProbs: tokens.map((id) => (logits[id] as number) - logSum) };
}
