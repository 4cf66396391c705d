// What every engine asks of a batch and of a state that it is to take over.
import type { PolicyShape, PolicyState, SequenceBatch, TokenScores } from './types.ts';

export function emptyScores({ shape: [B, T] }: SequenceBatch): TokenScores {
  return { logProbs: new Float32Array(B * T), entropies: new Float32Array(B * T) };
}

/** The batch itself. Throws RangeError if it does not fit the shape. */
export function checkedBatch({ context, vocabulary }: PolicyShape, batch: SequenceBatch): SequenceBatch {
  const [B, T] = batch.shape;
  if (batch.tokens.length !== B * T || batch.mask.length !== B * T || batch.patchRows.length !== B * T)
    throw new RangeError(
      `policy: tokens, mask and patchRows must hold B·T = ${B}·${T} entries, got ${batch.tokens.length}, ${batch.mask.length}, ${batch.patchRows.length}`,
    );
  if (T > context) throw new RangeError(`policy: expected at most ${context} tokens a sequence, got ${T}`);
  const bad = batch.tokens.find((token) => token < 0 || token >= vocabulary);
  if (bad !== undefined) throw new RangeError(`policy: expected tokens from 0 to ${vocabulary - 1}, got ${bad}`);
  return batch;
}

/** Throws RangeError if a state is of another shape. */
export function checkState(shape: PolicyShape, state: PolicyState): void {
  for (const key of Object.keys(shape) as (keyof PolicyShape)[])
    if (state.shape[key] !== shape[key])
      throw new RangeError(`policy: expected ${key} ${shape[key]}, got ${state.shape[key]}; load it into a policy of its own shape`);
}
