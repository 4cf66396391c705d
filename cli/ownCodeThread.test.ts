// The thread with a run's own code, held against the engine as the page builds it, and the watchdog against what the engine cannot stop.
import realm from 'virtual:own-realm-source';
import library from 'virtual:tapo-source';
import { afterEach, describe, expect, it } from 'vitest';
import { sourceOf } from '../scripts/iifeSources.ts';
import { type OpenedCode, openOwnCode } from '../src/env/own/openOwnCode.ts';
import { mine, startLocal } from '../src/env/own/testing/localSandbox.ts';
import type { ToolCall } from '../src/tapo/index.ts';
import { startOwnCode } from './ownCodeThread.ts';

const opened: OpenedCode[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

const REWARD = `train.reward(({ n }) => Math.exp(Math.sin(n)) * Math.random() + tapo.tokenF1(['a', String(n)], ['a', '7']) ** 0.3 / 3)`;
const TOOL = `train.tool({
  name: 'search',
  parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  call: ({ query }) => [{ title: query.toUpperCase(), text: 'as ' + query, score: Math.cbrt(query.length) * Math.random() }],
  similarity: (a, b) => Math.tanh(a.arguments.query.length * b.arguments.query.length / 7),
})`;

async function open(start: typeof startOwnCode, reward = REWARD): Promise<OpenedCode> {
  const benchmark = { vocabulary: { groups: [{ type: 'tool', entity: false, tokens: ['search'] }] } };
  const codes = { reward: mine(reward), tools: [{ name: 'find', source: `const find = ${TOOL}` }] };
  const code = await openOwnCode(codes, { benchmark, tools: [], start, onFault: () => {} });
  opened.push(code);
  return code;
}

describe('startOwnCode()', () => {
  it('runs the programs that the page has', async () => {
    expect(await sourceOf('virtual:own-realm-source')).toBe(realm);
    expect(await sourceOf('virtual:tapo-source')).toBe(library);
  });

  it('gives rewards, answers and similarities of the page’s engine, to the last bit', async () => {
    const queries = ['capital France', 'language of Latvia', '€'];
    const calls = queries.map((query): ToolCall => ({ name: 'search', kind: 'other', arguments: { query } }));
    const task = { id: 'q', preset: 'grid', split: 'train', type: 'capital', question: '?', answer: '', image: 'q', scene: null } as const;
    const all = async ({ reward, tools: [tool] }: OpenedCode) => ({
      rewards: await reward?.(Array.from({ length: 1000 }, (_, n) => ({ n }))),
      answers: await Promise.all(queries.map((query) => tool?.call({ query }, { task, images: [] }))),
      similarities: await tool?.similarities?.(calls.flatMap((a) => calls.map((b) => [a, b] as const))),
    });
    const there = await all(await open(startOwnCode));
    expect(there.answers[0]).toMatchObject({ kind: 'documents', results: [{ title: 'CAPITAL FRANCE' }] });
    expect(there).toEqual(await all(await open(startLocal)));
  });

  it('is ended by the watchdog in a call that no deadline stops, and another goes on', async () => {
    let starts = 0;
    const { reward } = await open(() => {
      starts++;
      return startOwnCode();
    }, 'train.reward(({ n }) => (n > 1 ? new Array(2 ** 32 - 1).indexOf(n) : n))');
    await expect(reward?.([{ n: 2 }])).rejects.toThrow(/^mine: it could not be stopped after 1 s, so that its sandbox was ended/);
    expect(await reward?.([{ n: 1 }])).toEqual([1]);
    expect(starts).toBe(2);
  });

  it('reaches nothing of Node', async () => {
    const { reward } = await open(
      startOwnCode,
      `train.reward(() => [typeof process, typeof require, typeof fetch].filter((type) => type !== 'undefined').length)`,
    );
    expect(await reward?.([{}])).toEqual([0]);
  });
});
