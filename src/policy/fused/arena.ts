// The buffers of one pass: sizes are planned before anything is allocated, grow in steps, and are kept from pass to pass.
import type { PolicyShape } from '../types.ts';
import type { Gpu } from './gpu.ts';
import type { PackedBatch } from './packedBatch.ts';

export interface LayerBuffers {
  readonly unit1: GPUBuffer;
  readonly inverse1: GPUBuffer;
  readonly qkv: GPUBuffer;
  readonly y: GPUBuffer;
  readonly lse: GPUBuffer;
  readonly unit2: GPUBuffer;
  readonly inverse2: GPUBuffer;
  readonly up: GPUBuffer;
}

type Names =
  | 'inputs'
  | 'bounds'
  | 'previous'
  | 'following'
  | 'sequences'
  | 'firstOccurrence'
  | 'occurrences'
  | 'patchPositions'
  | 'patches'
  | 'projected'
  | 'before'
  | 'chosen'
  | 'x'
  | 'content'
  | 'dx'
  | 'dContent'
  | 'dY'
  | 'dQkv'
  | 'dWide'
  | 'dots'
  | 'unit'
  | 'inverse'
  | 'logits'
  | 'scores'
  | 'rowLse'
  | 'weights';

export interface Arena extends Readonly<Record<Names, GPUBuffer>> {
  readonly layers: readonly LayerBuffers[];
}

/** Sizes of a pass. */
export type PassSize = Pick<PackedBatch, 'positions' | 'rows' | 'sequenceCount' | 'patchCount'>;

/** Rows of logits are this far apart, numbers. */
export const logitStride = (vocabulary: number): number => 4 * Math.ceil(vocabulary / 4);

/** Bytes of each buffer. */
function plan(
  shape: PolicyShape,
  { positions: N, rows: M, sequenceCount, patchCount: P }: PassSize,
): { readonly shared: Readonly<Record<Names, number>>; readonly layer: Readonly<Record<keyof LayerBuffers, number>> } {
  const { width: d, hidden: F, heads: H, vocabulary: V, patch } = shape;
  const bytes = (numbers: number): number => 4 * numbers;
  return {
    shared: {
      inputs: bytes(4 * N),
      bounds: bytes(2 * N),
      previous: bytes(N),
      following: bytes(N),
      sequences: bytes(2 * sequenceCount),
      firstOccurrence: bytes(V + 1),
      occurrences: bytes(N),
      patchPositions: bytes(P),
      patches: bytes(P * patch),
      projected: bytes(P * d),
      before: bytes(M),
      chosen: bytes(M),
      x: bytes(N * d),
      content: bytes(N * d),
      dx: bytes(N * d),
      dContent: bytes(N * d),
      dY: bytes(N * d),
      dQkv: bytes(3 * N * d),
      dWide: bytes(N * F),
      dots: bytes(N * H),
      unit: bytes(N * d),
      inverse: bytes(N),
      logits: bytes(M * logitStride(V)),
      scores: bytes(2 * M),
      rowLse: bytes(M),
      weights: bytes(M),
    },
    layer: {
      unit1: bytes(N * d),
      inverse1: bytes(N),
      qkv: bytes(3 * N * d),
      y: bytes(N * d),
      lse: bytes(N * H),
      unit2: bytes(N * d),
      inverse2: bytes(N),
      up: bytes(N * F),
    },
  };
}

/** Bytes that a pass of this size takes. */
export function passBytes(shape: PolicyShape, size: PassSize): number {
  const { shared, layer } = plan(shape, size);
  const sum = (sizes: Readonly<Record<string, number>>): number => Object.values(sizes).reduce((total, bytes) => total + bytes, 0);
  return sum(shared) + shape.layers * sum(layer);
}

/** Bytes of the greatest buffer of a pass of this size. */
export function greatestBuffer(shape: PolicyShape, size: PassSize): number {
  const { shared, layer } = plan(shape, size);
  return Math.max(...Object.values(shared), ...Object.values(layer));
}

/** The GPU has no room for the buffers of a pass. */
export class OutOfRoom extends Error {}

/** Gives an arena that is large enough, the same one as long as it is. Rejects with OutOfRoom. */
export function createArenas(gpu: Gpu, shape: PolicyShape): { readonly arenaFor: (size: PassSize) => Promise<Arena>; readonly dispose: () => void } {
  let room: PassSize | null = null;
  let arena: Arena | null = null;
  const release = (): void => {
    if (!arena) return;
    const { layers, ...shared } = arena;
    for (const buffer of [...Object.values(shared), ...layers.flatMap((layer) => Object.values(layer))]) gpu.release(buffer as GPUBuffer);
    [arena, room] = [null, null];
  };
  return {
    async arenaFor({ positions, rows, sequenceCount, patchCount }) {
      const size: PassSize = { positions, rows, sequenceCount, patchCount };
      const names = Object.keys(size) as (keyof PassSize)[];
      if (arena && names.every((name) => size[name] <= (room as PassSize)[name])) return arena;
      // an eighth more than asked for, so that the next batch, a little longer, fits as well
      const grown = Object.fromEntries(names.map((name) => [name, Math.max(room?.[name] ?? 0, Math.ceil((size[name] * 9) / 8))])) as unknown as PassSize;
      release();
      room = greatestBuffer(shape, grown) <= gpu.greatestBuffer ? grown : size;
      const { shared, layer } = plan(shape, room);
      const make = <N extends string>(sizes: Readonly<Record<N, number>>): Record<N, GPUBuffer> =>
        Object.fromEntries(Object.entries<number>(sizes).map(([name, bytes]) => [name, gpu.buffer(bytes, name)])) as Record<N, GPUBuffer>;
      const made: Arena = { ...make(shared), layers: Array.from({ length: shape.layers }, () => make(layer)) };
      arena = made;
      if (await gpu.allocated()) return made;
      const asked = Math.ceil(passBytes(shape, room) / 2 ** 20);
      release();
      throw new OutOfRoom(`policy: the GPU has no room for ${asked} MiB of activations; use a smaller model or shorter texts, or close what else uses it`);
    },
    dispose: release,
  };
}
