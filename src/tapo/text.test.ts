import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactWords, jaccard, levenshteinSimilarity, TEXT_SIMILARITIES, tokenF1, words } from './text.ts';

describe('words(text)', () => {
  it('lower-cases and keeps runs of letters, digits and marks', () => {
    expect(words("Côte d'Ivoire: 1,200 km²!")).toEqual(['côte', 'd', 'ivoire', '1', '200', 'km2']);
  });
  it('makes one word of a script without spaces, and none of punctuation', () => {
    expect(words('日本の首都')).toEqual(['日本の首都']);
    expect(words(' … — ')).toEqual([]);
  });
});

describe('text similarities of two lists of words', () => {
  const w = (text: string) => words(text);
  it('tokenF1 counts words as often as they stand', () => {
    expect(tokenF1(w('capital of France'), w('France capital'))).toBeCloseTo(4 / 5, 12);
    expect(tokenF1(w('a a b'), w('a b b'))).toBeCloseTo(4 / 6, 12);
  });
  it('jaccard counts each word once', () => {
    expect(jaccard(w('a a b'), w('a b b'))).toBe(1);
    expect(jaccard(w('a b'), w('b c'))).toBeCloseTo(1 / 3, 12);
  });
  it('levenshtein compares code points of the words joined by spaces', () => {
    expect(levenshteinSimilarity(w('kitten'), w('sitting'))).toBeCloseTo(1 - 3 / 7, 12);
    expect(levenshteinSimilarity(w('𝒳'), w('a'))).toBe(0);
  });
  it('exact wants the same words in the same order', () => {
    expect(exactWords(w('France capital'), w('capital France'))).toBe(0);
    expect(exactWords(w('Capital: France'), w('capital france'))).toBe(1);
  });
  it.each(Object.entries(TEXT_SIMILARITIES))('%s: two empty texts are 1, one empty is 0; symmetric, in [0, 1], 1 with itself', (_, similarity) => {
    expect(similarity([], [])).toBe(1);
    expect(similarity([], ['a'])).toBe(0);
    expect(similarity(['a'], [])).toBe(0);
    const texts = fc.array(fc.constantFrom('a', 'b', 'cd', 'é'), { maxLength: 6 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const s = similarity(a, b);
        expect(s).toBe(similarity(b, a));
        expect(s).toBeGreaterThanOrEqual(0);
        expect(s).toBeLessThanOrEqual(1);
        expect(similarity(a, a)).toBe(1);
      }),
    );
  });
});
