// From a policy to its truth report: rollouts of prompts with mixed outcomes, their calls valued by re-rolling, every credit rule judged.
import { groupRollouts } from '../tapo/index.ts';
import { measureBeliefs } from './beliefs.ts';
import { collectBatch } from './collectBatch.ts';
import type { TrainConfig } from './config.ts';
import { compareCredit, type TruthReport } from './creditComparison.ts';
import type { TrainParts } from './loop.ts';
import type { CollectedRollout } from './rollout.ts';
import { measureSimilarities } from './similarities.ts';
import { TruthError, valueRollouts } from './truth.ts';

export interface TruthOptions {
  /** Calls to be valued at least: whole groups are taken until they hold as many. Default 100. */
  readonly calls?: number;
  /** K, continuations from before and after each call. Default 64. */
  readonly continuations?: number;
  /** What is under way. */
  readonly onProgress?: (phase: 'rollouts' | 'continuations', done: number, total: number) => void;
}

/** Batches of rollouts looked through for prompts with mixed outcomes. */
const MAX_BATCHES = 50;

/**
 * Draws the prompts that training with this configuration would draw, keeps those whose rewards differ (a rule says nothing of the
 * others), and values every call of their rollouts. The same configuration, policy and backend give the same report.
 */
export async function estimateTruth(
  config: TrainConfig,
  parts: Pick<TrainParts, 'benchmark' | 'policy' | 'tools' | 'ownReward' | 'signal'>,
  { calls = 100, continuations = 64, onProgress }: TruthOptions = {},
): Promise<TruthReport> {
  const rollouts = await mixedGroups({ ...config, dynamicSampling: 0 }, parts, calls, (done) => onProgress?.('rollouts', done, calls));
  const values = await valueRollouts(parts.policy, parts.benchmark, rollouts, {
    continuations,
    reward: config.reward,
    ownReward: parts.ownReward,
    temperature: config.temperature,
    seed: config.seed,
    ...(parts.tools ? { tools: parts.tools } : {}),
    ...(parts.signal ? { signal: parts.signal } : {}),
    onProgress: (done, total) => onProgress?.('continuations', done, total),
  });
  const records = rollouts.map((r) => r.record);
  const similarities = await measureSimilarities(records, parts.tools ?? parts.benchmark.tools, config.credit);
  return compareCredit(rollouts, values, await measureBeliefs(parts.policy, rollouts), config, continuations, similarities);
}

async function mixedGroups(
  config: TrainConfig,
  parts: Pick<TrainParts, 'benchmark' | 'policy' | 'tools' | 'ownReward' | 'signal'>,
  calls: number,
  onCalls: (found: number) => void,
): Promise<CollectedRollout[]> {
  const kept: CollectedRollout[] = [];
  let found = 0;
  for (let batch = 1; batch <= MAX_BATCHES; batch++) {
    const { rollouts } = await collectBatch(config, parts, batch, () => {});
    for (const group of groupRollouts(rollouts.map((r) => ({ ...r, group: r.record.group })))) {
      if (new Set(group.map((r) => r.record.reward)).size < 2) continue;
      kept.push(...group);
      found += group.flatMap((r) => r.record.steps).filter(({ tool }) => tool && tool.ok !== false).length;
      if (found >= calls) return kept;
    }
    onCalls(found);
  }
  if (found > 0) return kept;
  throw new TruthError(`expected prompts with mixed outcomes, found none among ${MAX_BATCHES * config.prompts}; this policy always succeeds or always fails`);
}
