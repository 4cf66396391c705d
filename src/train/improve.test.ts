import { describe, expect, it } from 'vitest';
import { trainConfig } from './config.ts';
import { MAX_MODEL_TOKENS, objectiveOptions } from './improve.ts';

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

describe('MAX_MODEL_TOKENS', () => {
  it('is the length from which the overlong penalty is full, by default', () => {
    expect(trainConfig({ overlong: {} }).overlong?.maxTokens).toBe(MAX_MODEL_TOKENS);
  });
});
