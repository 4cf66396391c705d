// Every kernel against its plain twin, at sizes that fill no tile.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../tapo/index.ts';
import { startBackend } from '../../backend.ts';
import { largestDifference } from '../../testing/conformance.ts';
import { WASM_FILES } from '../../wasmFiles.ts';
import { createGpu, type Gpu } from '../gpu.ts';
import { adamW, adamWParameters, judgeNorm, NORM_PARTS, plainAdamW, squareSums } from './adamW.ts';
import { attention, plainAttention } from './attention.ts';
import { embed, embeddingGradient, plainAddRows, plainEmbed, positionGradient } from './embed.ts';
import { gainGradient, plainGainGradient } from './gain.ts';
import type { Lanes } from './lanes.ts';
import { type MatMulVariant, matMul, matMulParameters, matMulThreads, NO_ROW, plainMatMul, type Tiles } from './matMul.ts';
import { norm, plainNormalise, plainNormaliseGradient } from './norm.ts';
import { plainScores, scoreGradient, scoreTokens } from './scores.ts';
import { plainSumSplits, SPLIT_ROOM, splitOf, sumSplits } from './splits.ts';

let gpu: Gpu;
beforeAll(async () => {
  await startBackend('webgpu', { wasmFiles: WASM_FILES });
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  gpu = createGpu(device);
  expect(device.features.has('subgroups')).toBe(true); // the software adapter has them, so that what uses them is tried
}, 120_000);
afterAll(() => gpu.dispose());

type Numbers = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const random = (seed: number, length: number): Float32Array<ArrayBuffer> => {
  const stream = randomStream(seed);
  return Float32Array.from({ length }, () => 2 * stream.next() - 1);
};
const onGpu = (data: Numbers, label = 'data'): GPUBuffer => {
  const buffer = gpu.buffer(data.byteLength, label);
  if (data.length > 0) gpu.write(buffer, data);
  return buffer;
};
const numbers = async (buffer: GPUBuffer, length: number): Promise<Float32Array> => {
  const [read] = await gpu.read([{ buffer, bytes: 4 * length }]);
  return new Float32Array(read as ArrayBuffer);
};
const close = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-5): void =>
  expect(largestDifference(found, expected)).toBeLessThan(tolerance);

const LANES: readonly Lanes[] = [
  { lanes: 1, subgroups: false },
  { lanes: 32, subgroups: false },
  { lanes: 4, subgroups: true }, // one subgroup of this adapter
  { lanes: 32, subgroups: true },
];

