import { describe, expect, it } from 'vitest';
import { createLiveClient } from './liveClient.ts';
import { mediaWikiExtracts, mediaWikiImageSearch, mediaWikiSearch } from './mediaWiki.ts';
import { searchR1Search } from './searchR1.ts';
import { searxngSearch } from './searxng.ts';
import { fakeFetch, jsonResponse } from './testing/fakeFetch.ts';

const answering = (value: unknown, status = 200) => fakeFetch(() => jsonResponse(value, { status }));
const clientOf = ({ fetch }: ReturnType<typeof fakeFetch>) => createLiveClient({ fetch, backoff: 0 });

describe('searchR1Search(client, address)', () => {
  const result = [
    [
      { document: { id: '0', contents: '"Paris"\nParis is the capital of France.\nIt is old.' }, score: 12.3 },
      { document: { id: 7, contents: 'Untitled' }, score: 1 },
    ],
  ];
  it('posts the query as the retriever wants it and reads titles from the first lines', async () => {
    const net = answering({ result });
    expect(await searchR1Search(clientOf(net), 'http://localhost:8000')('capital of France')).toEqual([
      { id: '0', title: 'Paris', text: 'Paris is the capital of France.\nIt is old.', score: 12.3 },
      { id: '7', title: 'Untitled', text: '', score: 1 },
    ]);
    expect(net.asked[0]?.url.href).toBe('http://localhost:8000/retrieve');
    expect(net.asked[0]?.init.method).toBe('POST');
    expect(net.asked[0]?.init.body).toBe('{"queries":["capital of France"],"topk":3,"return_scores":true}');
    expect(new Headers(net.asked[0]?.init.headers).get('Content-Type')).toBe('application/json');
  });
  it('leaves an address that has /retrieve as it is', async () => {
    const net = answering({ result });
    await searchR1Search(clientOf(net), 'http://localhost:8000/deep/retrieve')('q');
    expect(net.asked[0]?.url.pathname).toBe('/deep/retrieve');
  });
  it('says what it expected of an answer of another shape', async () => {
    await expect(searchR1Search(clientOf(answering({ result: [[{ id: '0', contents: 'no score' }]] })), 'http://a.org')('q')).rejects.toThrow(
      /a\.org: expected the answer of a Search-R1 retriever/,
    );
  });
});

describe('mediaWikiSearch(client, address)', () => {
  const search = [
    { ns: 0, title: 'France', pageid: 4, snippet: 'The <span class="searchmatch">capital</span> of Fran&ccedil;e &amp; the &#039;rest&#039; is <b>Paris</b>' },
    { ns: 0, title: 'Paris', pageid: 9, snippet: '' },
  ];
  it('searches texts, with origin in the address, and reads snippets as text', async () => {
    const net = answering({ batchcomplete: true, query: { searchinfo: { totalhits: 2 }, search } });
    expect(await mediaWikiSearch(clientOf(net), 'https://wiki.example.org/w/api.php?x=1')('capital France')).toEqual([
      { id: '4', title: 'France', text: "The capital of Fran&ccedil;e & the 'rest' is Paris", score: 1 },
      { id: '9', title: 'Paris', text: '', score: 0.5 },
    ]);
    const { url, init } = net.asked[0] as (typeof net.asked)[number];
    expect(url.origin + url.pathname).toBe('https://wiki.example.org/w/api.php');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ srsearch: 'capital France', srwhat: 'text', srlimit: '3', formatversion: '2', origin: '*' });
    expect(new Headers(init.headers).get('Api-User-Agent')).toMatch(/^TAPO-Notebook\//);
  });
  it.each([
    ['https://en.wikipedia.org', 'https://en.wikipedia.org/w/api.php'],
    ['https://en.wikipedia.org/wiki/Main_Page', 'https://en.wikipedia.org/w/api.php'],
    ['http://localhost:8080/', 'http://localhost:8080/api.php'],
    ['http://localhost:8080/mediawiki/index.php/Main_Page', 'http://localhost:8080/mediawiki/api.php'],
    ['http://localhost:8080/mediawiki', 'http://localhost:8080/mediawiki/api.php'],
  ])('finds the API of %s', async (address, api) => {
    const net = answering({ query: { search: [] } });
    expect(await mediaWikiSearch(clientOf(net), address)('q')).toEqual([]);
    expect((net.asked[0]?.url.href ?? '').split('?')[0]).toBe(api);
  });
  it('takes an error that comes with status 200 for one', async () => {
    const net = answering({ error: { code: 'ratelimited', info: 'You have exceeded your rate limit.', docref: '…' } });
    await expect(mediaWikiSearch(clientOf(net), 'http://a.org')('q')).rejects.toThrow(
      'a.org: it refused the call: ratelimited: You have exceeded your rate limit.',
    );
  });
});

