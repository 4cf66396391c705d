// One update's rollouts: which prompts, under which keys, what dynamic sampling keeps of them, and what being overlong costs.
import type { Benchmark } from '../env/types.ts';
import { groupRollouts, hash32, keepMixedGroups, overlongPenalty, randomStream } from '../tapo/index.ts';
import { buildCodec, shuffleNames } from './codec.ts';
import type { TrainConfig } from './config.ts';
import type { TrainParts } from './loop.ts';
import { collectRewarded } from './rewarded.ts';
import type { CollectedRollout, RolloutJob } from './rollout.ts';

export interface RolloutBatch {
  readonly rollouts: readonly CollectedRollout[];
  /** Time in which tools ran and nothing was decoded, milliseconds. */
  readonly toolTime: number;
  /** Rollouts that the world failed; they are left out. */
  readonly dropped: number;
  /** Generation batches that were drawn. */
  readonly draws: number;
  /** Prompts without mixed outcomes that fill the batch, since the draws were used up; 0 where dynamic sampling is off. */
  readonly filled: number;
  /** Calls that reached a tool, also those of rollouts that are not in the batch. */
  readonly externalCalls: number;
}

/**
 * Draws `prompts` prompts and plays `groupSize` rollouts of each. With dynamic sampling (tapo/sampling.ts), prompts whose rollouts are all
 * correct or all incorrect are replaced by new ones while extra draws last, then the batch is filled with what there is.
 */
export async function collectBatch(
  config: TrainConfig,
  parts: TrainParts,
  update: number,
  onTurn: (ended: number, total: number) => void,
): Promise<RolloutBatch> {
  const groups: CollectedRollout[][] = [];
  const keep = () => keepMixedGroups(groups, config.prompts, (group) => group.map((r) => r.outcome.correct));
  let [toolTime, dropped, draws, externalCalls] = [0, 0, 0, 0];
  while (draws <= config.dynamicSampling && keep().mixed < config.prompts) {
    const { rollouts, ...collection } = await collectRewarded(parts.policy, parts.benchmark, drawJobs(config, parts.benchmark, update, draws), {
      reward: config.reward,
      ownReward: parts.ownReward,
      temperature: config.temperature,
      onTurn,
      ...(parts.tools ? { tools: parts.tools } : {}),
      ...(parts.signal ? { signal: parts.signal } : {}),
      ...(parts.now ? { now: parts.now } : {}),
    });
    const whole = rollouts.filter((r) => !r.outcome.dropped);
    draws++;
    toolTime += collection.toolTime;
    dropped += rollouts.length - whole.length;
    externalCalls += rollouts.reduce((total, { episode }) => total + episode.turns.filter(reachedTool).length, 0);
    groups.push(...groupRollouts(whole.map((r) => ({ ...withPenalty(r, config.overlong), group: r.record.group }))));
  }
  const { kept, filled } = config.dynamicSampling === 0 ? { kept: groups, filled: 0 } : keep();
  return { rollouts: kept.flat(), toolTime, dropped, draws, filled, externalCalls };
}

/** A call after the last tool turn is not carried out: nothing answers it. */
function reachedTool({ action, observation }: CollectedRollout['episode']['turns'][number]): boolean {
  return action.kind === 'call' && observation !== null;
}

/** The rollout with the overlong penalty added to its reward; whether it is correct stays. */
function withPenalty(rollout: CollectedRollout, overlong: TrainConfig['overlong']): CollectedRollout {
  if (!overlong) return rollout;
  const { record, logProbs } = rollout; // one log-prob a token of the model's own
  return { ...rollout, record: { ...record, reward: record.reward + overlongPenalty(logProbs.length, overlong) } };
}

/** The jobs of one draw of prompts. Prompts and sampling keys depend on (seed, update, draw) alone. */
export function drawJobs(config: TrainConfig, benchmark: Benchmark, update: number, draw: number): RolloutJob[] {
  const codecOf = buildCodec(benchmark.vocabulary);
  const first = ((update - 1) * (config.dynamicSampling + 1) + draw) * config.prompts;
  return Array.from({ length: config.prompts }, (_, p) => {
    const index = first + p;
    const task = benchmark.task(config.preset, 'train', config.seed, index);
    const codec = codecOf(config.shuffledFacts ? shuffleNames(benchmark.vocabulary, randomStream(config.seed, index, SHUFFLED)) : undefined);
    const group = `u${update}/${task.id}`;
    return Array.from(
      { length: config.groupSize },
      (_, g): RolloutJob => ({ task, codec, group, rollout: `${group}/${g}`, key: hash32(config.seed, update, index, g) }),
    );
  }).flat();
}

const SHUFFLED = 0x5a0f;
