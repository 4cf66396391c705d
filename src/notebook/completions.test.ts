import { describe, expect, it } from 'vitest';
import { completions } from './completions.ts';

const WORDS = ['capital', 'calling code', 'code', 'New Zealand', 'New Caledonia', 'France'];

describe('completions(text, words)', () => {
  it('completes the last word, and keeps what stands before it', () => {
    expect(completions('capital Fr', WORDS)).toEqual(['capital France']);
    expect(completions('CA', WORDS)).toEqual(['capital', 'calling code']);
  });
  it('completes words of several words', () => {
    expect(completions('capital new', WORDS)).toEqual(['capital New Zealand', 'capital New Caledonia']);
    expect(completions('capital New Z', WORDS)).toEqual(['capital New Zealand']);
    expect(completions('calling c', WORDS)).toEqual(['calling code']);
  });
  it('offers nothing for no text, a finished word, or an end that begins none', () => {
    expect(completions('', WORDS)).toEqual([]);
    expect(completions('capital ', WORDS)).toEqual([]);
    expect(completions('France', WORDS)).toEqual([]);
    expect(completions('capital of Atlantis', WORDS)).toEqual([]);
  });
  it('offers a dozen at most', () =>
    expect(
      completions(
        'w',
        Array.from({ length: 30 }, (_, i) => `w${i}`),
      ),
    ).toHaveLength(12));
});
