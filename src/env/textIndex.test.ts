import { describe, expect, it } from 'vitest';
import { buildTextIndex } from './textIndex.ts';

const documents = [
  { id: 'b', title: 'France', text: 'The capital of France is Paris.' },
  { id: 'a', title: 'Italy', text: 'The capital of Italy is Rome.' },
  { id: 'c', title: 'Spain', text: 'Spain music' },
  { id: 'd', title: 'Peru', text: 'The of in' },
];

describe('buildTextIndex(documents)', () => {
  const index = buildTextIndex(documents);
  const ids = (query: string) => index.search(query).map((hit) => hit.id);
  it('ranks by BM25, leaving stop words out', () => {
    expect(ids('capital France')).toEqual(['b', 'a']);
    expect(ids('the of')).toEqual([]);
    expect(ids('SPAIN')).toEqual(['c']);
  });
  it('breaks ties by id and gives the same answer each time', () => {
    expect(ids('capital')).toEqual(['a', 'b']);
    expect(index.search('capital')).toEqual(index.search('capital'));
  });
  it('gives scores, titles and texts', () => {
    expect(index.search('Paris')[0]).toEqual({ ...documents[0], score: expect.any(Number) });
  });
});
