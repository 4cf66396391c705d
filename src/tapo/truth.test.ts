import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapJudgement, type JudgedCall, judgeCredit, signTable, trueValue } from './truth.ts';

const helpful = trueValue([0, 0, 0, 0], [1, 1, 1, 1]);
const harmful = trueValue([1, 1, 1, 1], [0, 0, 0, 0]);
const unresolved = trueValue([0, 1, 0, 1], [1, 0, 1, 0]);
const call = (truth: JudgedCall['truth'], advantage: number, assigned: number, group = 'q'): JudgedCall => ({
  group,
  failing: advantage < 0,
  truth,
  advantage,
  assigned,
  scale: 0.5,
});

describe('trueValue(before, after)', () => {
  it('is the difference of the means with its standard error', () => {
    const { delta, standardError, label } = trueValue([0, 0, 1, 1], [1, 1, 1, 0]);
    expect(delta).toBeCloseTo(0.25, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(1 / 3 / 4 + 0.25 / 4), 12); // variances 1/3 and 1/4
    expect(label).toBe('unresolved');
  });
  it('calls a value resolved only beyond two standard errors', () => {
    expect([helpful.label, harmful.label, unresolved.label]).toEqual(['helpful', 'harmful', 'unresolved']);
    expect(trueValue([1, 1, 1], [1]).label).toBe('unresolved'); // equal, without any spread
  });
  it('does not take rounding for a difference', () => {
    const rewards = Array.from({ length: 49 }, () => 0.73);
    expect(trueValue(rewards, [0.73]).label).toBe('unresolved');
  });
  it('has the SE that two estimates of a half have', () => {
    const half = Array.from({ length: 16 }, (_, i) => i % 2);
    expect(trueValue(half, half).standardError).toBeCloseTo(0.18, 2);
  });
  it('needs continuations', () => {
    expect(() => trueValue([], [1])).toThrow('expected rewards of continuations, got 0 and 1');
  });
});

describe('judgeCredit(calls)', () => {
  const calls = [
    call(helpful, -1, 0), // corrected, rightly
    call(harmful, -1, -0.2), // corrected, wrongly
    call(unresolved, -1, 0), // corrected, nobody knows
    call(helpful, -1, -1), // missed
    call(helpful, 1, 1), // of a success: no candidate
  ];
  it('counts precision over resolved corrections and recall over helpful failing calls', () => {
    expect(judgeCredit(calls)).toMatchObject({ precision: 1 / 2, recall: 1 / 2 });
  });
  it('holds assigned signs against true ones; 0 is neither right nor wrong', () => {
    expect(judgeCredit(calls)).toMatchObject({ rightSign: 2 / 4, wrongSign: 1 / 4, punishedHelpful: 1 / 3 });
    expect(signTable(calls)).toEqual({
      negative: { helpful: 1, harmful: 1, unresolved: 0 },
      zero: { helpful: 1, harmful: 0, unresolved: 1 },
      positive: { helpful: 1, harmful: 0, unresolved: 0 },
    });
  });
  it('measures bias and variance on the scale of the reward', () => {
    // errors assigned·0.5 − Δ: 0 − 1, −0.5 − 1; neither Δ has a standard error
    const { bias, variance } = judgeCredit([call(helpful, -1, 0), call(helpful, -1, -1)]);
    expect(bias).toBeCloseTo(-1.25, 12);
    expect(variance).toBeCloseTo(0.125, 12);
  });
  it('takes the noise of Δ itself out of the variance', () => {
    const noisy = { ...unresolved, standardError: 1 };
    expect(judgeCredit([call(noisy, -1, 0), call(noisy, -1, -1)]).variance).toBe(0);
  });
  it('gives null where nothing can be counted', () => {
    expect(judgeCredit([])).toEqual({ precision: null, recall: null, rightSign: null, wrongSign: null, punishedHelpful: null, bias: null, variance: null });
  });
});

describe('bootstrapJudgement(calls)', () => {
  it('gives an interval around the estimate, the same for the same seed', () => {
    const calls = Array.from({ length: 40 }, (_, g) => call(g % 4 === 0 ? harmful : helpful, -1, 0, `q${g}`));
    const { precision, recall } = bootstrapJudgement(calls, { resamples: 400 });
    expect(precision?.[0]).toBeGreaterThan(0.55);
    expect(precision?.[0]).toBeLessThan(0.75);
    expect(precision?.[1]).toBeGreaterThan(0.75);
    expect(precision?.[1]).toBeLessThan(0.95);
    expect(recall).toEqual([1, 1]);
    expect(bootstrapJudgement(calls, { resamples: 400 })).toEqual(bootstrapJudgement(calls, { resamples: 400 }));
  });
  it('draws whole groups: alike ones have no spread', () => {
    const alike = ['a', 'b', 'c', 'd', 'e'].flatMap((group) => [call(helpful, -1, 0, group), call(harmful, -1, 0, group)]);
    expect(bootstrapJudgement(alike, { resamples: 50 }).precision).toEqual([0.5, 0.5]);
  });
  it('gives no interval where prompts are too few to say anything of others', () => {
    const four = ['a', 'b', 'c', 'd'].map((group) => call(helpful, -1, 0, group));
    expect(bootstrapJudgement(four, { resamples: 50 }).precision).toBeNull();
  });
  it('has intervals that hold their estimate, whatever the calls', () => {
    const any = fc.record({
      truth: fc.constantFrom(helpful, harmful, unresolved),
      advantage: fc.constantFrom(-1, 1),
      raise: fc.constantFrom(0, 0.5, 1),
      group: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (records) => {
        const calls = records.map(({ truth, advantage, raise, group }) => call(truth, advantage, advantage < 0 ? advantage + raise : advantage, group));
        const judgement = judgeCredit(calls);
        for (const value of [judgement.precision, judgement.recall, judgement.rightSign, judgement.wrongSign])
          if (value !== null) expect(value >= 0 && value <= 1).toBe(true);
        const { precision } = bootstrapJudgement(calls, { resamples: 60 });
        if (precision) expect(precision[0]).toBeLessThanOrEqual(precision[1]);
      }),
    );
  });
});
