// Splits a batch into parts of sequences alike in length, each cut to its longest: less padding, less memory, the same gradient.
import type { SequenceBatch } from './types.ts';

export interface BatchPart {
  readonly batch: SequenceBatch;
  /** Writes values at positions `at` of this part to where they belong in the whole batch. */
  scatter(values: ArrayLike<number>, at: Int32Array, target: Float32Array): void;
  /** Reads the values at positions `at` of this part from the whole batch. */
  gather(source: Float32Array, at: Int32Array): Float32Array;
}

/** Lengths are rounded up to a multiple of this, so that few shapes occur (buffers are pooled by exact size). */
const LENGTH_STEP = 16;

/** Parts of at most `size` sequences, longest first. */
export function microBatches(batch: SequenceBatch, size = 32): BatchPart[] {
  const [B] = batch.shape;
  const order = Array.from({ length: B }, (_, i) => i).sort((a, b) => (batch.lengths[b] as number) - (batch.lengths[a] as number) || a - b);
  const parts: BatchPart[] = [];
  for (let start = 0; start < B; start += size) parts.push(partOf(batch, order.slice(start, start + size)));
  return parts;
}

function partOf(batch: SequenceBatch, rows: readonly number[]): BatchPart {
  const wholeT = batch.shape[1];
  const longest = Math.max(...rows.map((row) => batch.lengths[row] as number), 1);
  const T = Math.min(wholeT, Math.ceil(longest / LENGTH_STEP) * LENGTH_STEP);
  const place = (i: number): number => (rows[Math.floor(i / T)] as number) * wholeT + (i % T);
  const pick = <A extends Int32Array | Uint8Array>(source: A, empty: A): A => {
    rows.forEach((row, i) => {
      empty.set(source.subarray(row * wholeT, row * wholeT + T), i * T);
    });
    return empty;
  };
  const part: SequenceBatch = {
    shape: [rows.length, T],
    tokens: pick(batch.tokens, new Int32Array(rows.length * T)),
    lengths: Int32Array.from(rows, (row) => batch.lengths[row] as number),
    patchRows: pick(batch.patchRows, new Int32Array(rows.length * T)),
    mask: pick(batch.mask, new Uint8Array(rows.length * T)),
    patches: batch.patches,
  };
  return {
    batch: part,
    scatter: (values, at, target) => {
      for (let i = 0; i < at.length; i++) target[place(at[i] as number)] = values[i] as number;
    },
    gather: (source, at) => Float32Array.from(at, (i) => source[place(i)] as number),
  };
}
