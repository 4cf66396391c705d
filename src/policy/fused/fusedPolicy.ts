// FusedPolicy: the policy in hand-written WebGPU kernels, for rollouts and updates near what the adapter can give. See passes.ts and decode.ts.
import { NEVER } from '../likeliestTokens.ts';
import { initialParameters, parameterTable } from '../parameters.ts';
import { checkedBatch, checkState, emptyScores } from '../sequenceBatch.ts';
import type { Policy, PolicyShape, PolicyState, SequenceBatch, TokenScores, TokenWeights, UpdateMetrics, UpdateOptions } from '../types.ts';
import { type Arena, createArenas, greatestBuffer, logitStride, OutOfRoom, type PassSize, passBytes } from './arena.ts';
import { startFusedSession } from './fusedSession.ts';
import { createGpu, type GpuCounts } from './gpu.ts';
import { chooseKernels, type KernelChoice } from './kernelChoice.ts';
import { adamW, adamWParameters, judgeNorm, NORM_PARTS, squareSums } from './kernels/adamW.ts';
import { SPLIT_ROOM } from './kernels/splits.ts';
import type { Model } from './layers.ts';
import { type PackedBatch, packBatch } from './packedBatch.ts';
import { backward, finishGradients, forward, upload } from './passes.ts';
import { createScratch } from './scratch.ts';
import { misfitOf, weightPlaces } from './weights.ts';

export interface FusedOptions {
  /** Tokens that may stand in a text but are never written. */
  readonly unwritable: readonly number[];
  /** Seed of fresh parameters. Default 0. */
  readonly seed?: number;
  /** Shapes of the kernels. Default: what fits the adapter. */
  readonly kernels?: Partial<KernelChoice>;
  /** Bytes that the activations of one pass may take; longer batches run in parts. Default 512 MiB. */
  readonly activationBytes?: number;
}

export interface FusedPolicy extends Policy {
  /** Dispatches, read-backs and bytes so far. */
  counts(): GpuCounts;
}

