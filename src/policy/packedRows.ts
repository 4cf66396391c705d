// The tokens of a padded batch end to end. Only attention needs sequences side by side; all other layers then see no padding.
import type { SequenceBatch } from './types.ts';

/** N tokens, one a row. */
export interface PackedRows {
  /** [N] */ readonly tokens: Int32Array;
  /** Row of its patch, −1 where the token is none. [N] */ readonly patchRows: Int32Array;
  /** Index within the own sequence. [N] */ readonly positions: Int32Array;
  /** Row of the left neighbour, −1 at the start of a sequence. [N] */ readonly left: Int32Array;
  /** Row of the right neighbour, −1 at the end of a sequence. [N] */ readonly right: Int32Array;
  /** Place of each row in the padded batch, −1 for a row that only fills up. [N] */ readonly places: Int32Array;
  /** Row of each place in the padded batch, −1 for padding. [B · T] */ readonly rows: Int32Array;
}

/** Packs a batch; with fewer tokens than `least` it is filled up with rows that belong to no sequence. */
export function packRows({ shape: [B, T], lengths, tokens, patchRows }: SequenceBatch, least = 0): PackedRows {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const N = Math.max(total, least);
  const nowhere = (size: number): Int32Array => new Int32Array(size).fill(-1);
  const packed = {
    tokens: new Int32Array(N),
    patchRows: nowhere(N),
    positions: new Int32Array(N),
    left: nowhere(N),
    right: nowhere(N),
    places: nowhere(N),
    rows: nowhere(B * T),
  };
  let row = 0;
  lengths.forEach((length, b) => {
    for (let t = 0; t < length; t++, row++) {
      const place = b * T + t;
      packed.tokens[row] = tokens[place] as number;
      packed.patchRows[row] = patchRows[place] as number;
      packed.positions[row] = t;
      if (t > 0) packed.left[row] = row - 1;
      if (t < length - 1) packed.right[row] = row + 1;
      packed.places[row] = place;
      packed.rows[place] = row;
    }
  });
  return packed;
}
