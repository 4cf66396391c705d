// One update's rollouts: which prompts, under which keys, and what dynamic sampling keeps of them.
import { REWARDS } from '../env/rewards.ts';
import type { Benchmark } from '../env/types.ts';
import { groupRollouts, hash32, randomStream } from '../tapo/index.ts';
import { buildCodec, shuffleNames } from './codec.ts';
import type { TrainConfig } from './config.ts';
import type { TrainParts } from './loop.ts';
import { type CollectedRollout, collectRollouts, type RolloutJob } from './rollout.ts';

export interface RolloutBatch {
  readonly rollouts: readonly CollectedRollout[];
  /** Time in which tools ran and nothing was decoded, milliseconds. */
  readonly toolTime: number;
  /** Rollouts that the world failed; they are left out. */
  readonly dropped: number;
}

/**
 * Draws `prompts` prompts and plays `groupSize` rollouts of each. With dynamic sampling (DAPO, arXiv:2503.14476), prompts whose rollouts
 * are all correct or all incorrect are replaced by new ones while extra draws last, then the batch is filled with what there is.
 */
export async function collectBatch(
  config: TrainConfig,
  parts: TrainParts,
  update: number,
  onTurn: (ended: number, total: number) => void,
): Promise<RolloutBatch> {
  const groups: CollectedRollout[][] = [];
  let toolTime = 0;
  let dropped = 0;
  for (let draw = 0; draw <= config.dynamicSampling && groups.filter(isMixed).length < config.prompts; draw++) {
    const { rollouts, ...collection } = await collectRollouts(parts.policy, parts.benchmark, drawJobs(config, parts.benchmark, update, draw), {
      reward: REWARDS[config.reward],
      temperature: config.temperature,
      onTurn,
      ...(parts.tools ? { tools: parts.tools } : {}),
      ...(parts.signal ? { signal: parts.signal } : {}),
      ...(parts.now ? { now: parts.now } : {}),
    });
    const whole = rollouts.filter((r) => !r.outcome.dropped);
    toolTime += collection.toolTime;
    dropped += rollouts.length - whole.length;
    groups.push(...groupRollouts(whole.map((r) => ({ ...r, group: r.record.group }))));
  }
  const kept = config.dynamicSampling === 0 ? groups : [...groups.filter(isMixed), ...groups.filter((group) => !isMixed(group))].slice(0, config.prompts);
  return { rollouts: kept.flat(), toolTime, dropped };
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

function isMixed(group: readonly CollectedRollout[]): boolean {
  return group.some((r) => r.outcome.correct) && group.some((r) => !r.outcome.correct);
}
