// Every objective's weights against finite differences of its loss, under every option, and blindness to masked positions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aggregation } from '../aggregate.ts';
import { type KlEstimator, klToken } from '../kl.ts';
import { randomStream } from '../random.ts';
import type { ClipOptions } from './clippedSurrogate.ts';
import { dapoWeights } from './dapo.ts';
import { drGrpoWeights } from './drGrpo.ts';
import { grpoWeights } from './grpo.ts';
import { gspoWeights } from './gspo.ts';
import type { ObjectiveResult, TokenBatch } from './objective.ts';
import { type SapoOptions, sapoWeights } from './sapo.ts';

type Options = ClipOptions & SapoOptions;
type Objective = (batch: TokenBatch, options: Options) => ObjectiveResult;

/** Arrays that a test may write to. */
interface Batch extends TokenBatch {
  readonly logProbs: Float64Array;
  readonly oldLogProbs: Float64Array;
  readonly refLogProbs: Float64Array;
  readonly advantages: Float64Array;
  readonly mask: Uint8Array;
}

/** Half the step of the central difference, nats. */
const STEP = 1e-5;
/** A token nearer to a kink than this is moved off it: both sides of the difference must lie on one branch. */
const KINK = 1e-3;

/** A small batch of every kind of token: masked, of either sign, on both sides of every clip, and beyond the clamp of the log-ratio. */
function randomBatch(seed: number): Batch {
  const random = randomStream(seed, 1);
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const shape = [1 + random.below(3), 1 + random.below(5)] as const;
  const many = (draw: () => number): Float64Array => Float64Array.from({ length: shape[0] * shape[1] }, draw);
  const logProbs = many(() => between(-4, -0.05));
  const oldLogProbs = logProbs.map((l) => l - (random.below(20) === 0 ? -25 : between(-1.6, 1.6)));
  const refLogProbs = logProbs.map((l) => l - between(-1.5, 1.5));
  const advantages = many(() => (random.below(6) === 0 ? 0 : between(-2, 2)));
  return { shape, logProbs, oldLogProbs, refLogProbs, advantages, mask: Uint8Array.from(logProbs, () => (random.below(4) === 0 ? 0 : 1)) };
}

const AGGREGATIONS: readonly Aggregation[] = ['tokenMean', 'sequenceMeanTokenMean', 'sequenceMeanTokenSum', 'constant'];
const ESTIMATORS: readonly KlEstimator[] = ['k1', 'k2', 'k3'];

const options = fc.record<Options>(
  {
    clipLow: fc.constantFrom(0, 0.1, 0.2, 0.5),
    clipHigh: fc.constantFrom(0.05, 0.2, 0.28, 0.6),
    dualClip: fc.constantFrom(null, 1.5, 3),
    aggregate: fc.constantFrom(...AGGREGATIONS),
    maxLength: fc.constantFrom(1, 7, 168),
    klCoefficient: fc.constantFrom(0, 0.05, 1),
    klEstimator: fc.constantFrom(...ESTIMATORS),
    tauPositive: fc.constantFrom(0.5, 1, 3),
    tauNegative: fc.constantFrom(0.7, 1.05, 2),
  },
  { requiredKeys: [] },
);

/** Old log-probs such that no token's ratio lies at a bound that any objective here clips at. */
function awayFromKinks(batch: Batch, bounds: readonly number[]): Batch {
  const oldLogProbs = batch.oldLogProbs.map((old, i) => {
    const ratio = Math.exp((batch.logProbs[i] as number) - old);
    return bounds.some((bound) => Math.abs(ratio - bound) < KINK) ? old - 4 * KINK : old;
  });
  return { ...batch, oldLogProbs };
}

/** −∂loss/∂log π at every token, by central differences of the loss in double precision. */
function slopes(batch: Batch, loss: (logProbs: Float64Array) => number): Float64Array {
  return batch.logProbs.map((value, i) => {
    const at = (shift: number): number => loss(batch.logProbs.map((l, j) => (j === i ? value + shift : l)));
    return -(at(STEP) - at(-STEP)) / (2 * STEP);
  });
}

function expectSlopes(weights: ArrayLike<number>, expected: Float64Array): void {
  expected.forEach((slope, i) => {
    const w = weights[i] as number;
    expect(Math.abs(w - slope), `weights[${i}] = ${w}, −∂loss/∂log π = ${slope}`).toBeLessThanOrEqual(1e-5 * Math.abs(slope) + 1e-9);
  });
}

const CLIPPED: Readonly<Record<string, Objective>> = { grpoWeights, drGrpoWeights, dapoWeights };

