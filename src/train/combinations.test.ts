// One small update under every algorithm, credit rule and estimator of advantages: the loop's own steps, on one batch of rollouts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import type { Policy, PolicyState } from '../policy/types.ts';
import { assignCredit } from './assignCredit.ts';
import { measureBeliefs } from './beliefs.ts';
import { collectBatch, type RolloutBatch } from './collectBatch.ts';
import { ADVANTAGE_ESTIMATORS, ALGORITHMS, CREDIT_RULES, type TrainSpec, trainConfig } from './config.ts';
import { improvePolicy } from './improve.ts';
import { train } from './loop.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from './testing.ts';

/** One prompt; dynamic sampling sees to it that its outcomes are mixed, so that every combination has something to learn. */
const TINY: TrainSpec = {
  seed: 17,
  updates: 1,
  prompts: 1,
  groupSize: 4,
  dynamicSampling: 9,
  epochs: 1,
  miniBatches: 1,
  evaluateEvery: 0,
  learningRate: 1e-3,
};

let atlas: Atlas;
let policy: Policy;
let base: PolicyState;
let batch: RolloutBatch;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  policy = await basePolicy(atlas);
  base = await policy.save();
  batch = await collectBatch(trainConfig(TINY), { benchmark: atlas, policy }, 1, () => {});
});
afterAll(() => policy.dispose());

const restart = (): void => policy.load({ shape: base.shape, parameters: base.parameters });

async function expectMoved(): Promise<void> {
  const { parameters } = await policy.save();
  expect(parameters.every(Number.isFinite)).toBe(true);
  expect(parameters.filter((value, i) => value !== base.parameters[i]).length).toBeGreaterThan(parameters.length / 2);
}

describe('one update leaves finite weights that moved', () => {
  it.each(
    ALGORITHMS.flatMap((algorithm) =>
      CREDIT_RULES.flatMap((rule) => [null, ...ADVANTAGE_ESTIMATORS].map((advantage) => [algorithm, rule, advantage] as const)),
    ),
  )('%s, credit %s, advantages %s', async (algorithm, rule, advantage) => {
    restart();
    const config = trainConfig({ ...TINY, algorithm, advantage, credit: { rule } });
    const { tokenAdvantages } = assignCredit(batch.rollouts, config, rule === 'delta-belief' ? await measureBeliefs(policy, batch.rollouts) : null);
    const { gradNorm, skipped } = await improvePolicy(policy, batch.rollouts, tokenAdvantages, config, 1);
    expect(gradNorm).toBeGreaterThan(0);
    expect(skipped).toBe(0);
    await expectMoved();
  });

  it.each(ALGORITHMS)('%s, in the loop itself', async (algorithm) => {
    restart();
    for await (const event of train(trainConfig({ ...TINY, algorithm }), { benchmark: atlas, policy }))
      if (event.kind === 'updated') expect(event.metrics['group/mixed']).toBe(1);
    await expectMoved();
  });
});
