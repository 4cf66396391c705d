// The retriever of Search-R1 (search_r1/search/retrieval_server.py): POST /retrieve. It sends no CORS headers; a page goes through the proxy.
import * as v from 'valibot';
import { checked, joinPath } from './answers.ts';
import type { LiveClient } from './liveClient.ts';
import { type LiveSearch, TOP_K } from './search.ts';

const Answer = v.object({
  result: v.pipe(
    v.array(v.array(v.object({ document: v.object({ id: v.optional(v.union([v.string(), v.number()]), ''), contents: v.string() }), score: v.number() }))),
    v.minLength(1),
  ),
});

/** `address` is the server's, with or without /retrieve. A document's `contents` is its title in quotes, a line end, and its text. */
export function searchR1Search(client: LiveClient, address: string): LiveSearch {
  const url = joinPath(address, 'retrieve');
  return async (query, signal) => {
    const body = { queries: [query], topk: TOP_K, return_scores: true };
    const json = await client.json(url, { method: 'POST', body, ...(signal ? { signal } : {}) });
    const { result } = checked(url, 'the answer of a Search-R1 retriever, {"result":[[{"document":{"id","contents"},"score"}]]}', Answer, json);
    return (result[0] ?? []).slice(0, TOP_K).map(({ document: { id, contents }, score }) => {
      const [first = '', ...rest] = contents.split('\n');
      return { id: String(id), title: first.replace(/^"(.*)"$/, '$1'), text: rest.join('\n'), score };
    });
  };
}
