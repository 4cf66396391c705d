import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMixed, keepMixedGroups, overlongPenalty } from './sampling.ts';

describe('isMixed(accuracies)', () => {
  it('is true iff two of them differ', () => {
    expect([[], [true], [true, true], [0, 0, 0], [0.5, 0.5]].map(isMixed)).toEqual([false, false, false, false, false]);
    expect(
      [
        [true, false],
        [0, 0, 1],
        [0.5, 0.4],
      ].map(isMixed),
    ).toEqual([true, true, true]);
  });
});

describe('keepMixedGroups(groups, size, accuraciesOf)', () => {
  const [a, b, c, d] = [
    { name: 'a', correct: [true, true] },
    { name: 'b', correct: [true, false] },
    { name: 'c', correct: [false, false] },
    { name: 'd', correct: [false, true] },
  ] as const;
  const keep = (groups: readonly { name: string; correct: readonly boolean[] }[], size: number) => {
    const { kept, ...counts } = keepMixedGroups(groups, size, (group) => group.correct);
    return { kept: kept.map(({ name }) => name).join(''), ...counts };
  };
  it('keeps mixed groups in the order drawn, and fills with the others', () => {
    expect(keep([a, b, c, d], 2)).toEqual({ kept: 'bd', mixed: 2, filled: 0 });
    expect(keep([a, b, c, d], 3)).toEqual({ kept: 'bda', mixed: 2, filled: 1 });
    expect(keep([a, c], 2)).toEqual({ kept: 'ac', mixed: 0, filled: 2 });
  });
  it('gives no more than there are, and counts mixed groups that found no place', () => {
    expect(keep([b], 3)).toEqual({ kept: 'b', mixed: 1, filled: 0 });
    expect(keep([b, d, b], 1)).toEqual({ kept: 'b', mixed: 3, filled: 0 });
    expect(keep([], 3)).toEqual({ kept: '', mixed: 0, filled: 0 });
  });
  it('never keeps an unmixed group while a mixed one is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.boolean(), { maxLength: 4 }), { maxLength: 12 }), fc.integer({ min: 0, max: 8 }), (groups, size) => {
        const { kept, mixed, filled } = keepMixedGroups(groups, size, (group) => group);
        expect(kept.length).toBe(Math.min(size, groups.length));
        expect(kept.filter((group) => !isMixed(group)).length).toBe(filled);
        if (filled > 0) expect(kept.filter(isMixed).length).toBe(mixed);
      }),
    );
  });
});

describe('overlongPenalty(modelTokens, { maxTokens, buffer })', () => {
  const options = { maxTokens: 100, buffer: 20 };
  it('is 0 up to L_max − L_buf, grows evenly over the buffer, and stops at −1', () => {
    // 85 tokens: 5 of the 20 in the buffer
    expect([0, 79, 80, 85, 90, 100, 101, 5000].map((L) => overlongPenalty(L, options))).toEqual([0, 0, 0, -0.25, -0.5, -1, -1, -1]);
  });
  it('with a buffer as long as L_max begins at the first token; with one of 1 it is a step', () => {
    expect([0, 25, 50].map((L) => overlongPenalty(L, { maxTokens: 100, buffer: 100 }))).toEqual([0, -0.25, -0.5]);
    expect([99, 100].map((L) => overlongPenalty(L, { maxTokens: 100, buffer: 1 }))).toEqual([0, -1]);
  });
  it('refuses a buffer that is no part of the length', () => {
    expect(() => overlongPenalty(1, { maxTokens: 10, buffer: 0 })).toThrow('overlongPenalty: expected a buffer from 1 to maxTokens = 10, got 0');
    expect(() => overlongPenalty(1, { maxTokens: 10, buffer: 11 })).toThrow('got 11');
  });
  it('never grows with length, and stays in [−1, 0]', () => {
    const lengths = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(lengths, lengths, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 200 }), (p, q, buffer, more) => {
        const [shorter, longer] = [Math.min(p, q), Math.max(p, q)].map((L) => overlongPenalty(L, { maxTokens: buffer + more, buffer })) as [number, number];
        expect(shorter).toBeGreaterThanOrEqual(longer);
        expect(longer).toBeGreaterThanOrEqual(-1);
        expect(shorter).toBeLessThanOrEqual(0);
      }),
    );
  });
});
