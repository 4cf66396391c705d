// Text search of a MediaWiki by its Action API: Wikipedia, or a wiki of one's own. It answers any page that has origin=* in the address.
import * as v from 'valibot';
import { checked } from './answers.ts';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';
import { textOfHtml } from './plainText.ts';
import { type LiveSearch, TOP_K } from './search.ts';

const Answer = v.object({
  query: v.object({ search: v.array(v.object({ title: v.string(), pageid: v.optional(v.number(), 0), snippet: v.string() })) }),
});
/** Errors come with status 200. */
const Refusal = v.object({ error: v.object({ code: v.string(), info: v.optional(v.string(), '') }) });

/** A browser cannot name itself by User-Agent; Wikimedia asks for this header instead. */
const AGENT = 'TAPO-Notebook/0.1 (research notebook; one reader)';

/** `address` is that of api.php, or of the wiki. A document is a page's title with the snippet around what was found. */
export function mediaWikiSearch(client: LiveClient, address: string): LiveSearch {
  const api = apiAddress(address);
  return async (query, signal) => {
    const url = new URL(api);
    const parameters = {
      action: 'query',
      list: 'search',
      srsearch: query,
      srwhat: 'text', // the stock search looks at titles alone otherwise
      srlimit: String(TOP_K),
      srprop: 'snippet',
      format: 'json',
      formatversion: '2',
      origin: '*',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const json = await client.json(url, { headers: { 'Api-User-Agent': AGENT }, ...(signal ? { signal } : {}) });
    if (v.is(Refusal, json))
      throw new LiveError(url.host, { kind: 'refused', message: client.keys.redact(`${json.error.code}: ${json.error.info}`).slice(0, 300) });
    const { query: found } = checked(url, 'a search result of a MediaWiki, {"query":{"search":[…]}}', Answer, json);
    return found.search.slice(0, TOP_K).map(({ title, pageid, snippet }, i) => ({ id: String(pageid), title, text: textOfHtml(snippet), score: 1 / (i + 1) })); // it tells no score
  };
}

/** Wikis of Wikimedia have their API under /w/; others beside their pages. */
function apiAddress(address: string): URL {
  const url = new URL(address);
  url.search = '';
  if (url.pathname.endsWith('/api.php')) return url;
  url.pathname =
    url.pathname === '/' || url.pathname.startsWith('/wiki/')
      ? isWikimedia(url)
        ? '/w/api.php'
        : '/api.php'
      : `${url.pathname.replace(/\/(index\.php.*)?$/, '')}/api.php`;
  return url;
}

function isWikimedia({ hostname }: URL): boolean {
  return /(^|\.)(wikipedia|wikimedia|wiktionary|wikidata|wikisource|wikibooks|wikivoyage|wikiquote|wikinews|wikiversity|mediawiki)\.org$/.test(hostname);
}
