// The transformer over packed sequences, forward and backward, as a list of kernels; the same mathematics as transformer.ts.
import { type Arena, logitStride } from './arena.ts';
import { attention } from './kernels/attention.ts';
import { embeddingGradient, positionGradient } from './kernels/embed.ts';
import { gainGradient } from './kernels/gain.ts';
import type { MatMulVariant } from './kernels/matMul.ts';
import { scoreGradient, scoreTokens } from './kernels/scores.ts';
import { SHARED_TILE } from './kernels/sharedTiles.ts';
import { splitOf, sumSplits } from './kernels/splits.ts';
import { embedPositions, type Model, multiply, normOf, type Operands, type Product, rowThreads, runLayer } from './layers.ts';
import type { PackedBatch } from './packedBatch.ts';
import type { LayerPlaces } from './weights.ts';

type MatrixGradient = Pick<MatMulVariant, 'readA' | 'mapped'>;

/** C (+)= Aᵀ · B, rows of C being `n` apart; in splits of k where a chip would idle otherwise. */
function addMatrixGradient(model: Model, variant: MatrixGradient, { c, ...operands }: Operands, product: Omit<Product, 'ldc'>, add: boolean, z = 1): void {
  const { m, n, k, cAt = 0, cStep = 0 } = product;
  const { splits, kSplit } = model.kernels.tiles === 'shared' ? splitOf(product, z, SHARED_TILE) : { splits: 1, kSplit: k };
  if (splits === 1) {
    multiply(model, { form: 'TN', ...variant, ...(add ? { write: 'add' } : {}) }, { ...operands, c }, { ...product, ldc: n }, z);
    return;
  }
  multiply(model, { form: 'TN', ...variant }, { ...operands, c: model.splits }, { ...product, ldc: n, cAt: 0, cStep: m * n, splits, kSplit }, z * splits);
  model.gpu.run(sumSplits, { parts: model.splits, c }, { size: m * n, products: z, splits, cAt, cStep, add: add ? 1 : 0 }, [(z * m * n) / 4]);
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

/** Through all layers to the scores of the model's tokens. */
export function forward(model: Model, arena: Arena, batch: PackedBatch): void {
  const { gpu, kernels, shape, places, weights, bias } = model;
  const { width: d, heads, vocabulary: V } = shape;
  const N = batch.positions;
  const { x } = arena;
  embedPositions(model, arena, { rows: N, patchCount: batch.patchCount, contentStride: d });
  arena.layers.forEach((layer, l) => {
    const { qkv, y, lse } = layer;
    runLayer(model, places.layers[l] as LayerPlaces, N, x, layer, () =>
      gpu.run(attention(d / heads).forward, { qkv, bounds: arena.bounds, y, lse }, { positions: N, heads }, [N * heads]),
    );
  });
  gpu.run(normOf(model).normalise, { x, unit: arena.unit, inverse: arena.inverse }, { rows: N, width: d }, rowThreads(model, N));
  const stride = logitStride(V);
  multiply(
    model,
    { form: 'NT', readA: 'gain', mapped: 'A', write: 'bias' },
    { a: arena.unit, b: weights, c: arena.logits, map: arena.before, extra: bias },
    { m: batch.rows, n: V, k: d, lda: d, ldb: d, ldc: stride, bAt: places.embedding, gainAt: places.gain },
  );
  gpu.run(
    scoreTokens({ lanes: kernels.rowLanes, subgroups: kernels.subgroups }),
    { logits: arena.logits, chosen: arena.chosen, scores: arena.scores, lse: arena.rowLse },
    { rows: batch.rows, vocabulary: V, stride },
    rowThreads(model, batch.rows),
  );
}

/** Gradient of the loss after `forward`, with the weights of the model's tokens in `arena.weights`. `add`: onto what an earlier part left. */
export function backward(model: Model, arena: Arena, batch: PackedBatch, { gradient, embedding }: Gradients, entropy: number, add: boolean): void {
  const { gpu, shape, places, weights } = model;
  const { width: d, hidden: F, heads, vocabulary: V, context, patch } = shape;
  const N = batch.positions;
  const M = batch.rows;
  const stride = logitStride(V);
  const { dx, dY, dQkv, dWide, dContent } = arena;
  const onto = add ? 1 : 0;
  /** gradient of a matrix: Σ over rows of aᵀ · b. */
  const matrixGradient = (variant: MatrixGradient, operands: Omit<Operands, 'c'>, product: Omit<Product, 'ldc'>, z?: number): void =>
    addMatrixGradient(model, variant, { ...operands, c: gradient }, product, add, z);
  const normBackward = (unit: GPUBuffer, inverse: GPUBuffer, gainAt: number, onResidual: 0 | 1): void =>
    gpu.run(normOf(model).gradient, { dy: dY, unit, inverse, weights, dx }, { rows: N, width: d, gainAt, add: onResidual }, rowThreads(model, N));

  gpu.run(
    scoreGradient,
    { logits: arena.logits, chosen: arena.chosen, scores: arena.scores, lse: arena.rowLse, weights: arena.weights },
    { rows: M, vocabulary: V, stride, entropy },
    [M * stride],
  );
  gpu.clear(dY);
  multiply(
    model,
    { form: 'NN', mapped: 'C' },
    { a: arena.logits, b: weights, c: dY, map: arena.before },
    { m: M, n: d, k: V, lda: stride, ldb: d, ldc: d, bAt: places.embedding },
  );
  matrixGradient({ mapped: 'B' }, { a: arena.logits, b: arena.unit, map: arena.before }, { m: V, n: d, k: M, lda: stride, ldb: d, cAt: places.embedding });
  normBackward(arena.unit, arena.inverse, places.gain, 0);

  const heads_ = { positions: N, heads };
  for (let l = shape.layers - 1; l >= 0; l--) {
    const layer = arena.layers[l] as Arena['layers'][number];
    const at = places.layers[l] as LayerPlaces;
    multiply(
      model,
      { form: 'NT', write: 'reluGradient' },
      { a: dx, b: weights, c: dWide, extra: layer.up },
      { m: N, n: F, k: d, lda: d, ldb: d, ldc: F, bAt: at.down },
    );
    matrixGradient({ readA: 'squaredRelu' }, { a: layer.up, b: dx }, { m: F, n: d, k: N, lda: F, ldb: d, cAt: at.down });
    multiply(model, { form: 'NT' }, { a: dWide, b: weights, c: dY }, { m: N, n: d, k: F, lda: F, ldb: F, ldc: d, bAt: at.up });
    matrixGradient({}, { a: layer.unit2, b: dWide }, { m: d, n: F, k: N, lda: d, ldb: F, cAt: at.up });
    normBackward(layer.unit2, layer.inverse2, at.mlpGain, 1);

    multiply(model, { form: 'NT' }, { a: dx, b: weights, c: dY }, { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: at.output });
    matrixGradient({}, { a: layer.y, b: dx }, { m: d, n: d, k: N, lda: d, ldb: d, cAt: at.output });
    const { queries, keys } = attention(d / heads);
    const shared = { qkv: layer.qkv, bounds: arena.bounds, dy: dY, lse: layer.lse, dots: arena.dots, dqkv: dQkv };
    gpu.run(queries, { ...shared, y: layer.y }, heads_, [N * heads]);
    gpu.run(keys, shared, heads_, [N * heads]);
    multiply(
      model,
      { form: 'NT' },
      { a: dQkv, b: weights, c: dY },
      { m: N, n: d, k: d, lda: 3 * d, ldb: d, ldc: d, bAt: at.query, parts: 3, aPart: d, bPart: d * d },
    );
    matrixGradient({}, { a: layer.unit1, b: dQkv }, { m: d, n: d, k: N, lda: d, ldb: 3 * d, bStep: d, cAt: at.query, cStep: d * d }, 3);
    normBackward(layer.unit1, layer.inverse1, at.attentionGain, 1);
  }

  multiply(
    model,
    { form: 'NT', mapped: 'A', write: 'plus' },
    { a: dx, b: weights, c: dContent, map: arena.following, extra: dx },
    { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: places.previous },
  );
  matrixGradient({ mapped: 'A' }, { a: arena.content, b: dx, map: arena.previous }, { m: d, n: d, k: N, lda: d, ldb: d, cAt: places.previous });
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
    { m: patch, n: d, k: batch.patchCount, lda: patch, ldb: d, cAt: places.patch },
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
