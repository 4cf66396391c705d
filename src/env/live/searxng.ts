// Text search of a SearXNG instance: /search?format=json. Most instances have JSON switched off (403) and send no CORS headers.
import * as v from 'valibot';
import { checked, joinPath } from './answers.ts';
import type { LiveClient } from './liveClient.ts';
import { type LiveSearch, TOP_K } from './search.ts';

const Answer = v.object({
  results: v.array(v.object({ url: v.optional(v.string(), ''), title: v.string(), content: v.nullish(v.string(), ''), score: v.nullish(v.number(), 0) })),
});

/** `address` is that of the instance, with or without /search. */
export function searxngSearch(client: LiveClient, address: string): LiveSearch {
  const page = joinPath(address, 'search');
  return async (query, signal) => {
    const url = new URL(page);
    url.searchParams.set('q', query);
    url.searchParams.set('format', 'json');
    const json = await client.json(url, { faults: { 403: { kind: 'json-off' } }, ...(signal ? { signal } : {}) });
    const { results } = checked(url, 'a search result of SearXNG, {"results":[{"title","content"}]}', Answer, json);
    return results.slice(0, TOP_K).map(({ url: id, title, content, score }) => ({ id, title, text: content ?? '', score: score ?? 0 }));
  };
}