describe.each<Tiles>(['registers', 'shared'])('matMul in %s', (tiles) => {
  const program = (variant: MatMulVariant) => matMul({ ...variant, tiles });
  const [M, N, K] = [7, 12, 20];
  it.each<MatMulVariant>([
    { form: 'NN' },
    { form: 'NN', readA: 'gain' },
    { form: 'NN', readA: 'squaredRelu', write: 'add' },
    { form: 'NN', mapped: 'A', write: 'add' },
    { form: 'NN', mapped: 'C' },
    { form: 'NT' },
    { form: 'NT', write: 'reluGradient' },
    { form: 'NT', mapped: 'A', write: 'plus' },
    { form: 'NT', readA: 'gain', mapped: 'A', write: 'bias' },
  ])('%o', async (variant) => {
    const rows = 9; // more than M, so that a map may pick
    const a = random(1, rows * K);
    const b = random(2, 400);
    const c = random(3, rows * N);
    const extra = random(4, rows * N);
    const map = variant.mapped === 'C' ? Uint32Array.of(8, 0, 3, 2, 7, 6, 1) : Uint32Array.of(4, NO_ROW, 8, 0, 0, NO_ROW, 1);
    const parameters = matMulParameters({ m: M, n: N, k: K, lda: K, ldb: variant.form === 'NT' ? K : N, ldc: N, bAt: 8, gainAt: 320 });
    const buffers = { a: onGpu(a), b: onGpu(b), c: onGpu(c), map: onGpu(map), extra: onGpu(extra) };
    gpu.run(program(variant), buffers, parameters, matMulThreads(tiles, M, N));
    const expected = c.slice();
    plainMatMul(variant, { a, b, c: expected, map, ...(variant.write && variant.write !== 'add' ? { extra } : {}) }, parameters);
    close(await numbers(buffers.c, c.length), expected);
  });

  it.each<MatMulVariant>([
    { form: 'TN' },
    { form: 'TN', readA: 'squaredRelu', write: 'add' },
    { form: 'TN', mapped: 'A' },
    { form: 'TN', mapped: 'B', write: 'add' },
  ])('%o', async (variant) => {
    const [m, n, k] = [11, 8, 13]; // rows of A are padded to 12
    const a = random(1, 20 * 12);
    const b = random(2, 20 * n);
    const c = random(3, 12 * n);
    const map = Uint32Array.from({ length: k }, (_, i) => (i % 5 === 3 && variant.mapped === 'A' ? NO_ROW : (7 * i) % 20));
    const parameters = matMulParameters({ m, n, k, lda: 12, ldb: n, ldc: n });
    const buffers = { a: onGpu(a), b: onGpu(b), c: onGpu(c), map: onGpu(map), extra: onGpu(c) };
    gpu.run(program(variant), buffers, parameters, matMulThreads(tiles, m, n));
    const expected = c.slice();
    plainMatMul(variant, { a, b, c: expected, map }, parameters);
    close(await numbers(buffers.c, c.length), expected);
  });

  it('three products side by side, and their sum', async () => {
    const [n, d] = [5, 8];
    const x = random(1, n * d);
    const w = random(2, 3 * d * d);
    const out = new Float32Array(n * 3 * d);
    const apart = matMulParameters({ m: n, n: d, k: d, lda: d, ldb: d, ldc: 3 * d, bStep: d * d, cStep: d });
    const c = onGpu(out);
    gpu.run(program({ form: 'NN' }), { a: onGpu(x), b: onGpu(w), c } as never, apart, matMulThreads(tiles, n, d, 3));
    plainMatMul({ form: 'NN' }, { a: x, b: w, c: out }, apart, 3);
    close(await numbers(c, out.length), out);
    const together = matMulParameters({ m: n, n: d, k: d, lda: 3 * d, ldb: d, ldc: d, parts: 3, aPart: d, bPart: d * d });
    const sum = new Float32Array(n * d);
    const s = onGpu(sum);
    gpu.run(program({ form: 'NT' }), { a: c, b: onGpu(w), c: s } as never, together, matMulThreads(tiles, n, d));
    plainMatMul({ form: 'NT' }, { a: out, b: w, c: sum }, together);
    close(await numbers(s, sum.length), sum, 1e-4);
  });

  it('odd inner and outer sizes, with padded rows', async () => {
    const [m, v, d] = [3, 67, 8];
    const logits = random(5, m * 68).map((x, i) => (i % 68 === 67 ? 0 : x));
    const e = random(6, v * d);
    const back = matMulParameters({ m, n: d, k: v, lda: 68, ldb: d, ldc: d });
    const expected = new Float32Array(m * d);
    const c = onGpu(expected);
    gpu.run(program({ form: 'NN' }), { a: onGpu(logits), b: onGpu(e), c } as never, back, matMulThreads(tiles, m, d));
    plainMatMul({ form: 'NN' }, { a: logits, b: e, c: expected }, back);
    close(await numbers(c, expected.length), expected);
  });
});

