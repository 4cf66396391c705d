import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import type { Tool } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import { groupRollouts, isMixed, overlongPenalty } from '../tapo/index.ts';
import { collectBatch, type RolloutBatch } from './collectBatch.ts';
import { type TrainSpec, trainConfig } from './config.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from './testing.ts';

let atlas: Atlas;
let policy: Policy;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  policy = await basePolicy(atlas);
});
afterAll(() => policy.dispose());

const collect = (spec: TrainSpec, tools?: readonly Tool[]): Promise<RolloutBatch> =>
  collectBatch(trainConfig({ prompts: 3, groupSize: 4, ...spec }), { benchmark: atlas, policy, ...(tools ? { tools } : {}) }, 1, () => {});
const mixedOf = ({ rollouts }: RolloutBatch): boolean[] =>
  groupRollouts(rollouts.map((r) => ({ group: r.record.group, correct: r.outcome.correct }))).map((group) => isMixed(group.map((r) => r.correct)));

describe('collectBatch(config, parts, update, onTurn)', () => {
  it('without dynamic sampling draws once and keeps every prompt', async () => {
    const batch = await collect({});
    expect(batch).toMatchObject({ draws: 1, filled: 0, dropped: 0 });
    expect(batch.rollouts).toHaveLength(12);
    expect(batch.externalCalls).toBe(batch.rollouts.reduce((total, r) => total + r.record.steps.filter((s) => s.tool).length, 0));
  });

  it('draws until every prompt is mixed, and no further', async () => {
    const [once, dynamic] = [await collect({}), await collect({ dynamicSampling: 9 })];
    expect(mixedOf(once)).toContain(false); // so there is something to replace
    expect(mixedOf(dynamic)).toEqual([true, true, true]);
    expect(dynamic.draws).toBeGreaterThan(1);
    expect(dynamic.draws).toBeLessThan(10);
    expect(dynamic.filled).toBe(0);
    expect(dynamic.externalCalls).toBeGreaterThan(dynamic.rollouts.reduce((total, r) => total + r.record.steps.filter((s) => s.tool).length, 0));
  });

  it('fills the batch with what there is when the draws are used up, and says so', async () => {
    // A prompt with one rollout is never mixed.
    expect(await collect({ groupSize: 1, dynamicSampling: 2 })).toMatchObject({ draws: 3, filled: 3, rollouts: { length: 3 } });
  });

  it('adds the overlong penalty to the reward, by the model’s own tokens, and leaves correctness alone', async () => {
    const overlong = { maxTokens: 24, buffer: 8 };
    const [plain, punished] = [await collect({}), await collect({ overlong })];
    const penalties = plain.rollouts.map(({ record }) =>
      overlongPenalty(
        record.steps.reduce((total, { tokens }) => total + tokens, 0),
        overlong,
      ),
    );
    expect(new Set(penalties.map((p) => (p === 0 ? 'none' : p === -1 ? 'full' : 'part'))).size).toBeGreaterThan(1);
    expect(punished.rollouts.map((r) => r.record.reward)).toEqual(plain.rollouts.map((r, i) => r.record.reward + (penalties[i] as number)));
    expect(punished.rollouts.map((r) => [r.record.correct, r.outcome.correct])).toEqual(plain.rollouts.map((r) => [r.record.correct, r.outcome.correct]));
  });

  it('counts the calls of rollouts that the world failed', async () => {
    const failing = atlas.tools.map((tool): Tool => ({ ...tool, call: () => Promise.reject(new Error('connection reset')) }));
    const { dropped, externalCalls } = await collect({}, failing);
    expect(dropped).toBeGreaterThan(0);
    expect(externalCalls).toBe(dropped); // the first call ends it
  });
});
