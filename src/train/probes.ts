// The same few questions, re-rolled as training goes on: one follows them to see how calls, credit and success move.

import type { Benchmark } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import { hash32 } from '../tapo/index.ts';
import { buildCodec } from './codec.ts';
import type { TrainConfig } from './config.ts';
import { collectRewarded, type RewardedOptions } from './rewarded.ts';
import type { CollectedRollout } from './rollout.ts';

/** Questions that are followed. */
const PROBES = 3;

/** Questions and draws are the same in every run and at every update: what changes is the policy alone. */
const PROBE_SEED = 36; // on the grid its first questions take whole chains: a language and two capitals

/** Plays each probe question `groupSize` times. Rollouts that the world failed are left out. */
export async function probePolicy(
  policy: Policy,
  benchmark: Benchmark,
  config: TrainConfig,
  options: Pick<RewardedOptions, 'tools' | 'ownReward' | 'signal'>,
): Promise<readonly CollectedRollout[]> {
  const codec = buildCodec(benchmark.vocabulary)();
  const jobs = Array.from({ length: PROBES }, (_, p) => {
    const task = benchmark.task(config.preset, 'validation', PROBE_SEED, p);
    const group = `probe/${task.id}`;
    return Array.from({ length: config.groupSize }, (_, g) => ({ task, codec, group, rollout: `${group}/${g}`, key: hash32(PROBE_SEED, p, g) }));
  }).flat();
  const { rollouts } = await collectRewarded(policy, benchmark, jobs, { reward: config.reward, temperature: config.temperature, ...options });
  return rollouts.filter(({ outcome }) => !outcome.dropped);
}
