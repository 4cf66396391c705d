import { afterEach, describe, expect, it } from 'vitest';
import { buildTextIndex } from '../../textIndex.ts';
import { type Retriever, startRetriever } from './retriever.ts';

let retriever: Retriever | null = null;
afterEach(() => retriever?.stop());

describe('startRetriever(options)', () => {
  it('answers as the server of Search-R1 does, byte for byte', async () => {
    retriever = await startRetriever({ texts: buildTextIndex([{ id: '0', title: 'Évian', text: 'Évian is a "town".' }]) });
    const ask = (path: string, body: string) => fetch(`${retriever?.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const response = await ask('/retrieve', '{"queries":["town"],"topk":3,"return_scores":true}');
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/json']);
    const text = await response.text();
    const { result } = JSON.parse(text) as { result: [[{ score: number }]] };
    expect(text).toBe(`{"result":[[{"document":{"id":"0","contents":"\\"Évian\\"\\nÉvian is a \\"town\\"."},"score":${result[0][0].score}}]]}`);
    const refused = await ask('/retrieve', '{"query":"town"}');
    expect([refused.status, await refused.text()]).toEqual([422, '{"detail":[{"type":"missing","loc":["body","queries"],"msg":"Field required","input":{}}]}']);
  });
});
