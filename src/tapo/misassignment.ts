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
export function misassignmentRates(
  groups: readonly CreditedGroup[],
  { thresholds = MISASSIGNMENT_THRESHOLDS, of = 'failing' }: MisassignmentOptions = {},
): MisassignmentRates {
  const { calls, byTool, best } = counted(groups, of);
  const rates = (similarities: readonly number[]): Record<string, number> =>
    Object.fromEntries(
      thresholds.map((tau) => [tau.toFixed(1), similarities.length === 0 ? 0 : similarities.filter((s) => s >= tau).length / similarities.length]),
    );
  return {
    action: rates(calls),
    trajectory: rates(best),
    byTool: Object.fromEntries([...byTool].map(([tool, similarities]) => [tool, rates(similarities)])),
  };
}

/** What the rates are shares of: tool steps, rollouts, and tool steps of each tool. */
export function misassignmentCounts(
  groups: readonly CreditedGroup[],
  { of = 'failing' }: Pick<MisassignmentOptions, 'of'> = {},
): { readonly action: number; readonly trajectory: number; readonly byTool: Readonly<Record<string, number>> } {
  const { calls, byTool, best } = counted(groups, of);
  return {
    action: calls.length,
    trajectory: best.length,
    byTool: Object.fromEntries([...byTool].map(([tool, similarities]) => [tool, similarities.length])),
  };
}

/** Witness similarities of the executed calls that count, and those of each tool in the order met; and that of each rollout's best witness. */
function counted(groups: readonly CreditedGroup[], of: NonNullable<MisassignmentOptions['of']>) {
  const rollouts = groups.flatMap((group) => group.rollouts.filter((r) => (of === 'failing' ? r.outcome === 'failure' : !r.correct)));
  const calls: number[] = [];
  const byTool = new Map<string, number[]>();
  const best = rollouts.map((rollout) => {
    let most = Number.NEGATIVE_INFINITY;
    for (const { tool, witnessSimilarity } of rollout.steps) {
      if (tool === null || witnessSimilarity === null) continue;
      calls.push(witnessSimilarity);
      const similarities = byTool.get(tool);
      if (similarities) similarities.push(witnessSimilarity);
      else byTool.set(tool, [witnessSimilarity]);
      most = Math.max(most, witnessSimilarity);
    }
    return most;
  });
  return { calls, byTool, best };
}
