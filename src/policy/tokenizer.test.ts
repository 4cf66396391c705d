import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTokenizer } from './tokenizer.ts';

describe('buildTokenizer(tokens)', () => {
  const tokens = [
    '<pad>',
    '<think>',
    '</think>',
    'capital',
    'of',
    'France',
    'Guinea',
    'Guinea-Bissau',
    "Côte d'Ivoire",
    '+33',
    '33',
    'ALL',
    'all',
    '<patch_3>',
  ];
  const { encode, decode, idOf, textOf, size } = buildTokenizer(tokens);
  const texts = (text: string) => encode(text).map(textOf);

  it('takes the longest match', () => {
    expect(texts('capital of Guinea-Bissau')).toEqual(['capital', 'of', 'Guinea-Bissau']);
    expect(texts('Guinea France')).toEqual(['Guinea', 'France']);
  });
  it('takes signs for pieces where the vocabulary has them', () => {
    const python = buildTokenizer(['print', '(', ')', '+', '/', 'v1', 'v2', '</think>']);
    expect(python.decode(python.encode('print(v1+v2) / </think> - ?'))).toBe('print ( v1 + v2 ) / </think>');
    expect(texts('capital (of) + France')).toEqual(['capital', 'of', 'France']);
  });
  it('splits a text into pieces, known or not: signs are pieces where the vocabulary has any', () => {
    const { split } = buildTokenizer(['print', '(', ')', '+', 'v1', '</think>']);
    expect(split('print(v1 %+2) </think>')).toEqual(['print', '(', 'v1', '%', '+', '2', ')', '</think>']);
    expect(buildTokenizer(tokens).split('capital (of) Peru, +33 %')).toEqual(['capital', 'of', 'Peru', '+33']);
  });
  it('matches names in their own case first, then in any case, also where accents are composed otherwise', () => {
    expect(texts('ALL all france')).toEqual(['ALL', 'all', 'France']);
    expect(texts('Co\u0302te d’Ivoire')).toEqual(["Côte d'Ivoire"]);
  });
  it('tells a leading plus sign, and reads tags', () => {
    expect(texts('+33 33')).toEqual(['+33', '33']);
    expect(texts('<think> France</think> <patch_3>')).toEqual(['<think>', 'France', '</think>', '<patch_3>']);
  });
  it('leaves out what it does not know', () => {
    expect(texts('the capital city of France!')).toEqual(['capital', 'of', 'France']);
    expect(encode('日本 <unknown> …')).toEqual([]);
  });
  it('decodes to texts joined by spaces', () => {
    expect(decode([1, 3, 2])).toBe('<think> capital </think>');
    expect(size).toBe(tokens.length);
  });
  it('names ids and tokens that it lacks, and tokens that it could not tell apart', () => {
    expect(() => decode([99])).toThrow('expected an id from 0 to 13, got 99');
    expect(() => idOf('Peru')).toThrow('no token "Peru"');
    expect(() => buildTokenizer(['a b', 'a-b'])).toThrow('tokens 0 ("a b") and 1 ("a-b") have the same words');
    expect(() => buildTokenizer(['…'])).toThrow('token 0 ("…") has no letter or digit');
  });
});

describe('the vocabulary of the atlas', () => {
  const { groups } = JSON.parse(readFileSync(new URL('../../public/benchmarks/atlas/vocabulary.json', import.meta.url), 'utf8')) as {
    groups: { tokens: string[] }[];
  };
  const tokenizer = buildTokenizer(groups.flatMap((group) => group.tokens));
  it('has about 1,100 tokens, and each comes back alone', () => {
    expect(tokenizer.size).toBeGreaterThan(1000);
    expect(tokenizer.size).toBeLessThan(1200);
    for (let id = 0; id < tokenizer.size; id++) expect(tokenizer.encode(tokenizer.textOf(id)), tokenizer.textOf(id)).toEqual([id]);
  });
  it('gives every pair of tokens back, but for nine pairs of names that the longest match reads as others', () => {
    const all = Array.from({ length: tokenizer.size }, (_, id) => id);
    const lost = all.flatMap((a) => all.filter((b) => tokenizer.encode(tokenizer.decode([a, b])).join() !== `${a},${b}`).map((b) => tokenizer.decode([a, b])));
    const cities = ['Guatemala', 'Kuwait', 'Mexico', 'Panama'].flatMap((name) => [`${name} City of San Marino`, `${name} City of Victoria`]);
    expect(lost.sort()).toEqual([...cities, 'Guinea Bissau'].sort());
  }, 120_000);
  it('gives sequences without such a pair back', () => {
    const risky = new Set(['Guatemala', 'Kuwait', 'Mexico', 'Panama', 'Guinea'].map(tokenizer.idOf));
    fc.assert(
      fc.property(
        fc.array(
          fc.integer({ min: 0, max: tokenizer.size - 1 }).filter((id) => !risky.has(id)),
          { maxLength: 12 },
        ),
        (ids) => {
          expect(tokenizer.encode(tokenizer.decode(ids))).toEqual(ids);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
