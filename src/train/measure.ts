// What an update looked like, in numbers: every metric of metrics.ts that it can have.
import type { Tool } from '../env/types.ts';
import { type MisassignmentRates, misassignmentCounts, misassignmentRates, type ToolCall } from '../tapo/index.ts';
import type { CreditedBatch } from './assignCredit.ts';
import type { RolloutBatch } from './collectBatch.ts';
import type { Evaluation } from './evaluate.ts';
import type { Improvement } from './improve.ts';
import { histogram, type MetricRecord, mean, RECORDED_THRESHOLDS, standardDeviation } from './metrics.ts';
import type { CollectedRollout } from './rollout.ts';

export interface UpdateParts {
  readonly update: number;
  readonly batch: RolloutBatch;
  readonly credit: CreditedBatch;
  readonly improvement: Improvement;
  readonly evaluation: { readonly sampled: Evaluation; readonly greedy: Evaluation } | null;
  /** Milliseconds. */
  readonly times: { readonly rollout: number; readonly credit: number; readonly update: number; readonly evaluate: number | null };
  readonly tools: readonly Tool[];
}

export function measureUpdate({ update, batch, credit, improvement, evaluation, times, tools }: UpdateParts): MetricRecord {
  const { rollouts } = batch;
  const rewards = rollouts.map((r) => r.record.reward);
  const tokens = rollouts.map((r) => r.logProbs.length);
  const whole = times.rollout + times.credit + times.update;
  return {
    update,
    'reward/mean': mean(rewards),
    'reward/std': standardDeviation(rewards),
    accuracy: share(rollouts, (r) => r.outcome.correct),
    format_error: share(rollouts, (r) => !r.outcome.wellFormed || r.outcome.modelErrors > 0),
    'group/mixed': share(credit.groups, ({ rollouts: members }) => members.some((r) => r.correct) && members.some((r) => !r.correct)),
    ...creditMetrics(credit),
    'credit/time_share': times.credit / whole,
    'policy/entropy': mean(rollouts.flatMap((r) => r.entropies)),
    'policy/clip_fraction': improvement.clipFraction,
    'policy/approx_kl': improvement.approxKl,
    'policy/ratio_max': improvement.ratioMax,
    'policy/grad_norm': improvement.gradNorm,
    'response/length': mean(tokens),
    'response/turns': mean(rollouts.map((r) => r.episode.turns.length)),
    ...toolMetrics(rollouts, tools),
    ...efficiencyMetrics(rollouts),
    'tool/external_calls': batch.externalCalls,
    'tool/infrastructure_errors': batch.dropped,
    'sampling/draws': batch.draws,
    'sampling/filled': batch.filled,
    ...(evaluation ? { 'validation/accuracy': evaluation.sampled.accuracy, 'validation/accuracy_greedy': evaluation.greedy.accuracy } : {}),
    'time/rollout': times.rollout / 1000,
    'time/tools': batch.toolTime / 1000,
    'time/credit': times.credit / 1000,
    'time/update': times.update / 1000,
    ...(times.evaluate === null ? {} : { 'time/evaluate': times.evaluate / 1000 }),
    tokens_per_second: (tokens.reduce((sum, n) => sum + n, 0) / times.rollout) * 1000,
  };
}

/**
 * Counts of steps by advantage, before and after correction, in the bins of metrics.ts. Groups whose rollouts all fared alike are left
 * out: all their advantages are 0.
 */
export function advantageHistograms({ groups }: CreditedBatch): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const told = groups.filter(({ rollouts }) => rollouts.some(({ advantage }) => advantage !== 0));
  const steps = told.flatMap((group) => group.rollouts.flatMap((r) => r.steps));
  return { before: histogram(steps.map((s) => s.advantage)), after: histogram(steps.map((s) => s.corrected)) };
}

function creditMetrics({ groups }: CreditedBatch): Record<string, number> {
  const steps = groups.flatMap((group) => group.rollouts.flatMap((r) => r.steps));
  const candidates = steps.filter((s) => s.similarity !== null);
  const corrected = candidates.filter((s) => s.reason === 'transferred');
  const counts = misassignmentCounts(groups);
  return {
    'credit/failing_calls': counts.action,
    'credit/failing_rollouts': counts.trajectory,
    ...rateMetrics('', misassignmentRates(groups, { thresholds: RECORDED_THRESHOLDS })),
    ...rateMetrics('incorrect_', misassignmentRates(groups, { thresholds: RECORDED_THRESHOLDS, of: 'incorrect' })),
    'credit/corrected_share': candidates.length === 0 ? 0 : corrected.length / candidates.length,
    'credit/mean_shift': mean(corrected.map((s) => s.corrected - s.advantage)),
    'credit/support': mean(corrected.map((s) => s.support ?? 0)),
    'credit/confidence': mean(corrected.map((s) => (s.similarity ?? 0) * (s.support ?? 0))),
  };
}

function rateMetrics(prefix: string, { action, trajectory }: MisassignmentRates): Record<string, number> {
  const named = (name: string, rates: Readonly<Record<string, number>>) =>
    Object.entries(rates).map(([tau, rate]) => [`credit/${prefix}${name}@${tau}`, rate] as const);
  return Object.fromEntries([...named('action_rate', action), ...named('trajectory_rate', trajectory)]);
}

function toolMetrics(rollouts: readonly CollectedRollout[], tools: readonly Tool[]): Record<string, number> {
  const calls = rollouts.map(callsOf);
  const attempts = rollouts.flatMap((r) => r.episode.turns.filter(({ action }) => action.kind !== 'answer'));
  return {
    'tool/calls': mean(calls.map((list) => list.length)),
    ...Object.fromEntries(tools.map(({ name }) => [`tool/calls/${name}`, mean(calls.map((list) => list.filter((call) => call.name === name).length))])),
    'tool/valid_share': attempts.length === 0 ? 1 : calls.flat().filter((call) => call.ok !== false).length / attempts.length,
  };
}

/** What a solution costs, and how much of what a policy does is of use (Tool-Augmented PO, arXiv:2510.07038). */
function efficiencyMetrics(rollouts: readonly CollectedRollout[]): Record<string, number> {
  const solved = rollouts.filter((r) => r.outcome.correct).map(callsOf);
  const isSearch = ({ kind }: ToolCall): boolean => kind === 'image' || kind === 'text';
  return {
    'tool/valid_actions': mean(rollouts.map((r) => callsOf(r).filter((call) => call.ok !== false).length + answersOf(r))),
    'tool/calls_per_solution': mean(solved.map((calls) => calls.length)),
    'tool/searches_per_solution': mean(solved.map((calls) => calls.filter(isSearch).length)),
    'tool/runs_per_solution': mean(solved.map((calls) => calls.filter(({ kind }) => kind === 'other').length)),
  };
}

const callsOf = ({ record }: CollectedRollout): readonly ToolCall[] => record.steps.flatMap(({ tool }) => (tool ? [tool] : []));
const answersOf = ({ episode }: CollectedRollout): number => episode.turns.filter(({ action }) => action.kind === 'answer').length;

function share<T>(items: readonly T[], condition: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(condition).length / items.length;
}
