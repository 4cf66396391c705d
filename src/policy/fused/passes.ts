// The transformer over packed sequences, forward and backward, as a list of kernels; the same mathematics as transformer.ts.
import type { PolicyShape } from '../types.ts';
import { type Arena, logitStride } from './arena.ts';
import type { Gpu } from './gpu.ts';
import { attention } from './kernels/attention.ts';
import { embed, embeddingGradient, positionGradient } from './kernels/embed.ts';
import { gainGradient } from './kernels/gain.ts';
import { type MatMulVariant, matMul, matMulParameters, matMulThreads } from './kernels/matMul.ts';
import { normalise, normaliseGradient } from './kernels/norm.ts';
import { scoreGradient, scoreTokens } from './kernels/scores.ts';
import type { PackedBatch } from './packedBatch.ts';
import type { WeightPlaces } from './weights.ts';

export interface Model {
  readonly gpu: Gpu;
  readonly shape: PolicyShape;
  readonly places: WeightPlaces;
  /** All parameters, flat. */ readonly weights: GPUBuffer;
  /** 0, or far below for a token that is never written; padded. [V] */ readonly bias: GPUBuffer;
}

export interface Gradients {
  /** Flat, in the order of the parameters. */ readonly gradient: GPUBuffer;
  /** What tokens' own embeddings get, [V, d]: kept apart until the output layer's share has had its gain. */ readonly embedding: GPUBuffer;
}

/** Writes what kernels need of a batch. */
export function upload({ gpu }: Model, arena: Arena, batch: PackedBatch): void {
  for (const name of [
    'inputs',
    'bounds',
    'previous',
    'following',
    'sequences',
    'firstOccurrence',
    'occurrences',
    'patchPositions',
    'patches',
    'before',
    'chosen',
  ] as const)
    if (batch[name].length > 0) gpu.write(arena[name], batch[name]);
}

type Product = Parameters<typeof matMulParameters>[0];
type Operands = { readonly a: GPUBuffer; readonly b: GPUBuffer; readonly c: GPUBuffer; readonly map?: GPUBuffer; readonly extra?: GPUBuffer };

/** Records one product, or `z` of them. */
export function multiply(gpu: Gpu, variant: MatMulVariant, operands: Operands, product: Product, z = 1): void {
  gpu.run(matMul(variant), operands as Required<Operands>, matMulParameters(product), matMulThreads(product.m, product.n, z));
}

/** Through all layers to the scores of the model's tokens. */
export function forward({ gpu, shape, places, weights, bias }: Model, arena: Arena, batch: PackedBatch): void {
  const { width: d, hidden: F, heads, vocabulary: V, patch } = shape;
  const N = batch.positions;
  const rows = { rows: N, width: d };
  const { x, content, projected } = arena;
  multiply(
    gpu,
    { form: 'NN' },
    { a: arena.patches, b: weights, c: projected },
    { m: batch.patchCount, n: d, k: patch, lda: patch, ldb: d, ldc: d, bAt: places.patch },
  );
  gpu.run(
    embed,
    { inputs: arena.inputs, weights, patches: projected, content, x },
    { ...rows, embeddingAt: places.embedding, positionAt: places.position, contentStride: d },
    [(N * d) / 4],
  );
  multiply(
    gpu,
    { form: 'NN', mapped: 'A', write: 'add' },
    { a: content, b: weights, c: x, map: arena.previous },
    { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: places.previous },
  );
  const heads_ = { positions: N, heads };
  arena.layers.forEach((layer, l) => {
    const at = places.layers[l] as WeightPlaces['layers'][number];
    gpu.run(normalise, { x, unit: layer.unit1, inverse: layer.inverse1 }, rows, [N]);
    multiply(
      gpu,
      { form: 'NN', readA: 'gain' },
      { a: layer.unit1, b: weights, c: layer.qkv },
      { m: N, n: d, k: d, lda: d, ldb: d, ldc: 3 * d, bAt: at.query, bStep: d * d, cStep: d, gainAt: at.attentionGain },
      3,
    );
    gpu.run(attention(d / heads).forward, { qkv: layer.qkv, bounds: arena.bounds, y: layer.y, lse: layer.lse }, heads_, [N * heads]);
    multiply(gpu, { form: 'NN', write: 'add' }, { a: layer.y, b: weights, c: x }, { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: at.output });
    gpu.run(normalise, { x, unit: layer.unit2, inverse: layer.inverse2 }, rows, [N]);
    multiply(
      gpu,
      { form: 'NN', readA: 'gain' },
      { a: layer.unit2, b: weights, c: layer.up },
      { m: N, n: F, k: d, lda: d, ldb: F, ldc: F, bAt: at.up, gainAt: at.mlpGain },
    );
    multiply(
      gpu,
      { form: 'NN', readA: 'squaredRelu', write: 'add' },
      { a: layer.up, b: weights, c: x },
      { m: N, n: d, k: F, lda: F, ldb: d, ldc: d, bAt: at.down },
    );
  });
  gpu.run(normalise, { x, unit: arena.unit, inverse: arena.inverse }, rows, [N]);
  const stride = logitStride(V);
  multiply(
    gpu,
    { form: 'NT', readA: 'gain', mapped: 'A', write: 'bias' },
    { a: arena.unit, b: weights, c: arena.logits, map: arena.before, extra: bias },
    { m: batch.rows, n: V, k: d, lda: d, ldb: d, ldc: stride, bAt: places.embedding, gainAt: places.gain },
  );
  gpu.run(scoreTokens, { logits: arena.logits, chosen: arena.chosen, scores: arena.scores, lse: arena.rowLse }, { rows: batch.rows, vocabulary: V, stride }, [
    batch.rows,
  ]);
}

