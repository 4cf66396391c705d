// Misassignment rates: how often a failing rollout is punished for a call that a successful one made too, by similarity threshold τ.
import type { CreditedGroup } from './credit.ts';

/** The thresholds of the paper's Figure 2. */
export const MISASSIGNMENT_THRESHOLDS: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/** Options of `misassignmentRates`. */
export interface MisassignmentOptions {
  /** Values of τ. Default 0.5, 0.6 … 1.0. */
  readonly thresholds?: readonly number[];
  /** failing: not correct and A < 0 (default); incorrect: every incorrect rollout, also of groups that all failed. */
  readonly of?: 'failing' | 'incorrect';
}

/** Rates in [0, 1] keyed by τ with one decimal, as in "0.7"; 0 where nothing could be counted. */
export interface MisassignmentRates {
  readonly action: Readonly<Record<string, number>>;
  readonly trajectory: Readonly<Record<string, number>>;
  /** Action rates of each tool, by name, in the order met. */
  readonly byTool: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Credit misassignment over credited groups (arXiv:2606.05784, definition ours after its abstract).
 *
 *   action rate(τ)      = failing tool steps whose best witness similarity is ≥ τ / failing tool steps
 *   trajectory rate(τ)  = failing rollouts with ≥ 1 such step / failing rollouts, those without a tool step too
 *
 * A group whose rewards are all equal penalises nobody and drops out, unless `of` is incorrect.
 */
export function misassignmentRates(groups: readonly CreditedGroup[], options: MisassignmentOptions = {}): MisassignmentRates {
  return tallyOf(groups, options).rates();
}

/** What the rates are shares of: tool steps, rollouts, and tool steps of each tool. */
export function misassignmentCounts(groups: readonly CreditedGroup[], options: Pick<MisassignmentOptions, 'of'> = {}): MisassignmentTotals {
  return tallyOf(groups, options).counts();
}

/** Numbers that misassignment rates are shares of. */
export interface MisassignmentTotals {
  /** Tool steps. */
  readonly action: number;
  /** Rollouts, those without a tool step too. */
  readonly trajectory: number;
  /** Tool steps of each tool, by name, in the order met. */
  readonly byTool: Readonly<Record<string, number>>;
}

/** Rates of groups that come one after the other and need not be kept. */
export interface MisassignmentTally {
  /** Takes a group in. */
  add(group: CreditedGroup): void;
  /** As `misassignmentRates` gives them for all groups so far. */
  rates(): MisassignmentRates;
  /** As `misassignmentCounts` gives them. */
  counts(): MisassignmentTotals;
}

/** An empty tally: add groups to it, then ask for their rates. */
export function misassignmentTally({ thresholds = MISASSIGNMENT_THRESHOLDS, of = 'failing' }: MisassignmentOptions = {}): MisassignmentTally {
  const calls = share(thresholds);
  const rollouts = share(thresholds);
  const byTool = new Map<string, Share>();
  return {
    add(group) {
      for (const rollout of group.rollouts) {
        if (of === 'failing' ? rollout.outcome !== 'failure' : rollout.correct) continue;
        let best = Number.NEGATIVE_INFINITY;
        for (const { tool, witnessSimilarity } of rollout.steps) {
          if (tool === null || witnessSimilarity === null) continue;
          calls.add(witnessSimilarity);
          if (!byTool.has(tool)) byTool.set(tool, share(thresholds));
          byTool.get(tool)?.add(witnessSimilarity);
          best = Math.max(best, witnessSimilarity);
        }
        rollouts.add(best);
      }
    },
    rates: () => ({
      action: calls.rates(),
      trajectory: rollouts.rates(),
      byTool: Object.fromEntries([...byTool].map(([tool, each]) => [tool, each.rates()])),
    }),
    counts: () => ({
      action: calls.count(),
      trajectory: rollouts.count(),
      byTool: Object.fromEntries([...byTool].map(([tool, each]) => [tool, each.count()])),
    }),
  };
}

function tallyOf(groups: readonly CreditedGroup[], options: MisassignmentOptions): MisassignmentTally {
  const tally = misassignmentTally(options);
  for (const group of groups) tally.add(group);
  return tally;
}

interface Share {
  add(similarity: number): void;
  count(): number;
  /** By τ: the share of similarities that are at least τ; 0 without any. */
  rates(): Record<string, number>;
}

function share(thresholds: readonly number[]): Share {
  const reached = thresholds.map(() => 0);
  let total = 0;
  return {
    add(similarity) {
      total++;
      thresholds.forEach((tau, i) => {
        if (similarity >= tau) reached[i] = (reached[i] as number) + 1;
      });
    },
    count: () => total,
    rates: () => Object.fromEntries(thresholds.map((tau, i) => [tau.toFixed(1), total === 0 ? 0 : (reached[i] as number) / total])),
  };
}
