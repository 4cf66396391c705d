// Tools with a measure of their own, in the place of their kind's.
import type { ToolCall } from './rollout.ts';
import type { PreparedCall, SimilarityOptions } from './similarity.ts';

/** Whether calls of this tool are compared by a measure of `similarities`. */
export function hasOwnSimilarity({ call }: PreparedCall, { similarities }: SimilarityOptions): boolean {
  return similarities !== undefined && Object.hasOwn(similarities, call.name);
}

/** What the measure says of two calls. Throws RangeError where that is no number in [0, 1]. */
export function ownSimilarity(a: ToolCall, b: ToolCall, { similarities }: SimilarityOptions): number {
  const value: unknown = similarities?.[a.name]?.(a, b);
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new RangeError(`similarities: expected a number in [0, 1] for two calls of ${a.name}, got ${String(value)}; mend the tool's measure`);
}
