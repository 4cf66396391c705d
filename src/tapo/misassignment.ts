// Misassignment rates: how often a failing rollout is punished for a call that a successful one made too, by similarity threshold τ.
import type { CreditedGroup } from './credit.ts';

/** The thresholds of the paper's Figure 2. */
export const MISASSIGNMENT_THRESHOLDS: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

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
  const rollouts = groups.flatMap((group) => group.rollouts.filter((r) => (of === 'failing' ? r.outcome === 'failure' : !r.correct)));
  const calls = rollouts.flatMap((r) =>
    r.steps.flatMap(({ tool, witnessSimilarity }) => (tool !== null && witnessSimilarity !== null ? [{ tool, witnessSimilarity }] : [])),
  );
  const byTool = new Map<string, number[]>();
  for (const { tool, witnessSimilarity } of calls) {
    const similarities = byTool.get(tool);
    if (similarities) similarities.push(witnessSimilarity);
    else byTool.set(tool, [witnessSimilarity]);
  }
  const best = rollouts.map((r) =>
    r.steps.reduce((most, step) => Math.max(most, step.witnessSimilarity ?? Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY),
  );
  const rates = (similarities: readonly number[]): Record<string, number> =>
    Object.fromEntries(
      thresholds.map((tau) => [tau.toFixed(1), similarities.length === 0 ? 0 : similarities.filter((s) => s >= tau).length / similarities.length]),
    );
  return {
    action: rates(calls.map((call) => call.witnessSimilarity)),
    trajectory: rates(best),
    byTool: Object.fromEntries([...byTool].map(([tool, similarities]) => [tool, rates(similarities)])),
  };
}
