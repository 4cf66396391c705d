// A batch as the kernels take it: sequences end to end without padding, and lists that say who belongs to whom.
import type { SequenceBatch } from '../types.ts';
import { NO_ROW } from './kernels/matMul.ts';

export interface PackedBatch {
  /** Positions of all sequences together. */
  readonly positions: number;
  /** Tokens of the model. */
  readonly rows: number;
  readonly sequenceCount: number;
  readonly patchCount: number;
  /** Token, patch row, position, own row: [positions, 4]. */ readonly inputs: Uint32Array<ArrayBuffer>;
  /** First position of the own sequence, and the one after its last: [positions, 2]. */ readonly bounds: Uint32Array<ArrayBuffer>;
  /** Row of the left neighbour, [positions]. */ readonly previous: Uint32Array<ArrayBuffer>;
  /** Row of the right neighbour, [positions]. */ readonly following: Uint32Array<ArrayBuffer>;
  /** Start and length, [sequences, 2]. */ readonly sequences: Uint32Array<ArrayBuffer>;
  /** Where a token's positions begin in `occurrences`, [V + 1]. */ readonly firstOccurrence: Uint32Array<ArrayBuffer>;
  readonly occurrences: Uint32Array<ArrayBuffer>;
  /** Position that each patch stands at, [patches]; `NO_ROW`: none. */ readonly patchPositions: Uint32Array<ArrayBuffer>;
  /** [patches, shape.patch] */ readonly patches: Float32Array<ArrayBuffer>;
  /** The position that predicts each of the model's tokens, [rows]. */ readonly before: Uint32Array<ArrayBuffer>;
  /** The model's tokens, [rows]. */ readonly chosen: Uint32Array<ArrayBuffer>;
  /** Where they stand in the batch, [rows]. */ readonly at: Uint32Array<ArrayBuffer>;
}

/** Packs some of the sequences of a batch. `patch` is the length of a patch. */
export function packBatch(batch: SequenceBatch, which: readonly number[], vocabulary: number, patch: number): PackedBatch {
  const T = batch.shape[1];
  const lengths = which.map((b) => batch.lengths[b] as number);
  const positions = lengths.reduce((sum, length) => sum + length, 0);
  const inputs = new Uint32Array(4 * positions);
  const bounds = new Uint32Array(2 * positions);
  const previous = new Uint32Array(positions);
  const following = new Uint32Array(positions);
  const sequences = new Uint32Array(2 * which.length);
  const before: number[] = [];
  const chosen: number[] = [];
  const at: number[] = [];
  const patchPositions: number[] = [];
  const patchRows: number[] = [];
  let n = 0;
  which.forEach((b, s) => {
    const start = n;
    const length = lengths[s] as number;
    sequences.set([start, length], 2 * s);
    for (let t = 0; t < length; t++, n++) {
      const i = b * T + t;
      const token = batch.tokens[i] as number;
      const patchRow = batch.patchRows[i] as number;
      inputs.set([token, patchRow < 0 ? NO_ROW : patchRows.length, t, n], 4 * n);
      if (patchRow >= 0) {
        patchRows.push(patchRow);
        patchPositions.push(n);
      }
      bounds.set([start, start + length], 2 * n);
      previous[n] = t === 0 ? NO_ROW : n - 1;
      following[n] = t === length - 1 ? NO_ROW : n + 1;
      if (t > 0 && batch.mask[i] === 1) {
        before.push(n - 1);
        chosen.push(token);
        at.push(i);
      }
    }
  });
  const patches = new Float32Array(patchRows.length * patch);
  patchRows.forEach((from, to) => {
    patches.set(batch.patches.subarray(from * patch, (from + 1) * patch), to * patch);
  });
  return {
    positions,
    rows: chosen.length,
    sequenceCount: which.length,
    patchCount: patchRows.length,
    inputs,
    bounds,
    previous,
    following,
    sequences,
    ...listOccurrences(inputs, vocabulary),
    patchPositions: Uint32Array.from(patchPositions),
    patches,
    before: Uint32Array.from(before),
    chosen: Uint32Array.from(chosen),
    at: Uint32Array.from(at),
  };
}

/** Positions by token, in order: a counting sort. */
function listOccurrences(inputs: Uint32Array, vocabulary: number): Pick<PackedBatch, 'firstOccurrence' | 'occurrences'> {
  const positions = inputs.length / 4;
  const firstOccurrence = new Uint32Array(vocabulary + 1);
  for (let n = 0; n < positions; n++) {
    const next = (inputs[4 * n] as number) + 1;
    firstOccurrence[next] = (firstOccurrence[next] as number) + 1;
  }
  for (let v = 0; v < vocabulary; v++) firstOccurrence[v + 1] = (firstOccurrence[v + 1] as number) + (firstOccurrence[v] as number);
  const filled = firstOccurrence.slice(0, vocabulary);
  const occurrences = new Uint32Array(positions);
  for (let n = 0; n < positions; n++) {
    const token = inputs[4 * n] as number;
    const to = filled[token] as number;
    occurrences[to] = n;
    filled[token] = to + 1;
  }
  return { firstOccurrence, occurrences };
}