/** A policy on a WebGPU device, with fresh parameters. Throws RangeError for a shape that the kernels do not fit. */
export function createFusedPolicy(device: GPUDevice, shape: PolicyShape, options: FusedOptions): FusedPolicy {
  const { unwritable, seed = 0 } = options;
  let { activationBytes = 512 * 2 ** 20 } = options;
  const kernels = { ...chooseKernels(device), ...options.kernels };
  const misfit = misfitOf(shape, kernels, device.limits);
  if (misfit !== null) throw new RangeError(`fused policy: ${misfit}; use the reference policy for this shape`);
  const gpu = createGpu(device);
  const places = weightPlaces(shape);
  const bytes = 4 * places.total;
  const [weights, gradient, first, second] = ['parameters', 'gradient', 'first moments', 'second moments'].map((label) => gpu.buffer(bytes, label)) as [
    GPUBuffer,
    GPUBuffer,
    GPUBuffer,
    GPUBuffer,
  ];
  const embeddingGradient = gpu.buffer(4 * shape.vocabulary * shape.width, 'gradient of embeddings');
  const decayed = gpu.buffer(places.total, 'where weight decay acts');
  gpu.write(decayed, decayedFlags(shape));
  const bias = gpu.buffer(4 * logitStride(shape.vocabulary), 'bias of logits');
  gpu.write(bias, biasOf(shape, unwritable));
  const sums = gpu.buffer(4 * NORM_PARTS, 'sums of squares');
  const verdict = gpu.buffer(16, 'norm of the gradient');
  const splits = gpu.buffer(kernels.tiles === 'shared' ? 4 * SPLIT_ROOM : 0, 'splits of products');
  const model: Model = { gpu, kernels, shape, places, weights, splits, bias };
  const gradients = { gradient, embedding: embeddingGradient };
  const arenas = createArenas(gpu, shape);
  const scratch = createScratch(gpu);
  let step = 0;
  let trained = false;
  gpu.write(weights, initialParameters(shape, seed) as Float32Array<ArrayBuffer>);

  const split = (batch: SequenceBatch, most?: number): PackedBatch[] => {
    checkedBatch(shape, batch);
    const parts = partition(shape, batch, { activationBytes, greatest: gpu.greatestBuffer, ...(most === undefined ? {} : { most }) });
    return parts.map((which) => packBatch(batch, which, shape.vocabulary, shape.patch)).filter(({ rows }) => rows > 0);
  };
  /** Does the work in parts; in smaller ones if the GPU has no room for the activations. */
  const inParts = async <T>(batch: SequenceBatch, most: number | undefined, work: (parts: readonly PackedBatch[]) => Promise<T>): Promise<T> => {
    for (;;) {
      const parts = split(batch, most);
      try {
        return await work(parts);
      } catch (error) {
        if (!(error instanceof OutOfRoom) || parts.every(({ sequenceCount }) => sequenceCount === 1)) throw error;
        activationBytes /= 2;
      }
    }
  };
  const run = async (part: PackedBatch): Promise<Arena> => {
    const arena = await arenas.arenaFor(part);
    upload(model, arena, part);
    forward(model, arena, part);
    return arena;
  };
  const scatter = (part: PackedBatch, read: ArrayBuffer, into: TokenScores): void => {
    const values = new Float32Array(read);
    part.at.forEach((i, m) => {
      into.logProbs[i] = values[2 * m] as number;
      into.entropies[i] = values[2 * m + 1] as number;
    });
  };
  const scoresOf = async (batch: SequenceBatch, parts: readonly PackedBatch[]): Promise<TokenScores> => {
    const found = emptyScores(batch);
    for (const part of parts) {
      const { scores } = await run(part);
      const [read] = await gpu.read([{ buffer: scores, bytes: 8 * part.rows }]);
      scatter(part, read as ArrayBuffer, found);
    }
    return found;
  };

  /** Leaves the gradients of all parts in their buffers and gives the scores before the step; null if the model wrote no token. */
  const gradientsOf = async (
    batch: SequenceBatch,
    parts: readonly PackedBatch[],
    tokenWeights: TokenWeights,
    entropyCoefficient: number,
  ): Promise<TokenScores | null> => {
    if (parts.length === 0) return null;
    // weights that depend on the log-probs: those come first, and the part that was run last need not be run again
    const asked = typeof tokenWeights === 'function' ? await scoresOf(batch, parts) : null;
    const known = typeof tokenWeights === 'function' ? tokenWeights((asked as TokenScores).logProbs) : tokenWeights;
    const found = asked ?? emptyScores(batch);
    const order = asked ? parts.toReversed() : parts;
    for (const [index, part] of order.entries()) {
      const arena = asked && index === 0 ? await arenas.arenaFor(part) : await run(part);
      gpu.write(
        arena.weights,
        Float32Array.from(part.at, (i) => known[i] as number),
      );
      backward(model, arena, part, gradients, entropyCoefficient, index > 0);
      if (asked) continue;
      const [read] = await gpu.read([{ buffer: arena.scores, bytes: 8 * part.rows }]);
      scatter(part, read as ArrayBuffer, found);
    }
    return found;
  };

  return {
    shape,
    counts: gpu.counts,
    startSession: () => startFusedSession(model, scratch, unwritable),
    logProbs: (batch) => inParts(batch, undefined, (parts) => scoresOf(batch, parts)),

    async update(
      batch: SequenceBatch,
      tokenWeights: TokenWeights,
      { learningRate, weightDecay = 0, clipNorm = 1, entropyCoefficient = 0, microBatch }: UpdateOptions,
    ): Promise<UpdateMetrics> {
      const scores = await inParts(batch, microBatch, (parts) => gradientsOf(batch, parts, tokenWeights, entropyCoefficient));
      if (scores === null) return { gradNorm: 0, finite: true, scores: emptyScores(batch) };
      finishGradients(model, gradients);
      gpu.run(squareSums, { gradient, sums }, { count: places.total / 4 }, [NORM_PARTS]);
      gpu.run(judgeNorm, { sums, verdict }, { clipNorm }, [1]);
      const buffers = { verdict, gradient, decayed, first, second, weights };
      gpu.run(adamW, buffers, adamWParameters(places.total / 4, step + 1, learningRate, weightDecay), [places.total / 4]);
      const [judged] = await gpu.read([{ buffer: verdict, bytes: 12 }]);
      const [gradNorm, , finite] = new Float32Array(judged as ArrayBuffer) as unknown as [number, number, number];
      if (finite === 1) {
        step++;
        trained = true;
      }
      return { gradNorm, finite: finite === 1, scores };
    },

    async save(): Promise<PolicyState> {
      const read = await gpu.read((trained ? [weights, first, second] : [weights]).map((buffer) => ({ buffer, bytes })));
      const [parameters, m, v] = read.map((part) => new Float32Array(part)) as [Float32Array, Float32Array, Float32Array];
      return { shape, parameters, ...(trained ? { optimizer: { step, first: m, second: v } } : {}) };
    },

    load(state: PolicyState): void {
      checkState(shape, state);
      const { parameters, optimizer } = state;
      if (parameters.length !== places.total) throw new RangeError(`policy: expected ${places.total} parameters, got ${parameters.length}`);
      gpu.write(weights, parameters as Float32Array<ArrayBuffer>);
      step = optimizer?.step ?? 0;
      trained = optimizer !== undefined;
      if (optimizer) {
        gpu.write(first, optimizer.first as Float32Array<ArrayBuffer>);
        gpu.write(second, optimizer.second as Float32Array<ArrayBuffer>);
      } else {
        gpu.clear(first);
        gpu.clear(second);
      }
    },

    dispose(): void {
      arenas.dispose();
      scratch.dispose();
      gpu.dispose();
    },
  };
}