describe('splits of a product', () => {
  it('add up to it, in any shape, onto what was there or not', async () => {
    const [m, n, k, products, splits, kSplit] = [70, 36, 75, 2, 3, 32]; // more than one tile, and a shorter last stretch
    const [a, b, c] = [random(1, k * 72), random(2, k * 2 * n), random(3, products * m * n)];
    const operands = { a: onGpu(a), b: onGpu(b) };
    for (const tiles of ['registers', 'shared'] as const) {
      const parts = onGpu(new Float32Array(products * splits * m * n));
      const split = matMulParameters({ m, n, k, lda: 72, ldb: 2 * n, ldc: n, bStep: n, cStep: m * n, splits, kSplit });
      gpu.run(matMul({ form: 'TN', tiles }), { ...operands, c: parts } as never, split, matMulThreads(tiles, m, n, products * splits));
      const expectedParts = new Float32Array(products * splits * m * n);
      plainMatMul({ form: 'TN' }, { a, b, c: expectedParts }, split, products * splits);
      close(await numbers(parts, expectedParts.length), expectedParts);
      for (const add of [0, 1]) {
        const whole = matMulParameters({ m, n, k, lda: 72, ldb: 2 * n, ldc: n, bStep: n, cStep: m * n });
        const expected = c.slice();
        plainMatMul({ form: 'TN', ...(add ? { write: 'add' } : {}) }, { a, b, c: expected }, whole, products);
        const into = onGpu(c);
        const parameters = { size: m * n, products, splits, cAt: 0, cStep: m * n, add };
        gpu.run(sumSplits, { parts, c: into }, parameters, [(products * m * n) / 4]);
        close(await numbers(into, c.length), expected, 1e-4);
        const twin = c.slice();
        plainSumSplits(expectedParts, twin, parameters);
        close(twin, expected, 1e-4);
      }
    }
  });

  it('are none where the tiles of the product are many, or k is short, and never more than there is room for', () => {
    expect(splitOf({ m: 4096, n: 4096, k: 4096 }, 1, 2048).splits).toBe(1);
    expect(splitOf({ m: 96, n: 96, k: 200 }, 1, 2048).splits).toBe(1);
    expect(splitOf({ m: 96, n: 96, k: 0 }, 1, 2048).splits).toBe(1); // no patches, say
    const { splits, kSplit } = splitOf({ m: 96, n: 384, k: 6400 }, 1, 2048);
    expect([splits, kSplit]).toEqual([25, 256]);
    expect(splitOf({ m: 1024, n: 1024, k: 1e6 }, 1, 2048).splits).toBeLessThanOrEqual(SPLIT_ROOM / 1024 ** 2);
  });
});

describe('dispatches', () => {
  it('wider than a device allows are folded, and every thread runs once', async () => {
    const rows = 64 * 65_535 + 77;
    const gradient = onGpu(new Float32Array(4 * rows));
    const verdict = onGpu(Float32Array.of(1, 1, 1, 0));
    const zeros = (): GPUBuffer => onGpu(new Float32Array(4 * rows));
    const decayed = onGpu(new Float32Array(rows).fill(1));
    const weights = onGpu(new Float32Array(4 * rows).fill(1));
    gpu.run(adamW, { verdict, gradient, decayed, first: zeros(), second: zeros(), weights }, { count: rows, decay: 0.5, stepSize: 0, secondScale: 1 }, [rows]);
    const found = await numbers(weights, 4 * rows);
    expect(found.every((w) => w === 0.5)).toBe(true);
  });
});

describe.each(LANES)('normalise with %o', (lanes) => {
  it('and its gradient', async () => {
    const { normalise, gradient: normaliseGradient } = norm(lanes);
    const [rows, width] = [37, 20];
    const [x, dy, gain, dx] = [random(1, rows * width), random(2, rows * width), random(3, width), random(4, rows * width)];
    const { unit, inverse } = plainNormalise(x, rows, width);
    const buffers = { x: onGpu(x), unit: onGpu(new Float32Array(rows * width)), inverse: onGpu(new Float32Array(rows)) };
    gpu.run(normalise, buffers, { rows, width }, [lanes.lanes * rows]);
    close(await numbers(buffers.unit, unit.length), unit);
    close(await numbers(buffers.inverse, rows), inverse);
    const change = plainNormaliseGradient({ dy, unit, inverse, gain }, rows, width);
    for (const add of [0, 1]) {
      const into = onGpu(dx);
      gpu.run(
        normaliseGradient,
        { dy: onGpu(dy), unit: buffers.unit, inverse: buffers.inverse, weights: onGpu(gain), dx: into },
        { rows, width, gainAt: 0, add },
        [lanes.lanes * rows],
      );
      close(
        await numbers(into, dx.length),
        change.map((v, i) => v + add * (dx[i] as number)),
      );
    }
  });
});

