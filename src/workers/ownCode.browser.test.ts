// The real worker with a run's own code in Chromium, and the watchdog against what the engine cannot stop.
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenedCode, openOwnCode } from '../env/own/openOwnCode.ts';
import { startOwnCode } from './ownCode.client.ts';

let opened: OpenedCode | null = null;
let starts = 0;
afterEach(() => opened?.close());

async function rewardOf(f: string): Promise<NonNullable<OpenedCode['reward']>> {
  starts = 0;
  const start = () => {
    starts++;
    return startOwnCode();
  };
  const reward = { name: 'mine', source: `const mine = train.reward(${f})` };
  opened = await openOwnCode({ reward, tools: [] }, { benchmark: { vocabulary: { groups: [] } }, tools: [], start, onFault: () => {} });
  return opened.reward as NonNullable<OpenedCode['reward']>;
}

describe('the worker with a run’s own code', () => {
  it('gives 10,000 rewards, in order', async () => {
    const reward = await rewardOf('({ correct, tokens }) => (correct ? 1 : 0) - tokens');
    const outcomes = Array.from({ length: 10_000 }, (_, tokens) => ({ correct: true, tokens }));
    expect(await reward(outcomes)).toEqual(outcomes.map(({ tokens }) => 1 - tokens));
    expect(starts).toBe(1);
  });

  it('is ended by the watchdog in a call that no deadline stops, and another goes on', async () => {
    const reward = await rewardOf('({ n }) => (n > 1 ? new Array(2 ** 32 - 1).indexOf(n) : n)');
    await expect(reward([{ n: 2 }])).rejects.toThrow(/^mine: it could not be stopped after 1 s, so that its sandbox was ended/);
    expect(await reward([{ n: 1 }])).toEqual([1]);
    expect(starts).toBe(2);
  });

  it('reaches nothing', async () => {
    const reward = await rewardOf('() => [typeof fetch, typeof self, typeof postMessage, typeof Date].filter((type) => type !== "undefined").length');
    expect(await reward([{}])).toEqual([0]);
  });
});
