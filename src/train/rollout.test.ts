import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import { REWARDS } from '../env/rewards.ts';
import { slowTools } from '../env/testing/slowTools.ts';
import type { Tool } from '../env/types.ts';
import { tensorCount } from '../policy/tensors.ts';
import type { DecodeSession, Policy } from '../policy/types.ts';
import { randomStream } from '../tapo/index.ts';
import { collectBatch, drawJobs } from './collectBatch.ts';
import { trainConfig } from './config.ts';
import { type Collection, type CollectOptions, collectRollouts, type RolloutJob } from './rollout.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from './testing.ts';

const config = trainConfig({ prompts: 3, groupSize: 4 });
let atlas: Atlas;
let base: Policy;
let jobs: RolloutJob[];
let atOnce: Collection;
/** Rows of each decoding, in order. */
let decoded: number[][] = [];
/** Milliseconds on a clock that only decodings move. */
let clock = 0;
/** The base policy, whose sessions tell what they decode, are asked one thing at a time and are idle when they are disposed of. */
let policy: Policy;

const collect = (options: Partial<CollectOptions> = {}): Promise<Collection> => collectRollouts(policy, atlas, jobs, { reward: REWARDS.exact, ...options });

beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  base = await basePolicy(atlas);
  policy = { ...base, startSession: () => watched(base.startSession()) };
  jobs = drawJobs(config, atlas, 1, 0);
  atOnce = await collect();
}, 60_000);
beforeEach(() => {
  decoded = [];
});
afterAll(() => base.dispose());

function watched(inner: DecodeSession): DecodeSession {
  let busy = 0;
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    expect(++busy).toBe(1);
    return work().finally(() => {
      busy--;
    });
  };
  return {
    ...inner,
    append: (...args) => alone(() => inner.append(...args)),
    decodeTurn(rows, options) {
      decoded.push([...rows]);
      clock += 1000;
      return alone(() => inner.decodeTurn(rows, options));
    },
    dispose() {
      expect(busy).toBe(0);
      inner.dispose();
    },
  };
}

/** The atlas's tools; `before(n)` is awaited before call number n, counted from 0, is answered. */
function toolsWith(before: (call: number) => void | Promise<void>): Tool[] {
  let calls = 0;
  return atlas.tools.map((tool): Tool => ({ ...tool, call: (...args) => Promise.resolve(before(calls++)).then(() => tool.call(...args)) }));
}

const calls = ({ rollouts }: Collection): number => rollouts.flatMap(({ record }) => record.steps).filter(({ tool }) => tool).length;

describe('collectRollouts(policy, benchmark, jobs, options)', () => {
  it('decodes all open rollouts together where tools answer at once', async () => {
    const { rollouts } = await collect();
    const turns = rollouts.map(({ episode }) => episode.turns.length);
    expect(decoded.map((rows) => rows.length)).toEqual(Array.from({ length: Math.max(...turns) }, (_, t) => turns.filter((count) => count > t).length));
    expect(rollouts).toEqual(atOnce.rollouts);
  });

  it.each([1, 2, 3])('gives the same rollouts, bit for bit, whenever tools answer, seed %i', async (seed) => {
    const random = randomStream(seed);
    const { rollouts } = await collect({ tools: slowTools(atlas.tools, () => random.below(80)) });
    expect(decoded.length).toBeGreaterThan(Math.max(...rollouts.map(({ episode }) => episode.turns.length))); // they were decoded otherwise
    expect(rollouts).toEqual(atOnce.rollouts);
  });

  it('goes on with all others while one tool is out', async () => {
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let decodedBefore = 0;
    const onTurn = (ended: number, total: number): void => {
      if (ended < total - 1 || decodedBefore > 0) return;
      decodedBefore = decoded.length;
      answer();
    };
    const { rollouts } = await collect({ tools: toolsWith((call) => (call === 0 ? slow : undefined)), onTurn });
    expect(decodedBefore).toBeGreaterThan(1);
    expect(decoded.slice(decodedBefore).map((rows) => rows.length)).toEqual(decoded.slice(decodedBefore).map(() => 1));
    expect(rollouts).toEqual(atOnce.rollouts);
  });

  it('drops the rollout whose tool failed, and no other', async () => {
    const fail = (): Promise<void> => new Promise((_, reject) => setTimeout(reject, 5, new Error('connection reset')));
    const { rollouts } = await collect({ tools: toolsWith((call) => (call === 2 ? fail() : undefined)) });
    const dropped = rollouts.filter(({ outcome }) => outcome.dropped);
    expect(dropped).toHaveLength(1);
    rollouts.forEach((rollout, r) => {
      if (!rollout.outcome.dropped) expect(rollout).toEqual(atOnce.rollouts[r]);
    });
  });

  it('tells how many have ended, in the end all', async () => {
    const random = randomStream(4);
    const told: number[] = [];
    await collect({ tools: slowTools(atlas.tools, () => random.below(80)), onTurn: (ended) => told.push(ended) });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(jobs.length);
    expect(told.slice(0, -1)).not.toContain(jobs.length);
  });

  it('counts as time of tools what they take, not what decoding takes', async () => {
    clock = 0;
    const collection = await collect({ now: () => clock, tools: toolsWith(() => void clock++) });
    expect(collection.toolTime).toBe(calls(collection));
  });

  it('stops while it waits for tools; what they answer later disturbs nobody', async () => {
    const tensors = tensorCount();
    const stop = new AbortController();
    const failures: (() => void)[] = [];
    const tools = toolsWith(() => {
      setTimeout(() => stop.abort(new Error('enough')), 50);
      return new Promise((_, reject) => failures.push(() => reject(new Error('connection reset'))));
    });
    await expect(collect({ tools, signal: stop.signal })).rejects.toThrow('enough');
    expect(tensorCount()).toBe(tensors);
    for (const fail of failures) fail();
    await new Promise(setImmediate);
    expect(failures.length).toBeGreaterThan(0);
  });

  it('stops after the decoding under way', async () => {
    const stop = new AbortController();
    const stopping: Policy = {
      ...policy,
      startSession() {
        const session = policy.startSession();
        const decodeTurn: DecodeSession['decodeTurn'] = (...args) => {
          const turns = session.decodeTurn(...args);
          if (decoded.length === 2) stop.abort(new Error('enough'));
          return turns;
        };
        return { ...session, decodeTurn };
      },
    };
    const tensors = tensorCount();
    await expect(collectRollouts(stopping, atlas, jobs, { reward: REWARDS.exact, signal: stop.signal })).rejects.toThrow('enough');
    expect(decoded).toHaveLength(2);
    expect(tensorCount()).toBe(tensors);
  });
});

describe('collectBatch with slow tools', () => {
  it('draws, keeps, drops and counts as it does with quick ones', async () => {
    const random = randomStream(5);
    const dynamic = { ...config, dynamicSampling: 9 };
    const failing = (tool: Tool): Tool => ({
      ...tool,
      call: (args, context) => (tool.kind === 'text' && context.images.length === 1 ? Promise.reject(new Error('connection reset')) : tool.call(args, context)),
    });
    const tools = atlas.tools.map(failing);
    const batchWith = async (these: readonly Tool[]) => {
      const { rollouts, toolTime, ...counts } = await collectBatch(dynamic, { benchmark: atlas, policy, tools: these }, 1, () => {});
      return { records: rollouts.map(({ record }) => record), ...counts };
    };
    const quick = await batchWith(tools);
    expect(quick.dropped).toBeGreaterThan(0);
    expect(await batchWith(slowTools(tools, () => random.below(30)))).toEqual(quick);
  });
});
