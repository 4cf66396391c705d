import { afterEach, expect, it, vi } from 'vitest';
import { fakeFetch, jsonResponse, TEXT_TOOL } from '../env/live/testing/fakeFetch.ts';
import type { Task } from '../env/types.ts';
import { type LiveSetup, type LiveToolsOptions, openLiveTools } from './liveTools.ts';

afterEach(() => vi.unstubAllGlobals());

const TOOLS = ['text_search_tool=search-r1:https://search.example'];
const SETUP: LiveSetup = { keys: [], proxy: null, cassette: { kind: 'off' } };
const options = (part: Partial<LiveToolsOptions> = {}): LiveToolsOptions => ({
  tools: [TEXT_TOOL],
  overview: () => null,
  seed: 0,
  onFault: vi.fn(),
  onMismatch: vi.fn(),
  ...part,
});
const found = (contents: string) => jsonResponse({ result: [[{ document: { id: '1', contents }, score: 1 }]] });
const ask = (tools: readonly (typeof TEXT_TOOL)[], query: string) => tools[0]?.call({ query }, { task: {} as Task, images: [] });

it('opens tools with the key of their host, blots it out of what is recorded, and plays the record again', async () => {
  const network = fakeFetch(() => found('"France"\nParis, said canary'));
  vi.stubGlobal('fetch', network.fetch);
  const live = await openLiveTools(TOOLS, { ...SETUP, keys: [['https://search.example/x', 'canary']], cassette: { kind: 'record' } }, options());
  const answer = await ask(live.tools, 'france');
  expect(answer).toMatchObject({ kind: 'documents', results: [{ title: 'France', text: 'Paris, said •••' }] });
  expect(new Headers(network.asked[0]?.init.headers).get('Authorization')).toBe('Bearer canary');
  const text = live.recorded();
  expect(text.split('\n')).toHaveLength(2);
  expect(text).not.toContain('canary');

  const onMismatch = vi.fn();
  const onFault = vi.fn();
  const played = await openLiveTools(TOOLS, { ...SETUP, cassette: { kind: 'play', text } }, options({ onMismatch, onFault }));
  expect(await ask(played.tools, 'france')).toEqual(answer);
  await expect(ask(played.tools, 'chad')).rejects.toThrow('cassette: call 1 is not in it');
  expect(onMismatch).toHaveBeenCalledOnce();
  expect(onFault).not.toHaveBeenCalled();
  expect(network.asked).toHaveLength(1);
});

it('goes through a proxy, and tells of calls that fail', async () => {
  const network = fakeFetch(() => new Response('', { status: 404 }));
  vi.stubGlobal('fetch', network.fetch);
  const onFault = vi.fn();
  const { tools } = await openLiveTools(TOOLS, { ...SETUP, proxy: 'http://localhost:4173/proxy' }, options({ onFault }));
  await expect(ask(tools, 'france')).rejects.toThrow('nothing is at this address (404)');
  expect(network.asked[0]?.url.href).toBe('http://localhost:4173/proxy?url=https%3A%2F%2Fsearch.example%2Fretrieve');
  expect(onFault).toHaveBeenCalledWith(expect.stringMatching(/^search\.example: nothing/));
});
