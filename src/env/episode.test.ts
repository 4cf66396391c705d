import { describe, expect, it } from 'vitest';
import type { Box } from '../tapo/index.ts';
import { cutShort, type Episode, MAX_TOOL_TURNS, restoreEpisode, saveEpisode, startEpisode, takeTurn } from './episode.ts';
import { outcomeOfEpisode, rolloutSteps } from './outcome.ts';
import type { Observation, Task, Tool } from './types.ts';

const task: Task = { id: 'q', preset: 'p', split: 'train', type: 'capital', question: '?', answer: 'Paris', image: 'q', scene: null };
const tool = (name: string, kind: Tool['kind'], call: Tool['call']): Tool => ({
  name,
  kind,
  call,
  schema: { type: 'function', function: { name, description: '', parameters: {} } },
});
const zoom = tool('zoom', 'region', async ({ bbox_2d }, { images }) => ({
  kind: 'image',
  index: images.length,
  region: { image: 'q', bbox: bbox_2d as Box },
  picture: { width: 1, height: 1, pixels: Uint8Array.of(1, 2, 255) },
}));
const search = tool(
  'search',
  'text',
  async ({ query }): Promise<Observation> =>
    query === ''
      ? { kind: 'error', cause: 'model', message: 'empty query' }
      : { kind: 'documents', results: [{ id: 'd', title: 'France', text: 'The capital of France is Paris.', score: 1 }] },
);
const broken = tool('broken', 'image', async () => {
  throw new Error('connection reset');
});
const tools = [zoom, search, broken];
const say = (episode: Episode, text: string) => takeTurn(episode, text.split(' '), tools);
const ZOOM = '<tool_call> zoom 0 0 250 250 img_0 </tool_call>';
const SEARCH = '<think> capital </think> <tool_call> search capital France </tool_call>';
const ANSWER = '<answer> Paris </answer>';

describe('takeTurn(episode, words, tools)', () => {
  it('carries calls out, remembers images, and ends with an answer', async () => {
    const start = startEpisode(task);
    const zoomed = await say(start, ZOOM);
    expect(zoomed.images).toEqual([
      [0, 0, 1000, 1000],
      [0, 0, 250, 250],
    ]);
    const done = await say(await say(zoomed, SEARCH), ANSWER);
    expect(done.status).toBe('answered');
    expect(start.turns).toEqual([]); // records never change
    expect(outcomeOfEpisode(done)).toEqual({
      answer: 'Paris',
      truth: 'Paris',
      correct: true,
      wellFormed: true,
      modelErrors: 0,
      searched: true,
      observed: true,
      dropped: false,
    });
    expect(rolloutSteps(done.turns).map((s) => s.tool?.name ?? null)).toEqual(['zoom', 'search', null]);
    expect(rolloutSteps(done.turns)[0]).toMatchObject({ tokens: 8, tool: { region: { image: 'q', bbox: [0, 0, 250, 250] }, arguments: { img_idx: 0 } } });
    await expect(say(done, ANSWER)).rejects.toThrow('expected an open episode, got one that is answered');
  });
  it('tells the policy of its own faults and counts them', async () => {
    const empty = await say(startEpisode(task), '<tool_call> search </tool_call>');
    const garbled = await say(empty, 'France France');
    expect(garbled.turns.map((t) => t.observation)).toEqual([
      { kind: 'error', cause: 'model', message: 'empty query' },
      { kind: 'error', cause: 'model', message: 'malformed call' },
    ]);
    const steps = rolloutSteps(garbled.turns);
    expect(steps[0]?.tool?.ok).toBe(false);
    expect(steps[1]?.tool).toBeUndefined();
    expect(outcomeOfEpisode(await say(garbled, ANSWER))).toMatchObject({ correct: true, wellFormed: false, modelErrors: 2, searched: false, observed: false });
  });
  it('takes only an answer after the last tool turn', async () => {
    let episode = startEpisode(task);
    for (let i = 0; i < MAX_TOOL_TURNS; i++) episode = await say(episode, ZOOM);
    expect((await say(episode, ANSWER)).status).toBe('answered');
    const seventh = await say(episode, ZOOM);
    expect(seventh).toMatchObject({ status: 'malformed' });
    expect(outcomeOfEpisode(seventh)).toMatchObject({ answer: null, correct: false, wellFormed: false });
  });
  it('drops the episode where the world fails, with no fault of the policy', async () => {
    const dropped = await say(startEpisode(task), '<tool_call> broken </tool_call>');
    expect(dropped).toMatchObject({ status: 'dropped' });
    expect(dropped.turns[0]?.observation).toEqual({ kind: 'error', cause: 'infrastructure', message: 'connection reset' });
    expect(outcomeOfEpisode(dropped)).toMatchObject({ dropped: true, modelErrors: 0 });
  });
  it('throws an abort on', async () => {
    const stop = new AbortController();
    const waiting = tool('broken', 'image', async (_, __, options) => {
      stop.abort(new Error('stopped'));
      options?.signal?.throwIfAborted();
      throw new Error('never');
    });
    await expect(takeTurn(startEpisode(task), '<tool_call> broken </tool_call>'.split(' '), [waiting], { signal: stop.signal })).rejects.toThrow('stopped');
  });
});

describe('saveEpisode and restoreEpisode', () => {
  it('give the same episode at every step, and it goes on alike', async () => {
    let episode = startEpisode(task);
    for (const text of [ZOOM, SEARCH, 'garbled', ANSWER]) {
      const restored = restoreEpisode(saveEpisode(episode));
      expect(restored).toEqual(episode);
      const next = await say(episode, text);
      expect(await say(restored, text)).toEqual(next);
      episode = next;
    }
    expect(restoreEpisode(saveEpisode(episode))).toEqual(episode);
  });
});

describe('cutShort(episode)', () => {
  it('ends an open episode without an answer, and leaves an ended one alone', async () => {
    expect(cutShort(startEpisode(task)).status).toBe('malformed');
    const done = await say(startEpisode(task), ANSWER);
    expect(cutShort(done)).toBe(done);
  });
});
