import { describe, expect, it } from 'vitest';
import { ConfigError, trainConfig } from './config.ts';

describe('trainConfig(spec)', () => {
  it('fills in every default', () => {
    expect(trainConfig({})).toMatchObject({
      benchmark: 'atlas',
      algorithm: 'grpo',
      groupSize: 8,
      prompts: 12,
      credit: { rule: 'tapo', theta: 0.7, alphaMin: 0.2, beta: 0.8, thetaCluster: null },
      dynamicSampling: 0,
      overlong: null,
      advantage: null,
      dualClip: 3,
    });
    expect(trainConfig({ overlong: {} }).overlong).toEqual({ maxTokens: 168, buffer: 34 });
    expect(trainConfig({ overlong: { maxTokens: 1 } }).overlong).toEqual({ maxTokens: 1, buffer: 1 });
  });
  it('takes the first preset of the benchmark, unless one is given', () => {
    expect(trainConfig({}).preset).toBe('grid');
    expect(trainConfig({ benchmark: 'almanac' }).preset).toBe('easy');
    expect(trainConfig({ benchmark: 'almanac', preset: 'hard' }).preset).toBe('hard');
  });
  it('gives a complete configuration back as it is', () => {
    const config = trainConfig({ seed: 7, credit: { rule: 'none', beta: 0.5 } });
    expect(trainConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });
  it.each([
    [{ algorithm: 'ppo' }, /^algorithm: expected .*"grpo".*, got "ppo"/],
    [{ groupSize: 2.5 }, /^groupSize: expected a whole number, got 2.5$/],
    [{ groupSize: 0 }, /^groupSize: expected >=1, got 0/],
    [{ learningRate: 'fast' }, /^learningRate: expected number, got "fast"/],
    [{ learnRate: 1 }, /^learnRate: no such option; expected one of .*learningRate/],
    [{ credit: { teta: 1 } }, /^credit\.teta: no such option; expected one of .*theta/],
    [{ credit: { beta: -1 } }, /^credit\.beta: expected >=0, got -1/],
    [{ dynamicSampling: 10 }, /^dynamicSampling: expected <=9, got 10/],
    [{ dualClip: 1 }, /^dualClip: expected >1, got 1/],
    [{ overlong: { maxTokens: 20, buffer: 30 } }, /^overlong\.buffer: expected at most overlong\.maxTokens, got 30/],
    [{ overlong: { cache: 30 } }, /^overlong\.cache: no such option; expected one of maxTokens, buffer/],
    [null, /the configuration: expected Object, got null/],
  ])('refuses %j and names the field', (spec, message) => {
    expect(() => trainConfig(spec)).toThrow(ConfigError);
    expect(() => trainConfig(spec)).toThrow(message);
  });
  it('names all faults at once', () => {
    expect(() => trainConfig({ seed: -1, updates: 0 })).toThrow(/seed: .*\nupdates: /);
  });
});