describe('mediaWikiExtracts(client, address)', () => {
  const page = (index: number, title: string, extract?: string) => ({ pageid: 10 + index, ns: 0, title, index, ...(extract === undefined ? {} : { extract }) });
  it('asks for the beginnings of the pages that a search finds, and gives them in its order', async () => {
    const net = answering({
      batchcomplete: true,
      query: { pages: [page(2, 'Paris', 'A city.'), page(1, 'France', 'Its capital is Paris.'), page(3, 'Empty')] },
    });
    expect(await mediaWikiExtracts(clientOf(net), 'https://en.wikipedia.org')('capital France')).toEqual([
      { id: '11', title: 'France', text: 'Its capital is Paris.', score: 1 },
      { id: '12', title: 'Paris', text: 'A city.', score: 0.5 },
      { id: '13', title: 'Empty', text: '', score: 1 / 3 },
    ]);
    expect(Object.fromEntries(net.asked[0]?.url.searchParams ?? [])).toMatchObject({
      generator: 'search',
      gsrsearch: 'capital France',
      gsrwhat: 'text',
      gsrlimit: '3',
      prop: 'extracts',
      exintro: '1',
      explaintext: '1',
      origin: '*',
    });
  });
  it('gives nothing where nothing was found', async () => {
    expect(await mediaWikiExtracts(clientOf(answering({ batchcomplete: true })), 'http://a.org')('q')).toEqual([]);
  });
  it('says that a wiki without the extension has none', async () => {
    const warnings = { query: { warnings: 'Unrecognized value for parameter "prop": extracts' } }; // as MediaWiki 1.39 words it
    const net = answering({ batchcomplete: true, warnings, query: { pages: [page(1, 'France')] } });
    await expect(mediaWikiExtracts(clientOf(net), 'http://a.org')('q')).rejects.toThrow(
      'a.org: it refused the call: the beginnings of pages are given by the extension TextExtracts, which this wiki lacks; take the address without #extracts',
    );
  });
});

describe('mediaWikiImageSearch(client, address)', () => {
  it('asks for files with the SHA-1 of the bytes, and reads titles from their names', async () => {
    const net = answering({ batchcomplete: true, query: { allimages: [{ ns: 6, name: 'Flag_of_Côte_d’Ivoire.v2.png', title: 'File:Flag' }] } });
    expect(await mediaWikiImageSearch(clientOf(net), 'http://wiki.example.org')(new TextEncoder().encode('abc'))).toEqual([
      { title: 'Flag of Côte d’Ivoire.v2', score: 1 },
    ]);
    const { url, init } = net.asked[0] as (typeof net.asked)[number];
    expect(Object.fromEntries(url.searchParams)).toEqual({
      action: 'query',
      list: 'allimages',
      aisha1: 'a9993e364706816aba3e25717850c26c9cd0d89d', // of "abc", by FIPS 180
      ailimit: '3',
      aiprop: '',
      format: 'json',
      formatversion: '2',
      origin: '*',
    });
    expect(new Headers(init.headers).get('Api-User-Agent')).toMatch(/^TAPO-Notebook\//);
  });
  it('takes an error that comes with status 200 for one', async () => {
    const net = answering({ error: { code: 'invalidsha1hash', info: 'The SHA1 hash provided is not valid.' } });
    await expect(mediaWikiImageSearch(clientOf(net), 'http://a.org')(new Uint8Array(1))).rejects.toThrow('a.org: it refused the call: invalidsha1hash');
  });
});

describe('searxngSearch(client, address)', () => {
  it('asks for JSON and reads titles and contents', async () => {
    const results = Array.from({ length: 5 }, (_, i) => ({
      url: `https://x/${i}`,
      title: `T${i}`,
      content: i === 1 ? null : `c${i}`,
      engine: 'x',
      score: 5 - i,
    }));
    const net = answering({ query: 'q', number_of_results: 0, results });
    expect(await searxngSearch(clientOf(net), 'https://searx.example.org/sub/')('q & r')).toEqual([
      { id: 'https://x/0', title: 'T0', text: 'c0', score: 5 },
      { id: 'https://x/1', title: 'T1', text: '', score: 4 },
      { id: 'https://x/2', title: 'T2', text: 'c2', score: 3 },
    ]);
    expect(net.asked[0]?.url.href).toBe('https://searx.example.org/sub/search?q=q+%26+r&format=json');
  });
  it('knows what 403 means there', async () => {
    await expect(searxngSearch(clientOf(answering('', 403)), 'https://searx.example.org')('q')).rejects.toThrow(
      /JSON is switched off there; add json to search\.formats/,
    );
  });
});
