import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callSimilarity, prepareCall, type SimilarityOptions } from '../similarity.ts';
import { argumentForm, ownForm, type TokenForm } from './callForm.ts';
import type { Row } from './searchGoal.ts';
import { tokenIndex } from './tokenIndex.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'the', 'of', 'kitten', 'sitting'), { maxLength: 7 }).map((w) => w.join(' '));
const search = (query: string) => prepareCall({ name: 'search', kind: 'text', arguments: { query } });
const other = (args: Record<string, unknown>) => prepareCall({ name: 'run', kind: 'other', arguments: args });
const ownTokens = (call: ReturnType<typeof search>, options: SimilarityOptions) => ownForm(call, options) as TokenForm;

/** Similar calls that a search from `from` on fails to visit. */
function missed(calls: readonly Row['call'][], sought: Row['call'], from: number, options: SimilarityOptions, formOf: typeof argumentForm): unknown[] {
  const index = tokenIndex<Row>();
  calls.forEach((call, rank) => {
    index.add({ call, rank }, { ...formOf(call, options), signature: () => `${rank}` });
  });
  const visited: number[] = [];
  index.search(formOf(sought, options), { above: from, from, rank: Number.POSITIVE_INFINITY }, ({ rank }) => visited.push(rank));
  expect(new Set(visited).size).toBe(visited.length);
  return calls.flatMap((call, rank) => (callSimilarity(sought, call, options) >= from && !visited.includes(rank) ? [call.call.arguments] : []));
}

describe('tokenIndex', () => {
  const threshold = fc.constantFrom(Number.MIN_VALUE, 0.3, 0.5, 2 / 3, 0.7, 1);
  it.each(['tokenF1', 'jaccard', 'levenshtein', 'exact'] as const)('visits every text whose similarity reaches the goal, once: %s', (text) => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), words, threshold, (texts, sought, from) => {
        expect(missed(texts.map(search), search(sought), from, { text }, ownTokens)).toEqual([]);
      }),
    );
  });
  it.each(['tokenF1', 'jaccard', 'levenshtein', 'exact'] as const)('visits every call whose arguments are that alike, once: %s', (text) => {
    const value = fc.oneof<fc.Arbitrary<unknown>[]>(words, fc.constantFrom(1, '1', null, true), fc.constantFrom([0, 0, 2, 2], [0, 0, 2, 1], [1, 1, 1, 1]));
    const call = fc.dictionary(fc.constantFrom('p', 'q', 'r'), value).map(other);
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), call, threshold, (calls, sought, from) => {
        expect(missed(calls, sought, from, { text }, argumentForm)).toEqual([]);
      }),
    );
  });
  it('visits one of many texts that are equally alike, if only the oldest is wanted', () => {
    const index = tokenIndex<Row>();
    for (let rank = 0; rank < 100; rank++) {
      const call = search(`capital of country${rank}`);
      index.add({ call, rank }, ownTokens(call, {}));
    }
    const goal = { above: 0.1, from: 0.1, rank: Number.POSITIVE_INFINITY };
    let visits = 0;
    index.search(ownTokens(search('capital of nowhere'), {}), goal, ({ rank }) => {
      visits++;
      Object.assign(goal, { above: 2 / 3, from: 2 / 3, rank });
    });
    expect([visits, goal.rank]).toEqual([1, 0]);
  });
});
