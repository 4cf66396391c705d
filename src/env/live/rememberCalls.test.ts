import { expect, it } from 'vitest';
import type { Tool } from '../types.ts';
import { rememberCalls } from './rememberCalls.ts';
import { TEXT_TOOL } from './testing/fakeFetch.ts';

const CONTEXT = { task: { id: 't', preset: '', split: 'train', type: '', question: '', answer: '', image: '', scene: null }, images: [] } as const;

it('rememberCalls(tool) keeps 32 MB of pictures, those asked for last, and leaves texts alone', async () => {
  const asked: unknown[] = [];
  const pixels = new Uint8Array(8 * 2 ** 20);
  const tool: Tool = {
    ...TEXT_TOOL,
    call: async ({ query }) => {
      asked.push(query);
      return query === 'text' ? { kind: 'documents', results: [] } : { kind: 'picture', picture: { width: 0, height: 0, pixels }, text: '' };
    },
  };
  const { call } = rememberCalls(tool);
  const ask = async (...queries: readonly unknown[]): Promise<unknown[]> => {
    asked.length = 0;
    for (const query of queries) await call({ query }, CONTEXT);
    return asked;
  };
  expect(await ask('text', 1, 2, 3, 4)).toHaveLength(5);
  expect(await ask('text', 1, 2, 3, 4, 1)).toEqual([]);
  expect(await ask(5, 1, 3, 4, 'text')).toEqual([5]); // 2 was asked for longest ago
  expect(await ask(2)).toEqual([2]);
});
