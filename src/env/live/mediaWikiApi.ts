// The Action API of a MediaWiki: Wikipedia's, or that of a wiki of one's own. It answers any page that has origin=* in the address.
import * as v from 'valibot';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';

/** Errors come with status 200. */
const Refusal = v.object({ error: v.object({ code: v.string(), info: v.optional(v.string(), '') }) });

/** A browser cannot name itself by User-Agent; Wikimedia asks for this header instead. */
const AGENT = 'TAPO-Notebook/0.1 (research notebook; one reader)';

export interface MediaWikiAnswer {
  readonly url: URL;
  readonly json: unknown;
}

/** One query. `address` is that of api.php, or of the wiki. Throws LiveError. */
export async function askMediaWiki(
  client: LiveClient,
  address: string,
  parameters: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<MediaWikiAnswer> {
  const url = apiAddress(address);
  for (const [name, value] of Object.entries({ action: 'query', ...parameters, format: 'json', formatversion: '2', origin: '*' }))
    url.searchParams.set(name, value);
  const json = await client.json(url, { headers: { 'Api-User-Agent': AGENT }, ...(signal ? { signal } : {}) });
  if (v.is(Refusal, json))
    throw new LiveError(url.host, { kind: 'refused', message: client.keys.redact(`${json.error.code}: ${json.error.info}`).slice(0, 300) });
  return { url, json };
}

/** Wikis of Wikimedia have their API under /w/; others beside their pages. */
function apiAddress(address: string): URL {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
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
