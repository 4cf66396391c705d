// Two policies on the same questions, under the same keys.
import type { Split } from '../../env/types.ts';
import type { Policy } from '../../policy/types.ts';
import { evaluatePolicy } from '../evaluate.ts';
import type { PlayParts } from './moves.ts';
import { type PairedShares, pairedShares } from './shares.ts';

export interface HoldOptions {
  readonly preset: string;
  readonly split: Split;
  readonly tasks: number;
  /** 1 samples, 0 is greedy. */
  readonly temperature: number;
  readonly signal?: AbortSignal;
  /** Rollouts of both policies that have ended, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Questions and keys are those of every evaluation in training, so shares are the accuracies that a run reports. */
export async function holdAgainst(
  policies: readonly [Policy, Policy],
  { benchmark, codec, tools }: Pick<PlayParts, 'benchmark' | 'codec' | 'tools'>,
  { onProgress, ...options }: HoldOptions,
): Promise<PairedShares> {
  const results: boolean[][] = [];
  for (const policy of policies) {
    const before = results.length * options.tasks;
    const { rollouts } = await evaluatePolicy(policy, benchmark, codec, {
      ...options,
      tools,
      onTurn: (ended) => onProgress?.(before + ended, policies.length * options.tasks),
    });
    results.push(rollouts.map(({ outcome }) => outcome.correct));
  }
  return pairedShares(results[0] as boolean[], results[1] as boolean[]);
}
