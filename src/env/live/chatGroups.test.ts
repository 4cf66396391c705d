import { setMaxListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { readRollouts, transferCredit } from '../../tapo/index.ts';
import { REWARDS } from '../rewards.ts';
import type { Benchmark, Task, Tool } from '../types.ts';
import { type ChatGroupOptions, playChatGroups, writeChatRollouts } from './chatGroups.ts';
import { createLiveClient } from './liveClient.ts';
import { type ChatBody, fakeChat } from './testing/fakeChat.ts';
import { fakeFetch, jsonResponse, TEXT_TOOL } from './testing/fakeFetch.ts';

const PICTURE = { width: 1, height: 1, pixels: Uint8Array.from([0, 0, 0]) };
const ZOOM: Tool = {
  ...TEXT_TOOL,
  name: 'image_zoom_in_tool',
  kind: 'region',
  call: async () => ({ kind: 'image', index: 1, region: { image: 'i', bbox: [0, 0, 500, 500] }, picture: PICTURE }),
};
const BENCHMARK = {
  overview: () => PICTURE,
  task: (preset, split, _, index): Task => {
    const id = `${split}/${preset}/${index}`;
    return { id, preset, split, type: 't', question: `question ${index}`, answer: `answer ${index}`, image: id, scene: null };
  },
} as Partial<Benchmark> as Benchmark;
const PLAN = { preset: 'grid', split: 'validation', tasks: 3, groupSize: 4 } as const;

async function play(answer: (body: ChatBody, n: number) => object | Response, options: Partial<ChatGroupOptions> = {}) {
  const net = fakeFetch(({ init }, n) => {
    const given = answer(JSON.parse(String(init.body)), n);
    return given instanceof Response ? given : jsonResponse(given);
  });
  const groups = await playChatGroups(BENCHMARK, PLAN, {
    client: createLiveClient({ fetch: net.fetch, backoff: 0 }),
    url: 'http://llm.example.org/v1',
    model: 'm',
    tools: [ZOOM, TEXT_TOOL],
    reward: REWARDS.exact,
    ...options,
  });
  return { ...groups, asked: net.asked.length };
}

const truthOf = (question: string): string => question.replace('question', 'answer');

describe('playChatGroups(benchmark, plan, options)', () => {
  it('plays every attempt at every question, in order, into a file whose groups can be credited', async () => {
    const onTurn = vi.fn();
    const onRollout = vi.fn();
    const { rollouts, dropped, faults } = await play(fakeChat(truthOf), { onTurn, onRollout });
    expect([rollouts.length, dropped, faults, onTurn.mock.calls.length, onRollout.mock.calls.length]).toEqual([12, 0, [], 36, 12]);
    const lines = readRollouts(writeChatRollouts(rollouts));
    expect(lines.map(({ rollout }) => rollout)).toEqual([0, 1, 2].flatMap((q) => [0, 1, 2, 3].map((g) => `validation/grid/${q}/${g}`)));
    expect(lines[5]).toMatchObject({ group: 'validation/grid/1', question: 'question 1', truth: 'answer 1' });
    const group = lines.slice(4, 8);
    expect(group.map(({ correct }) => correct).toSorted()).toEqual([false, false, true, true]);
    const advantages = group.map(({ reward }) => reward - 0.5);
    const reasons = transferCredit(group, advantages).rollouts.flatMap(({ steps }) => steps.map(({ reason }) => reason));
    expect(reasons.filter((reason) => reason === 'transferred')).toHaveLength(4);
  });

  it('drops attempts that the endpoint fails, and counts why', async () => {
    const answer = fakeChat(truthOf);
    const { rollouts, dropped, faults } = await play((body, n) => (n === 9 || n === 12 ? new Response('', { status: 404 }) : answer(body)));
    expect([rollouts.length, dropped]).toEqual([10, 2]);
    expect(faults).toEqual([['llm.example.org: nothing is at this address (404); check the path', 2]]);
  });

  it('drops attempts whose tool fails, and says what it failed with', async () => {
    const call = async () => Promise.reject(new Error('the index is gone'));
    const { rollouts, faults } = await play(fakeChat(truthOf), { tools: [ZOOM, { ...TEXT_TOOL, call }] });
    expect([rollouts.length, faults]).toEqual([0, [['the index is gone', 12]]]);
  });

  it('ends early where the endpoint refuses before it answered anything, in its own words', async () => {
    const refusals = [
      jsonResponse({ error: { message: 'model "m" not found' } }, { status: 404 }),
      jsonResponse({ error: 'm does not support tools' }, { status: 400 }),
      jsonResponse({ object: 'error', message: 'no room' }, { status: 422 }),
    ];
    for (const [i, words] of ['model "m" not found', 'm does not support tools', 'no room'].entries()) {
      const { asked, rollouts, faults } = await play(() => (refusals[i] as Response).clone());
      expect([rollouts.length, faults[0]?.[0]]).toEqual([0, `llm.example.org: it refused the call: ${words}`]);
      expect(asked).toBeLessThan(12);
    }
    const { faults } = await play(() => new Response('', { status: 401 }));
    expect(faults[0]?.[0]).toContain('it wants a key, or the key is wrong (401)');
  });

  it('goes on where the first answers were only late', async () => {
    const answer = fakeChat(truthOf);
    const net = fakeFetch(({ init }, n) => {
      if (n >= 4) return jsonResponse(answer(JSON.parse(String(init.body))));
      return new Promise<Response>((_, fail) => init.signal?.addEventListener('abort', () => fail(init.signal?.reason)));
    });
    const client = createLiveClient({ fetch: net.fetch, backoff: 0, timeLimit: 30 });
    const { rollouts, dropped, faults } = await play(answer, { client });
    expect([rollouts.length, dropped]).toEqual([8, 4]);
    expect(faults[0]?.[0]).toMatch(/no answer within/);
  });

  it('gives what was played when it is stopped', async () => {
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    let ended = 0;
    const onRollout = (): void => {
      if (++ended === 2) stop.abort();
    };
    const { rollouts, dropped } = await play(fakeChat(truthOf), { onRollout, signal: stop.signal });
    expect([rollouts.length, dropped]).toEqual([ended, 0]);
    expect(ended).toBeLessThan(8); // what was answered by then may still be counted
  });
});
