import { describe, expect, it } from 'vitest';
import { packRows } from './packedRows.ts';

const batch = {
  shape: [2, 3] as const,
  lengths: Int32Array.of(2, 3),
  tokens: Int32Array.of(7, 8, 0, 4, 5, 6),
  patchRows: Int32Array.of(-1, 0, -1, -1, 1, -1),
  patches: new Float32Array(0),
  mask: new Uint8Array(6),
};

describe('packRows(batch, least)', () => {
  it('puts the tokens end to end and knows their neighbours and places', () => {
    expect(packRows(batch)).toEqual({
      tokens: Int32Array.of(7, 8, 4, 5, 6),
      patchRows: Int32Array.of(-1, 0, -1, 1, -1),
      positions: Int32Array.of(0, 1, 0, 1, 2),
      left: Int32Array.of(-1, 0, -1, 2, 3),
      right: Int32Array.of(1, -1, 3, 4, -1),
      places: Int32Array.of(0, 1, 3, 4, 5),
      rows: Int32Array.of(0, 1, -1, 2, 3, 4),
    });
  });
  it('fills up with rows that belong to no sequence', () => {
    const { tokens, places, left, right } = packRows(batch, 8);
    expect([...tokens]).toEqual([7, 8, 4, 5, 6, 0, 0, 0]);
    expect([...places.subarray(5)]).toEqual([-1, -1, -1]);
    expect([...left.subarray(5), ...right.subarray(5)]).toEqual([-1, -1, -1, -1, -1, -1]);
  });
});