describe('attention', () => {
  it.each([
    [24, 3],
    [16, 1],
    [64, 4],
  ])('of width %i with %i heads, over sequences of many lengths, and its gradient', async (width, heads) => {
    const lengths = [1, 7, 2, 19];
    const bounds = new Uint32Array(
      lengths.flatMap((length, s) => {
        const start = lengths.slice(0, s).reduce((sum, l) => sum + l, 0);
        return Array.from({ length }, () => [start, start + length]).flat();
      }),
    );
    const positions = bounds.length / 2;
    const [qkv, dy] = [random(1, 3 * positions * width).map((x) => 2 * x), random(2, positions * width)];
    const expected = plainAttention(qkv, bounds, heads, width, dy);
    const { forward, queries, keys } = attention(width / heads);
    const zeros = (length: number): GPUBuffer => onGpu(new Float32Array(length));
    const buffers = {
      qkv: onGpu(qkv),
      bounds: onGpu(bounds),
      y: zeros(positions * width),
      lse: zeros(positions * heads),
      dy: onGpu(dy),
      dots: zeros(positions * heads),
      dqkv: zeros(qkv.length),
    };
    for (const each of [forward, queries, keys]) gpu.run(each as typeof queries, buffers, { positions, heads }, [positions * heads]);
    close(await numbers(buffers.y, positions * width), expected.y);
    close(await numbers(buffers.lse, positions * heads), expected.lse);
    close(await numbers(buffers.dqkv, qkv.length), expected.dqkv);
  });
});

describe.each(LANES)('scores with %o', (lanes) => {
  it('log-probs, entropies and the gradient, with a token that is never written', async () => {
    const [rows, vocabulary, stride, entropy] = [9, 67, 68, 0.3];
    const logits = random(1, rows * stride).map((x, i) => (i % stride === 2 ? -1e9 : 6 * x));
    const chosen = Uint32Array.from({ length: rows }, (_, r) => 3 + 7 * r);
    const weights = random(2, rows);
    const expected = plainScores(logits, chosen, vocabulary, stride, weights, entropy);
    const buffers = { logits: onGpu(logits), chosen: onGpu(chosen), scores: onGpu(new Float32Array(2 * rows)), lse: onGpu(new Float32Array(rows)) };
    gpu.run(scoreTokens(lanes), buffers, { rows, vocabulary, stride }, [lanes.lanes * rows]);
    close(await numbers(buffers.scores, 2 * rows), expected.scores, 1e-4);
    close(await numbers(buffers.lse, rows), expected.lse, 1e-4);
    gpu.run(scoreGradient, { ...buffers, weights: onGpu(weights) }, { rows, vocabulary, stride, entropy }, [rows * stride]);
    close(await numbers(buffers.logits, logits.length), expected.gradient, 1e-4);
  });
});

