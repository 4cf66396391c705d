// What every engine must do, whatever its backend: run by the unit tests (wasm, cpu) and in a real browser (WebGPU).
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../tapo/index.ts';
import { initialParameters, parameterTable } from '../parameters.ts';
import { tensorCount } from '../tensors.ts';
import type { DecodedTurn, Policy, PolicyShape, Segment, SequenceBatch } from '../types.ts';

/** A small policy for tests: odd sizes on purpose. */
export const TEST_SHAPE: PolicyShape = { vocabulary: 67, width: 24, layers: 2, heads: 3, hidden: 40, context: 96, patch: 12 };
export const TEST_UNWRITABLE: readonly number[] = [0, 1, 2];

export interface History {
  readonly tokens: number[];
  readonly mask: number[];
  readonly patchAt: number[];
  readonly patches: number[];
  readonly logProbs: number[];
  readonly entropies: number[];
}

/** A segment of random tokens, the last `patches` of them with a patch. */
export function randomSegment(seed: number, tokens: number, patches: number, { vocabulary, patch }: PolicyShape = TEST_SHAPE): Segment {
  const random = randomStream(seed);
  return {
    tokens: Array.from({ length: tokens }, () => 3 + random.below(vocabulary - 3)),
    patchAt: Array.from({ length: patches }, (_, i) => tokens - patches + i),
    patches: Float32Array.from({ length: patches * patch }, () => 2 * random.next() - 1),
  };
}

const TURNS = 3;

/** Three turns in rows of different lengths; a row's text and what was written in it. Row r begins `late(r)` steps after the others. */
export async function converse(
  policy: Policy,
  rows: number,
  keyOf: (row: number, turn: number) => number,
  temperature = 1,
  late: (row: number) => number = () => 0,
): Promise<History[]> {
  const session = policy.startSession();
  const ids = Array.from({ length: rows }, () => session.open());
  const histories = ids.map((): History => ({ tokens: [], mask: [], patchAt: [], patches: [], logProbs: [], entropies: [] }));
  const steps = TURNS + Math.max(...ids.map((_, row) => late(row)));
  for (let step = 0; step < steps; step++) {
    const moving = ids.flatMap((id, row) => (step >= late(row) && step < late(row) + TURNS ? [{ id, row, turn: step - late(row) }] : []));
    const segments = moving.map(({ row, turn }) => randomSegment(100 * turn + row, 3 + 2 * row, turn < 2 ? row % 4 : 0, policy.shape));
    const movingIds = moving.map(({ id }) => id);
    await session.append(movingIds, segments);
    const keys = moving.map(({ row, turn }) => keyOf(row, turn));
    const turns = await session.decodeTurn(movingIds, { maxTokens: 6, stopTokens: [5, 9, 13, 17, 21], keys, temperature });
    moving.forEach(({ row }, r) => {
      const [history, segment, written] = [histories[row] as History, segments[r] as Segment, turns[r] as DecodedTurn];
      history.patchAt.push(...segment.patchAt.map((at) => history.tokens.length + at));
      history.patches.push(...segment.patches);
      history.tokens.push(...segment.tokens);
      history.mask.push(...segment.tokens.map(() => 0));
      history.tokens.push(...written.tokens);
      history.mask.push(...written.tokens.map(() => 1));
      history.logProbs.push(...written.logProbs);
      history.entropies.push(...written.entropies);
    });
  }
  session.dispose();
  return histories;
}

/** Histories side by side, padded. */
export function batchOf(histories: readonly Pick<History, 'tokens' | 'mask' | 'patchAt' | 'patches'>[]): SequenceBatch {
  const B = histories.length;
  const T = Math.max(...histories.map(({ tokens }) => tokens.length));
  const [tokens, mask, patchRows] = [new Int32Array(B * T), new Uint8Array(B * T), new Int32Array(B * T).fill(-1)];
  let row = 0;
  histories.forEach((history, b) => {
    tokens.set(history.tokens, b * T);
    mask.set(history.mask, b * T);
    for (const at of history.patchAt) patchRows[b * T + at] = row++;
  });
  return {
    shape: [B, T],
    tokens,
    mask,
    patchRows,
    patches: Float32Array.from(histories.flatMap((h) => h.patches)),
    lengths: Int32Array.from(histories, (h) => h.tokens.length),
  };
}

/** Values of the model's tokens, row by row. */
export function ownValues(batch: SequenceBatch, values: ArrayLike<number>): number[] {
  return Array.from(batch.mask.keys()).flatMap((i) => (batch.mask[i] ? [values[i] as number] : []));
}

