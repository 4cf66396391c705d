import { describe, expect, it } from 'vitest';
import { REWARDS } from '../rewards.ts';
import type { Task, Tool } from '../types.ts';
import { type ChatOptions, playChat } from './chat.ts';
import { createLiveClient } from './liveClient.ts';
import { fakeFetch, jsonResponse, TEXT_TOOL } from './testing/fakeFetch.ts';

const TASK: Task = {
  id: 'q1',
  preset: 'grid',
  split: 'test',
  type: 'capital',
  question: 'capital of the red flag ?',
  answer: 'Paris',
  image: 'q1',
  scene: null,
};
const PICTURE = { width: 2, height: 1, pixels: Uint8Array.from([255, 0, 0, 0, 255, 0]) };
const ZOOM: Tool = {
  ...TEXT_TOOL,
  name: 'image_zoom_in_tool',
  kind: 'region',
  call: async () => ({ kind: 'image', index: 1, region: { image: 'q1', bbox: [0, 0, 500, 500] }, picture: PICTURE }),
};
const SEARCH: Tool = {
  ...TEXT_TOOL,
  call: async ({ query }) => ({ kind: 'documents', results: [{ id: 'd', title: 'France', text: `${query} Paris`, score: 1 }] }),
};

/** A tool of a server: its picture lies nowhere in the scene. */
const PAINT: Tool = { ...TEXT_TOOL, name: 'paint', kind: 'other', call: async () => ({ kind: 'picture', picture: PICTURE, text: 'two dots' }) };

const call = (name: string, args: string) => ({
  choices: [{ message: { content: null, tool_calls: [{ id: `c-${name}`, type: 'function', function: { name, arguments: args } }] } }],
  usage: { completion_tokens: 9 },
});
const say = (content: string) => ({ choices: [{ message: { role: 'assistant', content } }] });

async function play(...answers: (object | Response)[]) {
  const net = fakeFetch((_, n) => {
    const answer = answers[n] ?? say('');
    return answer instanceof Response ? answer : jsonResponse(answer);
  });
  const options: ChatOptions = {
    client: createLiveClient({ fetch: net.fetch, backoff: 0 }),
    url: 'http://llm.example.org/v1',
    model: 'm',
    tools: [ZOOM, SEARCH, PAINT],
    overview: () => PICTURE,
    reward: REWARDS.exact,
  };
  const rollout = await playChat(TASK, { group: 'q1', rollout: 'q1/0' }, options);
  return { ...rollout, asked: net.asked.map(({ url, init }) => ({ url: url.href, body: JSON.parse(String(init.body)) })) };
}

describe('playChat(task, name, options)', () => {
  it('plays a task by the calls of the chat endpoint and gives a record that credit can be assigned to', async () => {
    const { record, outcome, asked } = await play(
      call('image_zoom_in_tool', '{"bbox_2d":[0,0,500,500],"img_idx":0}'),
      call('text_search_tool', '{"query":"capital France"}'),
      say('It says so: <answer> Paris </answer>'),
    );
    expect(outcome).toMatchObject({ answer: 'Paris', correct: true, observed: true, dropped: false });
    expect(record).toEqual({
      group: 'q1',
      rollout: 'q1/0',
      reward: 1,
      correct: true,
      steps: [
        {
          tokens: 9,
          text: '',
          tool: {
            name: 'image_zoom_in_tool',
            kind: 'region',
            arguments: { bbox_2d: [0, 0, 500, 500], img_idx: 0 },
            region: { image: 'q1', bbox: [0, 0, 500, 500] },
          },
          observation: { kind: 'image', index: 1, region: { image: 'q1', bbox: [0, 0, 500, 500] } },
        },
        {
          tokens: 9,
          text: '',
          tool: { name: 'text_search_tool', kind: 'text', arguments: { query: 'capital France' } },
          observation: { kind: 'documents', results: [{ id: 'd', title: 'France', text: 'capital France Paris', score: 1 }] },
        },
        { tokens: 6, text: 'It says so: <answer> Paris </answer>' },
      ],
    });
    expect(asked[0]?.url).toBe('http://llm.example.org/v1/chat/completions');
    expect(asked[0]?.body).toMatchObject({ model: 'm', tools: [{ type: 'function' }, { type: 'function' }, { type: 'function' }] });
    expect(asked[0]?.body.messages[1].content[1].image_url.url).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    expect(asked[2]?.body.messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'user', 'assistant', 'tool']);
    expect(asked[1]?.body.messages[3]).toMatchObject({ role: 'tool', tool_call_id: 'c-image_zoom_in_tool' });
  });

  it('shows it a picture from elsewhere, under the number that the picture has', async () => {
    const { asked, ...rollout } = await play(call('paint', '{}'), call('image_zoom_in_tool', '{}'), say('<answer>Paris</answer>'));
    expect(rollout.record.steps[0]).toMatchObject({ tool: { name: 'paint', kind: 'other' }, observation: { kind: 'picture', text: 'two dots' } });
    expect(JSON.stringify(rollout)).not.toContain('pixels'); // what a play holds until its end
    const shown = asked[2]?.body.messages.filter(({ content }: { content: unknown }) => Array.isArray(content)).slice(1);
    expect(shown).toMatchObject(
      [1, 2].map((n) => ({ role: 'user', content: [{ text: `image ${n}` }, { image_url: { url: expect.stringMatching(/^data:/) } }] })),
    );
  });

  it('tells it of a call that cannot be read, and ends after the last tool turn', async () => {
    const { record, outcome, asked } = await play(
      call('fly', '{}'),
      call('text_search_tool', '{"query":'),
      ...Array(6).fill(call('text_search_tool', '{"query":"x"}')),
    );
    expect(outcome).toMatchObject({ wellFormed: false, answer: null });
    expect(record.steps.map(({ tool }) => tool?.name)).toEqual([undefined, undefined, ...Array(5).fill('text_search_tool')]);
    expect(asked).toHaveLength(7);
    expect(asked[1]?.body.messages.at(-1).content).toContain('malformed call');
  });

  it('drops the episode when the endpoint fails or is none', async () => {
    for (const answer of [new Response('', { status: 401 }), { nothing: 1 }]) {
      const { record, outcome } = await play(answer);
      expect(outcome.dropped).toBe(true);
      expect(record).toMatchObject({ reward: 0, steps: [] });
    }
  });
});