describe('embed', () => {
  it('and its gradients', async () => {
    const [rows, vocabulary, context, width] = [10, 7, 6, 12];
    const weights = random(1, (vocabulary + context) * width);
    const patches = random(2, 2 * width);
    const inputs = new Uint32Array(
      Array.from({ length: rows }, (_, n) => [(3 * n) % vocabulary, n === 4 ? 1 : n === 7 ? 0 : NO_ROW, n % 5, rows - 1 - n]).flat(),
    );
    const expected = plainEmbed(inputs, { weights, patches, embeddingAt: 0, positionAt: vocabulary * width, width });
    const [content, x] = [onGpu(new Float32Array(rows * width)), onGpu(new Float32Array(rows * width))];
    gpu.run(
      embed,
      { inputs: onGpu(inputs), weights: onGpu(weights), patches: onGpu(patches), content, x },
      { rows, width, embeddingAt: 0, positionAt: vocabulary * width, contentStride: width },
      [(rows * width) / 4],
    );
    close(await numbers(content, rows * width), expected.content);
    close(await numbers(x, rows * width), expected.x);

    const d = random(3, rows * width);
    const tokens = Array.from({ length: rows }, (_, n) => inputs[4 * n] as number);
    const listed = tokens.map((_, n) => n).sort((i, j) => (tokens[i] as number) - (tokens[j] as number) || i - j);
    const first = Uint32Array.from({ length: vocabulary + 1 }, (_, v) => tokens.filter((token) => token < v).length);
    const before = random(4, vocabulary * width);
    const gradient = onGpu(before);
    gpu.run(embeddingGradient, { first: onGpu(first), rowsOf: onGpu(Uint32Array.from(listed)), dContent: onGpu(d), gradient }, { vocabulary, width, add: 1 }, [
      (vocabulary * width) / 4,
    ]);
    close(
      await numbers(gradient, vocabulary * width),
      plainAddRows(d, tokens, vocabulary, width).map((v, i) => v + (before[i] as number)),
    );

    const sequences = Uint32Array.of(0, 5, 5, 2, 7, 3);
    const positions = [0, 1, 2, 3, 4, 0, 1, 0, 1, 2];
    const into = onGpu(before);
    gpu.run(positionGradient, { sequences: onGpu(sequences), dx: onGpu(d), gradient: into }, { sequenceCount: 3, context, width, gradientAt: width, add: 0 }, [
      (context * width) / 4,
    ]);
    close((await numbers(into, (context + 1) * width)).subarray(width), plainAddRows(d, positions, context, width));
  });
});

describe('gainGradient', () => {
  it.each([
    { columns: 8, matrices: 3, matrixStep: 12 * 8, rowStep: 8, columnStep: 1, plus: 0 },
    { columns: 17, matrices: 1, matrixStep: 0, rowStep: 1, columnStep: 12, plus: 1 },
  ])('%o', async (layout) => {
    const width = 12;
    const size = 12 + 3 * 12 * 17;
    const [weights, gradient, others] = [random(1, size), random(2, size), random(3, size)];
    const parameters = { width, gainAt: 0, matrixAt: 12, ...layout };
    const into = onGpu(gradient);
    gpu.run(gainGradient, { weights: onGpu(weights), gradient: into, others: onGpu(others) }, parameters, [width]);
    plainGainGradient({ weights, gradient, others }, parameters);
    close(await numbers(into, size), gradient);
  });
});

describe('adamW', () => {
  it.each(['clips', 'does not clip', 'leaves everything as it is where the gradient is not finite'])('%s', async (how) => {
    const count = 1031;
    const gradient = random(1, 4 * count);
    if (how.startsWith('leaves')) gradient[77] = Number.NaN;
    const clipNorm = how === 'clips' ? 0.5 : 1e9;
    const given = {
      gradient,
      decayed: Float32Array.from({ length: count }, (_, i) => i % 2),
      first: random(2, 4 * count),
      second: random(3, 4 * count).map(Math.abs),
      weights: random(4, 4 * count),
    };
    const buffers = Object.fromEntries(Object.entries(given).map(([name, data]) => [name, onGpu(data)])) as Record<keyof typeof given, GPUBuffer>;
    const [sums, verdict] = [onGpu(new Float32Array(NORM_PARTS)), onGpu(new Float32Array(4))];
    gpu.run(squareSums, { gradient: buffers.gradient, sums }, { count }, [NORM_PARTS]);
    gpu.run(judgeNorm, { sums, verdict }, { clipNorm }, [1]);
    const parameters = adamWParameters(count, 3, 0.01, 0.1);
    gpu.run(adamW, { ...buffers, verdict }, parameters, [count]);
    const { norm, finite } = plainAdamW(given, parameters, clipNorm);
    const [foundNorm, , foundFinite] = await numbers(verdict, 3);
    expect(foundFinite).toBe(finite ? 1 : 0);
    if (finite) expect(Math.abs((foundNorm as number) / norm - 1)).toBeLessThan(1e-5);
    for (const name of ['first', 'second', 'weights'] as const) close(await numbers(buffers[name], 4 * count), given[name]);
  });
});
