// What the passes over packed sequences and a session's reading have in common: products, the embedding of positions, and one layer.
import type { PolicyShape } from '../types.ts';
import type { LayerBuffers } from './arena.ts';
import type { Gpu } from './gpu.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { embed } from './kernels/embed.ts';
import { type MatMulVariant, matMul, matMulParameters, matMulThreads } from './kernels/matMul.ts';
import { type NormPrograms, norm } from './kernels/norm.ts';
import type { LayerPlaces, WeightPlaces } from './weights.ts';

export interface Model {
  readonly gpu: Gpu;
  readonly kernels: KernelChoice;
  readonly shape: PolicyShape;
  readonly places: WeightPlaces;
  /** All parameters, flat. */ readonly weights: GPUBuffer;
  /** Room for what splits of a product leave. */ readonly splits: GPUBuffer;
  /** 0, or far below for a token that is never written; padded. [V] */ readonly bias: GPUBuffer;
}

export type Product = Parameters<typeof matMulParameters>[0];
export type Operands = { readonly a: GPUBuffer; readonly b: GPUBuffer; readonly c: GPUBuffer; readonly map?: GPUBuffer; readonly extra?: GPUBuffer };

/** Records one product, or `z` of them. */
export function multiply({ gpu, kernels: { tiles } }: Model, variant: MatMulVariant, operands: Operands, product: Product, z = 1): void {
  gpu.run(matMul({ ...variant, tiles }), operands as Required<Operands>, matMulParameters(product), matMulThreads(tiles, product.m, product.n, z));
}

export function normOf({ kernels: { rowLanes: lanes, subgroups } }: Model): NormPrograms {
  return norm({ lanes, subgroups });
}

/** Buffers of the positions that are embedded: `content` has rows `contentStride` apart, where a place is more than its content. */
export interface EmbedBuffers {
  readonly inputs: GPUBuffer;
  readonly patches: GPUBuffer;
  readonly projected: GPUBuffer;
  readonly content: GPUBuffer;
  readonly previous: GPUBuffer;
  readonly x: GPUBuffer;
}

/** content = E[token] + projected patch;  x = content + position + what the left neighbour's content hands over. */
export function embedPositions(
  model: Model,
  { inputs, patches, projected, content, previous, x }: EmbedBuffers,
  { rows, patchCount, contentStride }: { readonly rows: number; readonly patchCount: number; readonly contentStride: number },
): void {
  const { gpu, shape, places, weights } = model;
  const { width: d, patch } = shape;
  multiply(model, { form: 'NN' }, { a: patches, b: weights, c: projected }, { m: patchCount, n: d, k: patch, lda: patch, ldb: d, ldc: d, bAt: places.patch });
  gpu.run(
    embed,
    { inputs, weights, patches: projected, content, x },
    { rows, width: d, embeddingAt: places.embedding, positionAt: places.position, contentStride },
    [(rows * d) / 4],
  );
  multiply(
    model,
    { form: 'NN', mapped: 'A', write: 'add' },
    { a: content, b: weights, c: x, map: previous },
    { m: rows, n: d, k: d, lda: contentStride, ldb: d, ldc: d, bAt: places.previous },
  );
}

/** One layer, in place on x [rows, d]; `attend` makes `buffers.y` of `buffers.qkv`. */
export function runLayer(model: Model, at: LayerPlaces, rows: number, x: GPUBuffer, buffers: Omit<LayerBuffers, 'lse'>, attend: () => void): void {
  const { gpu, shape, weights } = model;
  const { width: d, hidden: F } = shape;
  const { normalise } = normOf(model);
  const { unit1, inverse1, qkv, y, unit2, inverse2, up } = buffers;
  gpu.run(normalise, { x, unit: unit1, inverse: inverse1 }, { rows, width: d }, rowThreads(model, rows));
  multiply(
    model,
    { form: 'NN', readA: 'gain' },
    { a: unit1, b: weights, c: qkv },
    { m: rows, n: d, k: d, lda: d, ldb: d, ldc: 3 * d, bAt: at.query, bStep: d * d, cStep: d, gainAt: at.attentionGain },
    3,
  );
  attend();
  multiply(model, { form: 'NN', write: 'add' }, { a: y, b: weights, c: x }, { m: rows, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: at.output });
  gpu.run(normalise, { x, unit: unit2, inverse: inverse2 }, { rows, width: d }, rowThreads(model, rows));
  multiply(
    model,
    { form: 'NN', readA: 'gain' },
    { a: unit2, b: weights, c: up },
    { m: rows, n: F, k: d, lda: d, ldb: F, ldc: F, bAt: at.up, gainAt: at.mlpGain },
  );
  multiply(
    model,
    { form: 'NN', readA: 'squaredRelu', write: 'add' },
    { a: up, b: weights, c: x },
    { m: rows, n: d, k: F, lda: F, ldb: d, ldc: d, bAt: at.down },
  );
}

/** Threads of a kernel of norms or logits over so many rows. */
export const rowThreads = ({ kernels: { rowLanes } }: Model, rows: number): readonly [number] => [rowLanes * rows];