/** Gradient of the loss after `forward`, with the weights of the model's tokens in `arena.weights`. `add`: onto what an earlier part left. */
export function backward(
  { gpu, shape, places, weights }: Model,
  arena: Arena,
  batch: PackedBatch,
  { gradient, embedding }: Gradients,
  entropy: number,
  add: boolean,
): void {
  const { width: d, hidden: F, heads, vocabulary: V, context, patch } = shape;
  const N = batch.positions;
  const M = batch.rows;
  const stride = logitStride(V);
  const { dx, dY, dQkv, dWide, dContent } = arena;
  const rows = { rows: N, width: d };
  const onto = add ? 1 : 0;
  /** gradient of a matrix: Σ over rows of aᵀ · b. */
  const matrixGradient = (variant: Omit<MatMulVariant, 'form' | 'write'>, operands: Omit<Operands, 'c'>, product: Product, z = 1): void =>
    multiply(gpu, { form: 'TN', ...variant, ...(add ? { write: 'add' } : {}) }, { ...operands, c: gradient }, product, z);
  const normBackward = (unit: GPUBuffer, inverse: GPUBuffer, gainAt: number, onResidual: 0 | 1): void =>
    gpu.run(normaliseGradient, { dy: dY, unit, inverse, weights, dx }, { ...rows, gainAt, add: onResidual }, [N]);

  gpu.run(
    scoreGradient,
    { logits: arena.logits, chosen: arena.chosen, scores: arena.scores, lse: arena.rowLse, weights: arena.weights },
    { rows: M, vocabulary: V, stride, entropy },
    [M * stride],
  );
  gpu.clear(dY);
  multiply(
    gpu,
    { form: 'NN', mapped: 'C' },
    { a: arena.logits, b: weights, c: dY, map: arena.before },
    { m: M, n: d, k: V, lda: stride, ldb: d, ldc: d, bAt: places.embedding },
  );
  matrixGradient(
    { mapped: 'B' },
    { a: arena.logits, b: arena.unit, map: arena.before },
    { m: V, n: d, k: M, lda: stride, ldb: d, ldc: d, cAt: places.embedding },
  );
  normBackward(arena.unit, arena.inverse, places.gain, 0);

  const heads_ = { positions: N, heads };
  for (let l = shape.layers - 1; l >= 0; l--) {
    const layer = arena.layers[l] as Arena['layers'][number];
    const at = places.layers[l] as WeightPlaces['layers'][number];
    multiply(
      gpu,
      { form: 'NT', write: 'reluGradient' },
      { a: dx, b: weights, c: dWide, extra: layer.up },
      { m: N, n: F, k: d, lda: d, ldb: d, ldc: F, bAt: at.down },
    );
    matrixGradient({ readA: 'squaredRelu' }, { a: layer.up, b: dx }, { m: F, n: d, k: N, lda: F, ldb: d, ldc: d, cAt: at.down });
    multiply(gpu, { form: 'NT' }, { a: dWide, b: weights, c: dY }, { m: N, n: d, k: F, lda: F, ldb: F, ldc: d, bAt: at.up });
    matrixGradient({}, { a: layer.unit2, b: dWide }, { m: d, n: F, k: N, lda: d, ldb: F, ldc: F, cAt: at.up });
    normBackward(layer.unit2, layer.inverse2, at.mlpGain, 1);

    multiply(gpu, { form: 'NT' }, { a: dx, b: weights, c: dY }, { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: at.output });
    matrixGradient({}, { a: layer.y, b: dx }, { m: d, n: d, k: N, lda: d, ldb: d, ldc: d, cAt: at.output });
    const { queries, keys } = attention(d / heads);
    const shared = { qkv: layer.qkv, bounds: arena.bounds, dy: dY, lse: layer.lse, dots: arena.dots, dqkv: dQkv };
    gpu.run(queries, { ...shared, y: layer.y }, heads_, [N * heads]);
    gpu.run(keys, shared, heads_, [N * heads]);
    multiply(
      gpu,
      { form: 'NT' },
      { a: dQkv, b: weights, c: dY },
      { m: N, n: d, k: d, lda: 3 * d, ldb: d, ldc: d, bAt: at.query, parts: 3, aPart: d, bPart: d * d },
    );
    matrixGradient({}, { a: layer.unit1, b: dQkv }, { m: d, n: d, k: N, lda: d, ldb: 3 * d, ldc: d, bStep: d, cAt: at.query, cStep: d * d }, 3);
    normBackward(layer.unit1, layer.inverse1, at.attentionGain, 1);
  }

  multiply(
    gpu,
    { form: 'NT', mapped: 'A', write: 'plus' },
    { a: dx, b: weights, c: dContent, map: arena.following, extra: dx },
    { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: places.previous },
  );
  matrixGradient({ mapped: 'A' }, { a: arena.content, b: dx, map: arena.previous }, { m: d, n: d, k: N, lda: d, ldb: d, ldc: d, cAt: places.previous });
  gpu.run(
    positionGradient,
    { sequences: arena.sequences, dx, gradient },
    { sequenceCount: batch.sequenceCount, context, width: d, gradientAt: places.position, add: onto },
    [(context * d) / 4],
  );
  gpu.run(
    embeddingGradient,
    { first: arena.firstOccurrence, rowsOf: arena.occurrences, dContent, gradient: embedding },
    { vocabulary: V, width: d, add: onto },
    [(V * d) / 4],
  );
  matrixGradient(
    { mapped: 'B' },
    { a: arena.patches, b: dContent, map: arena.patchPositions },
    { m: patch, n: d, k: batch.patchCount, lda: patch, ldb: d, ldc: d, cAt: places.patch },
  );
}

/** Gains, once the gradients of all parts are there. */
export function finishGradients({ gpu, shape, places, weights }: Model, { gradient, embedding }: Gradients): void {
  const { width: d, hidden: F, vocabulary: V } = shape;
  const gain = (
    gainAt: number,
    matrixAt: number,
    rest: { columns: number; matrices?: number; matrixStep?: number; rowStep?: number; columnStep?: number; plus?: number },
  ): void =>
    gpu.run(
      gainGradient,
      { weights, gradient, others: embedding },
      { width: d, gainAt, matrixAt, matrices: 1, matrixStep: 0, rowStep: rest.columns, columnStep: 1, plus: 0, ...rest },
      [d],
    );
  for (const at of places.layers) {
    gain(at.attentionGain, at.query, { columns: d, matrices: 3, matrixStep: d * d });
    gain(at.mlpGain, at.up, { columns: F });
  }
  gain(places.gain, places.embedding, { columns: V, rowStep: 1, columnStep: d, plus: 1 });
}