/** Sequences in parts, in order, each part within the bounds. Throws RangeError if a single sequence is too much. */
function partition(
  shape: PolicyShape,
  batch: SequenceBatch,
  { activationBytes, greatest, most = batch.shape[0] }: { readonly activationBytes: number; readonly greatest: number; readonly most?: number },
): number[][] {
  const parts: number[][] = [];
  let size: PassSize = { positions: 0, rows: 0, sequenceCount: 0, patchCount: 0 };
  const T = batch.shape[1];
  for (let b = 0; b < batch.shape[0]; b++) {
    const length = batch.lengths[b] as number;
    const count = (from: Uint8Array | Int32Array, is: (value: number) => boolean): number => Array.from(from.subarray(b * T, b * T + length)).filter(is).length;
    const own: PassSize = {
      positions: length,
      rows: count(batch.mask, (m) => m === 1),
      sequenceCount: 1,
      patchCount: count(batch.patchRows, (row) => row >= 0),
    };
    const both = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value + size[name as keyof PassSize]])) as unknown as PassSize;
    const last = parts.at(-1);
    if (last && last.length < most && passBytes(shape, both) <= activationBytes && greatestBuffer(shape, both) <= greatest) {
      last.push(b);
      size = both;
    } else {
      if (greatestBuffer(shape, own) > greatest)
        throw new RangeError(
          `policy: a sequence of ${length} tokens takes a buffer of ${Math.ceil(greatestBuffer(shape, own) / 2 ** 20)} MiB, and this device holds ${Math.floor(greatest / 2 ** 20)} MiB; use a smaller model or shorter texts`,
        );
      parts.push([b]);
      size = own;
    }
  }
  return parts;
}

function biasOf({ vocabulary }: PolicyShape, unwritable: readonly number[]): Float32Array<ArrayBuffer> {
  const bias = new Float32Array(logitStride(vocabulary));
  for (const token of unwritable) bias[token] = NEVER;
  return bias;
}

/** 1 for every four numbers of a matrix, 0 for those of a gain. */
function decayedFlags(shape: PolicyShape): Float32Array<ArrayBuffer> {
  return Float32Array.from(parameterTable(shape).flatMap(({ size, decayed }) => Array<number>(size / 4).fill(decayed ? 1 : 0)));
}