/** Greatest absolute difference of two lists of numbers of the same length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`largestDifference: lengths ${a.length} and ${b.length}`);
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
}

/**
 * Tests that any engine must pass. `make` gives a fresh policy of TEST_SHAPE from a seed; `tolerance` is that of a log-prob, nats, and
 * `between` the greatest difference of a row's log-probs among different other rows.
 */
export function conformanceSuite(name: string, start: () => Promise<unknown>, make: (seed: number) => Policy, tolerance: number, between = 0): void {
  describe(name, () => {
    let policy: Policy;
    beforeAll(async () => {
      await start();
    }, 120_000);
    afterEach(() => policy.dispose());
    const fresh = (seed = 1): Policy => {
      policy = make(seed);
      return policy;
    };

    it('decoding with a cache gives the log-probs and entropies of the whole sequence', async () => {
      const histories = await converse(fresh(), 5, (row, turn) => 31 * row + turn);
      const batch = batchOf(histories);
      const { logProbs, entropies } = await policy.logProbs(batch);
      expect(
        largestDifference(
          ownValues(batch, logProbs),
          histories.flatMap((h) => h.logProbs),
        ),
      ).toBeLessThan(tolerance);
      expect(
        largestDifference(
          ownValues(batch, entropies),
          histories.flatMap((h) => h.entropies),
        ),
      ).toBeLessThan(tolerance);
    });

    it(`a row writes the same alone and among any others${between === 0 ? ', bit for bit' : ''}`, async () => {
      const keyOf = (row: number, turn: number): number => 7 * row + turn;
      const together = await converse(fresh(), 6, keyOf);
      const apart = await converse(policy, 6, keyOf, 1, (row) => Math.max(0, row - 2)); // the last turn of the last row alone
      expect(apart.map(({ tokens }) => tokens)).toEqual(together.map(({ tokens }) => tokens));
      for (const scores of ['logProbs', 'entropies'] as const) {
        const [a, b] = [apart, together].map((histories) => histories.flatMap((h) => h[scores])) as [number[], number[]];
        expect(largestDifference(a, b)).toBeLessThanOrEqual(between);
      }
    });

    it('a forked row goes on as its origin does', async () => {
      const session = fresh().startSession();
      const row = session.open();
      await session.append([row], [randomSegment(5, 9, 3)]);
      const fork = session.fork(row);
      const [a, b] = await session.decodeTurn([row, fork], { maxTokens: 8, stopTokens: [], keys: [11, 11], temperature: 1 });
      expect(b).toEqual(a);
      expect(session.length(fork)).toBe(9 + 8);
      session.dispose();
    });

    it('never writes an unwritable token, and temperature 0 takes the likeliest', async () => {
      const histories = await converse(fresh(), 6, (row) => row, 0);
      const written = histories.flatMap((h) => h.tokens.filter((_, i) => h.mask[i] === 1));
      expect(written.filter((token) => TEST_UNWRITABLE.includes(token))).toEqual([]);
      expect(await converse(policy, 6, (row) => row + 1000, 0)).toEqual(histories);
    });

    it('names the next tokens: the first is the one that greedy writing takes, and their log-probs are those of the whole sequence', async () => {
      const session = fresh().startSession();
      const row = session.open();
      const segment = randomSegment(7, 9, 3);
      await session.append([row], [segment]);
      const whole = session.fork(row);
      const options = { stopTokens: [], keys: [0], temperature: 0 };
      const [turn] = await session.decodeTurn([whole], { ...options, maxTokens: 6 });
      const found = [];
      for (const token of turn?.tokens ?? []) {
        found.push(await session.next(row, 5));
        const [step] = await session.decodeTurn([row], { ...options, maxTokens: 1 });
        expect(step?.tokens).toEqual([token]); // token by token as at once
      }
      session.dispose();
      expect(found.map(({ tokens }) => tokens[0])).toEqual(turn?.tokens);
      // every alternative in its place: the sequence up to there, with the alternative as its last token
      const alternatives = found.flatMap(({ tokens, logProbs }, at) => tokens.map((token, i) => ({ at, token, logProb: logProbs[i] as number })));
      const batch = batchOf(
        alternatives.map(({ at, token }) => {
          const tokens = [...segment.tokens, ...(turn?.tokens ?? []).slice(0, at), token];
          return { tokens, mask: tokens.map((_, i) => (i === tokens.length - 1 ? 1 : 0)), patchAt: [...segment.patchAt], patches: [...segment.patches] };
        }),
      );
      const { logProbs } = await policy.logProbs(batch);
      expect(
        largestDifference(
          ownValues(batch, logProbs),
          alternatives.map(({ logProb }) => logProb),
        ),
      ).toBeLessThan(tolerance);
    });

    it('names as many next tokens as asked for, never an unwritable one, and leaves the row and its forks as they are', async () => {
      const session = fresh().startSession();
      const row = session.open();
      await session.append([row], [randomSegment(5, 9, 0)]);
      const fork = session.fork(row);
      const { tokens, logProbs } = await session.next(row, TEST_SHAPE.vocabulary);
      expect(tokens).toHaveLength(TEST_SHAPE.vocabulary - TEST_UNWRITABLE.length);
      expect(tokens.filter((token) => TEST_UNWRITABLE.includes(token))).toEqual([]);
      expect(logProbs.reduce((sum, l) => sum + Math.exp(l), 0)).toBeCloseTo(1, 4);
      expect((await session.next(row, 3)).tokens).toEqual(tokens.slice(0, 3));
      expect(session.length(row)).toBe(9);
      const options = { maxTokens: 4, stopTokens: [], keys: [3], temperature: 1 };
      expect(await session.decodeTurn([row], options)).toEqual(await session.decodeTurn([fork], options));
      session.dispose();
    });

    it('takes an appended token as it takes one that it wrote', async () => {
      const session = fresh().startSession();
      const written = session.open();
      await session.append([written], [randomSegment(5, 9, 0)]);
      const appended = session.fork(written);
      const [turn] = await session.decodeTurn([written], { maxTokens: 1, stopTokens: [], keys: [4], temperature: 1 });
      await session.append([appended], [{ tokens: turn?.tokens ?? [], patchAt: [], patches: new Float32Array(0) }]);
      expect(await session.next(appended, 5)).toEqual(await session.next(written, 5));
      const options = { maxTokens: 4, stopTokens: [], keys: [8], temperature: 1 };
      expect(await session.decodeTurn([appended], options)).toEqual(await session.decodeTurn([written], options));
      session.dispose();
    });

    it('samples tokens as often as their probabilities say', async () => {
      const session = fresh().startSession();
      const prefix = session.open();
      await session.append([prefix], [randomSegment(3, 5, 0)]);
      const rows = Array.from({ length: 400 }, () => session.fork(prefix));
      const turns = await session.decodeTurn(rows, { maxTokens: 1, stopTokens: [], keys: rows.map((r) => 977 * r), temperature: 1 });
      session.dispose();
      const counts = new Map<number, { count: number; p: number }>();
      for (const { tokens, logProbs } of turns) {
        const token = tokens[0] as number;
        counts.set(token, { count: (counts.get(token)?.count ?? 0) + 1, p: Math.exp(logProbs[0] as number) });
      }
      for (const { count, p } of counts.values()) expect(Math.abs(count - 400 * p)).toBeLessThan(5 * Math.sqrt(400 * p * (1 - p)) + 1);
    });

    it('the gradient of Σ w · log π + c · Σ H is that of finite differences', async () => {
      const histories = await converse(fresh(), 3, (row, turn) => row + 10 * turn);
      const batch = batchOf(histories);
      const w = Float32Array.from(batch.mask, (m, i) => (m ? Math.sin(i) : 0));
      const c = 0.3;
      const flat = initialParameters(TEST_SHAPE, 1);
      const objective = async (parameters: Float32Array): Promise<number> => {
        policy.load({ shape: TEST_SHAPE, parameters });
        const { logProbs, entropies } = await policy.logProbs(batch);
        return logProbs.reduce((sum, l, i) => sum + (w[i] as number) * l + c * (entropies[i] as number), 0);
      };
      // A step of AdamW from rest is −η · sign-like in each parameter: read the gradient off its first moment instead.
      policy.load({ shape: TEST_SHAPE, parameters: flat });
      const { gradNorm } = await policy.update(batch, w, { learningRate: 0, clipNorm: 1e9, entropyCoefficient: c });
      const first = (await policy.save()).optimizer?.first as Float32Array; // (1 − β₁) · g of the loss
      const gradient = first.map((m) => -m / 0.1);
      expect(Math.hypot(...gradient)).toBeCloseTo(gradNorm, 2);
      for (const { name, offset, size } of parameterTable(TEST_SHAPE)) {
        // along the gradient of each tensor, so that the difference stands out of float32 noise
        const part = gradient.subarray(offset, offset + size);
        const norm = Math.hypot(...part);
        const moved = (scale: number): Float32Array =>
          flat.map((x, i) => (i >= offset && i < offset + size ? x + (scale * (gradient[i] as number)) / norm : x));
        const h = 0.01;
        const slope = ((await objective(moved(h))) - (await objective(moved(-h)))) / (2 * h);
        expect(Math.abs(slope - norm) / norm, `${name}: finite difference ${slope}, gradient ${norm}`).toBeLessThan(0.03);
      }
    });

    it('an update is the same for any number of micro-batches', async () => {
      const histories = await converse(fresh(), 5, (row) => row);
      const batch = batchOf(histories);
      const weigh = (logProbs: Float32Array): Float32Array => logProbs.map((l, i) => (batch.mask[i] ? Math.exp(l) - 0.1 : 0));
      const results = [];
      for (const microBatch of [1, 2, 32]) {
        policy.load({ shape: TEST_SHAPE, parameters: initialParameters(TEST_SHAPE, 1) });
        const { gradNorm } = await policy.update(batch, weigh, { learningRate: 1e-3, microBatch });
        results.push({ gradNorm, first: (await policy.save()).optimizer?.first as Float32Array });
      }
      const [one, two, all] = results as [(typeof results)[0], (typeof results)[0], (typeof results)[0]];
      expect(Math.abs(one.gradNorm - all.gradNorm)).toBeLessThan(1e-4 * all.gradNorm);
      expect(largestDifference(two.first, all.first)).toBeLessThan(1e-5);
      expect(largestDifference(one.first, all.first)).toBeLessThan(1e-5);
    });

    it('learns a sequence by heart, and keeps its tensors in number', async () => {
      const histories = [{ tokens: [3, 4, 5, 6, 7, 8], mask: [0, 1, 1, 1, 1, 1], patchAt: [], patches: [] }];
      const batch = batchOf(histories);
      fresh();
      const w = Float32Array.from(batch.mask);
      await policy.update(batch, w, { learningRate: 1e-2 });
      const tensors = tensorCount();
      for (let step = 0; step < 30; step++) await policy.update(batch, w, { learningRate: 1e-2 });
      expect(tensorCount()).toBe(tensors);
      const { logProbs } = await policy.logProbs(batch);
      expect(Math.min(...ownValues(batch, logProbs))).toBeGreaterThan(-0.2);
    });

    it('saves and loads itself with its optimizer: both go on alike', async () => {
      const batch = batchOf(await converse(fresh(), 3, (row) => row));
      const w = Float32Array.from(batch.mask, (m) => 0.1 * m);
      await policy.update(batch, w, { learningRate: 1e-2, weightDecay: 0.1 });
      const state = await policy.save();
      await policy.update(batch, w, { learningRate: 1e-2, weightDecay: 0.1 });
      const on = await policy.save();
      policy.load(state);
      await policy.update(batch, w, { learningRate: 1e-2, weightDecay: 0.1 });
      expect(await policy.save()).toEqual(on);
    });

    it('a gradient that is not finite changes nothing and is reported', async () => {
      const batch = batchOf(await converse(fresh(), 2, (row) => row));
      const before = await policy.save();
      const { finite } = await policy.update(batch, new Float32Array(batch.mask.length).fill(Number.NaN), { learningRate: 1 });
      expect(finite).toBe(false);
      expect((await policy.save()).parameters).toEqual(before.parameters);
    });

    it('names what does not fit', async () => {
      fresh();
      const session = policy.startSession();
      const row = session.open();
      await expect(session.append([row], [randomSegment(1, 97, 0)])).rejects.toThrow(/at most 96 tokens a row, got 97/);
      await expect(session.append([row], [{ tokens: [67], patchAt: [], patches: new Float32Array(0) }])).rejects.toThrow(/from 0 to 66, got 67/);
      await expect(session.decodeTurn([row], { maxTokens: 1, stopTokens: [], keys: [0], temperature: 1 })).rejects.toThrow(/must have read something/);
      await expect(session.next(row, 5)).rejects.toThrow(/must have read something/);
      await expect(session.next(77, 5)).rejects.toThrow(/no open row 77/);
      session.dispose();
      expect(() => policy.load({ shape: { ...TEST_SHAPE, width: 48 }, parameters: new Float32Array(0) })).toThrow(/expected width 24, got 48/);
    });
  });
}
