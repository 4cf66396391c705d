import { describe, expect, it } from 'vitest';
import { NO_ROW } from './kernels/matMul.ts';
import { packBatch } from './packedBatch.ts';

describe('packBatch', () => {
  // Three sequences, padded to four tokens; the second is left out. Patches stand at the first token of each; the model wrote what the mask says.
  const batch = {
    shape: [3, 4],
    tokens: Int32Array.of(1, 3, 2, 3, /**/ 9, 9, 9, 9, /**/ 1, 2, 0, 0),
    lengths: Int32Array.of(4, 4, 2),
    patchRows: Int32Array.of(0, -1, -1, -1, /**/ 1, -1, -1, -1, /**/ 2, -1, -1, -1),
    patches: Float32Array.of(10, 11, 20, 21, 30, 31),
    mask: Uint8Array.of(1, 0, 1, 1, /**/ 0, 1, 1, 1, /**/ 0, 1, 0, 0),
  } as const;
  const packed = packBatch(batch, [0, 2], 5, 2);

  it('lays sequences end to end, each position with its token, patch, place and own row', () => {
    expect(packed).toMatchObject({ positions: 6, sequenceCount: 2, patchCount: 2 });
    expect([...packed.inputs]).toEqual([1, 0, 0, 0, 3, NO_ROW, 1, 1, 2, NO_ROW, 2, 2, 3, NO_ROW, 3, 3, 1, 1, 0, 4, 2, NO_ROW, 1, 5]);
    expect([...packed.sequences]).toEqual([0, 4, 4, 2]);
    expect([...packed.bounds]).toEqual([0, 4, 0, 4, 0, 4, 0, 4, 4, 6, 4, 6]);
    expect([...packed.patches]).toEqual([10, 11, 30, 31]);
    expect([...packed.patchPositions]).toEqual([0, 4]);
  });

  it('knows neighbours within a sequence alone', () => {
    expect([...packed.previous]).toEqual([NO_ROW, 0, 1, 2, NO_ROW, 4]);
    expect([...packed.following]).toEqual([1, 2, 3, NO_ROW, 5, NO_ROW]);
  });

  it("lists the model's tokens with the position that predicts each; nothing predicts a first token", () => {
    expect(packed.rows).toBe(3);
    expect([...packed.before]).toEqual([1, 2, 4]);
    expect([...packed.chosen]).toEqual([2, 3, 2]);
    expect([...packed.at]).toEqual([2, 3, 9]);
  });

  it('lists the positions of every token of the vocabulary', () => {
    expect([...packed.firstOccurrence]).toEqual([0, 0, 2, 4, 6, 6]); // tokens 0 to 4
    expect([...packed.occurrences]).toEqual([0, 4, 2, 5, 1, 3]);
  });
});
