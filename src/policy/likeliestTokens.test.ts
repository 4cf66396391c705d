import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeliestTokens, NEVER } from './likeliestTokens.ts';

describe('likeliestTokens(logits, count)', () => {
  it('gives the likeliest first, with log-probs over all tokens', () => {
    // exp: 1, 2, 5 of 8
    const { tokens, logProbs } = likeliestTokens([0, Math.log(2), Math.log(5)], 2);
    expect(tokens).toEqual([2, 1]);
    expect(logProbs.map(Math.exp)).toEqual([expect.closeTo(5 / 8, 12), expect.closeTo(2 / 8, 12)]);
  });
  it('breaks ties by id', () => expect(likeliestTokens([1, 3, 3, 1], 4).tokens).toEqual([1, 2, 0, 3]));
  it('leaves out tokens that are never written, also where all are asked for', () => {
    const { tokens, logProbs } = likeliestTokens([NEVER + 3, 0, 0], 10);
    expect(tokens).toEqual([1, 2]);
    expect(logProbs).toEqual([expect.closeTo(-Math.LN2, 12), expect.closeTo(-Math.LN2, 12)]);
  });
  it('of one token is certain, of none is empty, however large the logits', () => {
    expect(likeliestTokens([800], 5)).toEqual({ tokens: [0], logProbs: [0] });
    expect(likeliestTokens([], 5)).toEqual({ tokens: [], logProbs: [] });
    expect(likeliestTokens([1000, 999], 1).logProbs[0]).toBeCloseTo(-Math.log(1 + Math.exp(-1)), 12);
  });
  it('sums to 1 over all tokens, in descending order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 40 }), (logits) => {
        const { tokens, logProbs } = likeliestTokens(logits, logits.length);
        expect(new Set(tokens).size).toBe(logits.length);
        expect(logProbs.reduce((sum, l) => sum + Math.exp(l), 0)).toBeCloseTo(1, 9);
        logProbs.slice(1).forEach((l, i) => {
          expect(l).toBeLessThanOrEqual(logProbs[i] as number);
        });
      }),
    );
  });
});
