import { describe, expect, it } from 'vitest';
import { randomStream } from '../tapo/index.ts';
import { ALGORITHMS, trainConfig } from './config.ts';
import { MAX_MODEL_TOKENS, OBJECTIVES, objectiveOptions } from './improve.ts';

describe('objectiveOptions(config)', () => {
  it('leaves to the objective what is its own, by default', () => {
    expect(objectiveOptions(trainConfig({}))).toEqual({
      maxLength: MAX_MODEL_TOKENS,
      dualClip: 3,
      tauPositive: 1,
      tauNegative: 1.05,
      klCoefficient: 0,
      klEstimator: 'k3',
    });
  });
  it('passes every option on, a dual clip that is off too', () => {
    const given = {
      clipLow: 0.1,
      clipHigh: 0.3,
      dualClip: null,
      aggregate: 'constant',
      maxLength: 50,
      tauPositive: 2,
      tauNegative: 3,
      klCoefficient: 0.5,
      klEstimator: 'k1',
    };
    expect(objectiveOptions(trainConfig(given))).toEqual(given);
  });
});

describe('the defaults of a run', () => {
  const random = randomStream(3);
  const many = (low: number, high: number) => Array.from({ length: 400 }, () => low + (high - low) * random.next());
  const logProbs = many(-3, 0);
  const batch = { shape: [20, 20] as const, logProbs, oldLogProbs: logProbs.map((l, i) => l - (many(-2, 2)[i] as number)), advantages: many(-2, 2) };
  const mask = logProbs.map((_, i) => (i % 7 === 0 ? 0 : 1));
  it.each(ALGORITHMS)('are those of the objective of %s', (algorithm) => {
    const own = OBJECTIVES[algorithm]({ ...batch, mask }, { maxLength: MAX_MODEL_TOKENS });
    expect(OBJECTIVES[algorithm]({ ...batch, mask }, objectiveOptions(trainConfig({ algorithm })))).toEqual(own);
    expect(own.weights.some((w) => w !== 0)).toBe(true);
  });
});

describe('MAX_MODEL_TOKENS', () => {
  it('is the length from which the overlong penalty is full, by default', () => {
    expect(trainConfig({ overlong: {} }).overlong?.maxTokens).toBe(MAX_MODEL_TOKENS);
  });
});
