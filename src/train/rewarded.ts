// Rollouts with the reward that the run gives: a preset's is computed as each ends, one's own is asked for all at once.
import type { OwnReward } from '../env/own/openOwnCode.ts';
import { REWARDS } from '../env/rewards.ts';
import type { Benchmark } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import type { TrainConfig } from './config.ts';
import { type CollectedRollout, type Collection, type CollectOptions, collectRollouts, type RolloutJob } from './rollout.ts';

export interface RewardedOptions extends Omit<CollectOptions, 'reward'> {
  readonly reward: TrainConfig['reward'];
  /** The run's own reward, opened. */
  readonly ownReward?: OwnReward | null | undefined;
}

/** As collectRollouts. Rejects with OwnCodeError where a reward of one's own fails: nothing is known of the rollouts then. */
export async function collectRewarded(
  policy: Policy,
  benchmark: Benchmark,
  jobs: readonly RolloutJob[],
  { reward, ownReward, ...options }: RewardedOptions,
): Promise<Collection> {
  if (typeof reward === 'string') return collectRollouts(policy, benchmark, jobs, { ...options, reward: REWARDS[reward] });
  if (!ownReward) throw new RangeError(`collectRewarded: expected the reward ${reward.name} opened (openOwnCode), got none`);
  const { rollouts, ...collection } = await collectRollouts(policy, benchmark, jobs, { ...options, reward: () => 0 });
  const judged = rollouts.filter(({ outcome }) => !outcome.dropped);
  const values = await ownReward(judged.map(whatCame));
  const rewards = new Map(judged.map((rollout, i) => [rollout, values[i] as number]));
  return { ...collection, rollouts: rollouts.map((each) => ({ ...each, record: { ...each.record, reward: rewards.get(each) ?? 0 } })) };
}

/** What a reward of one's own is told of a rollout. */
function whatCame({ outcome: { dropped: _, ...outcome }, episode: { task }, record, logProbs }: CollectedRollout): object {
  const calls = record.steps.flatMap(({ tool }) => (tool ? [{ name: tool.name, arguments: tool.arguments, ok: tool.ok !== false }] : []));
  return { ...outcome, question: task.question, type: task.type, turns: record.steps.length, tokens: logProbs.length, calls };
}
