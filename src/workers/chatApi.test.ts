import { setMaxListeners } from 'node:events';
import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChatBody, fakeChat } from '../env/live/testing/fakeChat.ts';
import { fakeFetch, jsonResponse, TEXT_TOOL } from '../env/live/testing/fakeFetch.ts';
import type { Benchmark, Tool } from '../env/types.ts';
import { readRollouts } from '../tapo/index.ts';
import { unwrap } from './answer.ts';
import type { ChatProgress, ChatSetup } from './chat.protocol.ts';
import { createChatApi } from './chatApi.ts';
import type { LiveSetup } from './liveTools.ts';

beforeEach(() => setMaxListeners(0));
afterEach(() => {
  vi.unstubAllGlobals();
  setMaxListeners(10);
});

const ZOOM: Tool = {
  ...TEXT_TOOL,
  name: 'image_zoom_in_tool',
  kind: 'region',
  call: async () => ({ kind: 'image', index: 1, region: { image: 'i', bbox: [0, 0, 500, 500] }, picture: { width: 1, height: 1, pixels: new Uint8Array(3) } }),
};
const BENCHMARK = {
  tools: [ZOOM, TEXT_TOOL],
  overview: () => null,
  task: (preset, split, _, i) => ({ id: `q${i}`, preset, split, type: 't', question: `question ${i}`, answer: `${i}`, image: 'i', scene: null }),
} as Partial<Benchmark> as Benchmark;
const SETUP: ChatSetup = {
  url: 'https://llm.example/v1',
  model: 'm',
  benchmark: 'atlas',
  preset: 'grid',
  split: 'validation',
  tasks: 2,
  groupSize: 2,
  temperature: 1,
  tools: ['text_search_tool=search-r1:https://search.example'],
};
const LIVE: LiveSetup = {
  keys: [
    ['https://llm.example', 'of the model'],
    ['https://search.example', 'of the search'],
  ],
  proxy: null,
  cassette: { kind: 'off' },
};

/** A network with a model and a search engine; `refuse` answers in the model's stead. */
function stubNetwork(refuse?: () => Response) {
  const model = fakeChat((question) => question.replace('question ', ''));
  const network = fakeFetch(({ url, init }) => {
    if (url.host === 'llm.example') return refuse?.() ?? jsonResponse(model(JSON.parse(String(init.body)) as ChatBody));
    return jsonResponse({ result: [[{ document: { id: '1', contents: '"France"\nParis' }, score: 1 }]] });
  });
  vi.stubGlobal('fetch', network.fetch);
  return network.asked;
}

const api = () => createChatApi(async () => BENCHMARK);
const listen = (heard: ChatProgress[] = []) => proxy((progress: ChatProgress) => void heard.push(progress));

describe('createChatApi(load)', () => {
  it('plays over live tools, each host with its own key, and gives the file and the cassette', async () => {
    const asked = stubNetwork();
    const heard: ChatProgress[] = [];
    const played = unwrap(await api().play('', SETUP, { ...LIVE, cassette: { kind: 'record' } }, listen(heard)));
    expect(played).toMatchObject({ rollouts: 4, correct: 2, dropped: 0, planned: 4, faults: [] });
    expect(readRollouts(await played.file.text()).map(({ rollout }) => rollout)).toEqual(['q0/0', 'q0/1', 'q1/0', 'q1/1']);
    expect(played.cassette).toContain('"tool":"text_search_tool"');
    const keys = new Set(asked.map(({ url, init }) => `${url.host} ${new Headers(init.headers).get('Authorization')}`));
    expect(keys).toEqual(new Set(['llm.example Bearer of the model', 'search.example Bearer of the search']));
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ done: 4, total: 4, turns: 12, correct: 2, dropped: 0, fault: null }));

    const again = unwrap(await api().play('', SETUP, { ...LIVE, cassette: { kind: 'play', text: played.cassette } }, listen()));
    expect(await again.file.text()).toBe(await played.file.text());
  });

  it('goes through the proxy', async () => {
    stubNetwork();
    const fetch = vi.fn(async () => jsonResponse({ choices: [{ message: { content: '<answer>0</answer>' } }] }));
    vi.stubGlobal('fetch', fetch);
    unwrap(await api().play('', { ...SETUP, tasks: 1, groupSize: 1 }, { ...LIVE, proxy: 'http://localhost:4173/proxy' }, listen()));
    expect(String(fetch.mock.calls[0]?.at(0))).toBe('http://localhost:4173/proxy?url=https%3A%2F%2Fllm.example%2Fv1%2Fchat%2Fcompletions');
  });

  it('tests with one call', async () => {
    const asked = stubNetwork();
    expect(unwrap(await api().test('', SETUP, LIVE))).toMatchObject({ ok: true, question: 'question 0', action: { kind: 'call', tool: 'image_zoom_in_tool' } });
    expect(asked).toHaveLength(1);
  });

  it('says why nothing could be played, and which call the cassette lacks', async () => {
    stubNetwork(() => new Response('', { status: 401 }));
    expect(await api().play('', SETUP, LIVE, listen())).toMatchObject({
      kind: 'error',
      message: 'Every rollout was dropped. llm.example: it wants a key, or the key is wrong (401); enter the key for this host',
    });
    stubNetwork();
    expect(await api().play('', SETUP, { ...LIVE, cassette: { kind: 'play', text: '' } }, listen())).toMatchObject({
      kind: 'error',
      message: expect.stringMatching(/^cassette: call 0 is not in it/),
    });
    expect(await api().play('', { ...SETUP, tools: ['nonsense'] }, LIVE, listen())).toMatchObject({ kind: 'error', name: 'ToolConfigError' });
  });

  it('ends a test that is stopped, and gives what a stopped play has', async () => {
    const present = api();
    stubNetwork(() => {
      void present.stop();
      return new Response('', { status: 503 });
    });
    expect(await present.test('', SETUP, LIVE)).toMatchObject({ kind: 'error', name: 'AbortError' });
    expect(unwrap(await present.play('', SETUP, LIVE, listen()))).toMatchObject({ rollouts: 0, dropped: 0, planned: 4 });
  });
});
