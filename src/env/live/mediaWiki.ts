// Searches of a MediaWiki: pages by their text, files by what is in them.
import * as v from 'valibot';
import { sha1 } from '../sha1.ts';
import { checked } from './answers.ts';
import type { LiveImageSearch } from './imageSearch.ts';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';
import { askMediaWiki } from './mediaWikiApi.ts';
import { textOfHtml } from './plainText.ts';
import { type LiveSearch, TOP_K } from './search.ts';

const Pages = v.object({
  query: v.object({ search: v.array(v.object({ title: v.string(), pageid: v.optional(v.number(), 0), snippet: v.string() })) }),
});
const Extracts = v.object({
  query: v.optional(
    v.object({ pages: v.array(v.object({ title: v.string(), pageid: v.optional(v.number(), 0), index: v.number(), extract: v.optional(v.string(), '') })) }),
    { pages: [] }, // it leaves the query out where nothing was found
  ),
});
/** The extension that gives extracts is missing. */
const NoExtracts = v.object({
  warnings: v.object({ query: v.object({ warnings: v.pipe(v.string(), v.regex(/"prop": .*\bextracts\b/)) }) }),
});
const Files = v.object({ query: v.object({ allimages: v.array(v.object({ name: v.string() })) }) });

/** A document is a page's title with the snippet around what was found. */
export function mediaWikiSearch(client: LiveClient, address: string): LiveSearch {
  return async (query, signal) => {
    const parameters = {
      list: 'search',
      srsearch: query,
      srwhat: 'text', // the stock search looks at titles alone otherwise
      srlimit: String(TOP_K),
      srprop: 'snippet',
    };
    const { url, json } = await askMediaWiki(client, address, parameters, signal);
    const { query: found } = checked(url, 'a search result of a MediaWiki, {"query":{"search":[…]}}', Pages, json);
    return found.search.slice(0, TOP_K).map(({ title, pageid, snippet }, i) => ({ id: String(pageid), title, text: textOfHtml(snippet), score: 1 / (i + 1) })); // it tells no score
  };
}

/** A document is a page's title with its beginning, up to the first heading; of the same pages. */
export function mediaWikiExtracts(client: LiveClient, address: string): LiveSearch {
  return async (query, signal) => {
    const parameters = {
      generator: 'search',
      gsrsearch: query,
      gsrwhat: 'text',
      gsrlimit: String(TOP_K),
      prop: 'extracts',
      exintro: '1',
      explaintext: '1',
      exlimit: 'max',
    };
    const { url, json } = await askMediaWiki(client, address, parameters, signal);
    if (v.is(NoExtracts, json))
      throw new LiveError(url.host, {
        kind: 'refused',
        message: 'the beginnings of pages are given by the extension TextExtracts, which this wiki lacks; take the address without #extracts',
      });
    const { query: found } = checked(url, 'pages of a MediaWiki, {"query":{"pages":[{"extract"}]}}', Extracts, json);
    const pages = found.pages.toSorted((a, b) => a.index - b.index).slice(0, TOP_K);
    return pages.map(({ title, pageid, extract }, i) => ({ id: String(pageid), title, text: extract, score: 1 / (i + 1) }));
  };
}

/** Files with exactly these bytes. A title is a file's name without its extension. */
export function mediaWikiImageSearch(client: LiveClient, address: string): LiveImageSearch {
  return async (png, signal) => {
    const parameters = { list: 'allimages', aisha1: await sha1(png), ailimit: String(TOP_K), aiprop: '' };
    const { url, json } = await askMediaWiki(client, address, parameters, signal);
    const { query: found } = checked(url, 'a list of files of a MediaWiki, {"query":{"allimages":[…]}}', Files, json);
    return found.allimages.slice(0, TOP_K).map(({ name }) => ({ title: name.replace(/\.[^.]*$/, '').replaceAll('_', ' '), score: 1 })); // one is as exact as another
  };
}