describe('weights are −∂loss/∂log π by central differences', () => {
  it.each([...Object.entries(CLIPPED), ['sapoWeights', sapoWeights as Objective] as const])('%s, under every option', (name, objective) => {
    let clipped = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0 }), options, (seed, given) => {
        const { clipLow = 0.2, clipHigh = name === 'dapoWeights' ? 0.28 : 0.2, dualClip = 3 } = given;
        const batch = awayFromKinks(randomBatch(seed), [1 - clipLow, 1 + clipHigh, dualClip ?? 1]);
        const { weights, metrics } = objective(batch, given);
        clipped += metrics.clipFraction;
        expectSlopes(
          weights,
          slopes(batch, (logProbs) => objective({ ...batch, logProbs }, given).loss),
        );
      }),
      { numRuns: 300 },
    );
    expect(clipped > 10).toBe(name !== 'sapoWeights'); // the batches do reach the clips
  });
});

/**
 * GSPO-token's surrogate written out again: at fixed, detached s = exp(mean log r) the loss of a token is
 * −s·A·exp(log π − sg(log π)), or a constant where s is clipped, plus the KL term; `logProbs` varies, `batch.logProbs` is what sg() holds.
 */
function gspoSurrogate(batch: Batch, { clipLow = 3e-4, clipHigh = 4e-4, ...given }: Options, logProbs: Float64Array): number {
  const [B, T] = batch.shape;
  const rows = Array.from({ length: B }, (_, b) => Array.from({ length: T }, (_, t) => b * T + t).filter((i) => batch.mask[i] === 1));
  const full = rows.filter((row) => row.length > 0);
  const { klCoefficient = 0, klEstimator = 'k3', aggregate = 'sequenceMeanTokenMean', maxLength = T } = given;
  let total = 0;
  for (const row of full) {
    const logRatios = row.map((i) => Math.max(-20, Math.min(20, (batch.logProbs[i] as number) - (batch.oldLogProbs[i] as number))));
    const s = Math.exp(logRatios.reduce((sum, l) => sum + l, 0) / row.length);
    for (const i of row) {
      const A = batch.advantages[i] as number;
      const outside = (A > 0 && s > 1 + clipHigh) || (A < 0 && s < 1 - clipLow);
      const bounded = Math.min(1 + clipHigh, Math.max(1 - clipLow, s));
      const surrogate = outside ? -bounded * A : -s * A * Math.exp((logProbs[i] as number) - (batch.logProbs[i] as number));
      const kl = klCoefficient * klToken(klEstimator, logProbs[i] as number, batch.refLogProbs[i] as number).value;
      const divisor = {
        tokenMean: full.flat().length,
        sequenceMeanTokenMean: full.length * row.length,
        sequenceMeanTokenSum: full.length,
        constant: B * maxLength,
      }[aggregate];
      total += (surrogate + kl) / divisor;
    }
  }
  return total;
}

describe('gspoWeights', () => {
  const small = options.map((given) => ({ ...given, ...(given.clipLow === undefined ? {} : { clipLow: given.clipLow / 100 }) }));
  it('is the derivative of its surrogate at a detached sequence ratio, and reports the surrogate’s value', () => {
    let clipped = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0 }), fc.constantFrom(1, 1e-3), small, (seed, spread, given) => {
        const wide = randomBatch(seed);
        const batch = { ...wide, oldLogProbs: wide.oldLogProbs.map((old, i) => (wide.logProbs[i] as number) + spread * (old - (wide.logProbs[i] as number))) };
        const { loss, weights, metrics } = gspoWeights(batch, given);
        clipped += metrics.clipFraction;
        expect(loss).toBeCloseTo(gspoSurrogate(batch, given, batch.logProbs), 9);
        expectSlopes(
          weights,
          slopes(batch, (logProbs) => gspoSurrogate(batch, given, logProbs)),
        );
      }),
      { numRuns: 300 },
    );
    expect(clipped).toBeGreaterThan(10);
  });
  it('stops at a mean log-ratio of 10: s = e¹⁰ in the loss, weight 0', () => {
    const { loss, weights } = gspoWeights({ shape: [1, 2], logProbs: [-1, -1], oldLogProbs: [-13, -12], advantages: [-1, -1], mask: [1, 1] });
    expect(loss).toBeCloseTo(Math.exp(10), 6);
    expect([...weights]).toEqual([0, 0]);
  });
});

describe('the response mask', () => {
  const all = { ...CLIPPED, gspoWeights, sapoWeights } as Readonly<Record<string, Objective>>;
  it.each(Object.entries(all))('%s: nothing at a masked position changes loss, weights or metrics', (_, objective) => {
    let masked = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0 }), options, fc.double(), (seed, given, value) => {
        const batch = randomBatch(seed);
        const elsewhere = (values: Float64Array): Float64Array => values.map((x, i) => (batch.mask[i] ? x : value));
        masked += batch.mask.filter((m) => m === 0).length;
        const changed = {
          ...batch,
          logProbs: elsewhere(batch.logProbs),
          oldLogProbs: elsewhere(batch.oldLogProbs),
          refLogProbs: elsewhere(batch.refLogProbs),
          advantages: elsewhere(batch.advantages),
        };
        expect(objective(changed, given)).toEqual(objective(batch, given));
      }),
    );
    expect(masked).toBeGreaterThan(50);
  });
});
