// The true value of a tool call, from re-rolled continuations, and how well a credit rule's advantages agree with it.
import { randomStream } from './random.ts';
import { groupRollouts } from './rollout.ts';

/** helpful: Δ > 2 SE · harmful: Δ < −2 SE · unresolved: the continuations do not tell. */
export type TruthLabel = 'helpful' | 'harmful' | 'unresolved';

/** What re-rolling says of a call. */
export interface TrueValue {
  /** Δ = Q̂ − V̂, in units of reward. */
  readonly delta: number;
  /** Standard error of Δ. */
  readonly standardError: number;
  readonly label: TruthLabel;
}

/** Numbers closer to each other than this are the same: signs and corrections are told from rounding by it. */
const ROUNDING = 1e-9;

/**
 * Value of a call by re-rolling: K continuations under one policy from the state before it, and from the state after it.
 *
 *   Δ = Q̂(s, a) − V̂(s) = mean R(after) − mean R(before)          SE² = var R(after) / K + var R(before) / K
 *
 * Variances divide by K − 1; one continuation, or a state that ended the episode, has variance 0: give K ≥ 2 wherever anything is random.
 * Two estimates of 0/1 rewards near a half have SE 0.18 with K = 16 and 0.09 with K = 64. [ours]
 */
export function trueValue(before: ArrayLike<number>, after: ArrayLike<number>): TrueValue {
  if (before.length === 0 || after.length === 0) throw new RangeError(`trueValue: expected rewards of continuations, got ${before.length} and ${after.length}`);
  const [v, q] = [moments(before), moments(after)];
  const delta = q.mean - v.mean;
  const standardError = Math.sqrt(v.variance / before.length + q.variance / after.length);
  const bound = Math.max(2 * standardError, ROUNDING);
  const label = delta > bound ? 'helpful' : delta < -bound ? 'harmful' : 'unresolved';
  return { delta, standardError, label };
}

/** A tool call whose true value is known, and what a credit rule made of it. */
export interface JudgedCall {
  /** Rollouts of one prompt are drawn together by the bootstrap. */
  readonly group: string;
  /** Whether its rollout failed: only such calls are corrected. */
  readonly failing: boolean;
  readonly truth: TrueValue;
  /** A, before any correction. */
  readonly advantage: number;
  /** What the rule gave the call in its place. */
  readonly assigned: number;
  /** std R + ε of the group: `assigned · scale` is in units of reward, as Δ is. */
  readonly scale: number;
}

/** Numbers by which a credit rule is judged; null where nothing could be counted. */
export interface Judgement {
  /** Of the corrected calls whose sign is resolved: the share that truly helped. */
  readonly precision: number | null;
  /** Of the failing rollouts' calls that truly helped: the share that was corrected. */
  readonly recall: number | null;
  /** Of all resolved calls: the share whose assigned sign is that of Δ. */
  readonly rightSign: number | null;
  /** Of all resolved calls: the share whose assigned sign is the opposite; an advantage of 0 is neither. */
  readonly wrongSign: number | null;
  /** Of all calls that truly helped: the share that is punished all the same (assigned < 0). */
  readonly punishedHelpful: number | null;
  /** Mean of assigned · scale − Δ over all calls. */
  readonly bias: number | null;
  /** Variance of assigned · scale − Δ, less the mean SE² that Δ itself brings; at least 0. */
  readonly variance: number | null;
}

/** The names of a judgement's numbers. */
export const JUDGEMENTS = [
  'precision',
  'recall',
  'rightSign',
  'wrongSign',
  'punishedHelpful',
  'bias',
  'variance',
] as const satisfies readonly (keyof Judgement)[];

/** Holds what a credit rule assigned against the true values of the calls. */
export function judgeCredit(calls: readonly JudgedCall[]): Judgement {
  const resolved = calls.filter(({ truth }) => truth.label !== 'unresolved');
  const helpful = resolved.filter(isHelpful);
  const errors = calls.map(({ assigned, scale, truth }) => assigned * scale - truth.delta);
  const noise = moments(calls.map(({ truth }) => truth.standardError ** 2)).mean;
  const spread = moments(errors);
  return {
    precision: shareOf(resolved.filter(isCorrected), isHelpful),
    recall: shareOf(
      helpful.filter(({ failing }) => failing),
      isCorrected,
    ),
    rightSign: shareOf(resolved, ({ assigned, truth }) => signOf(assigned) === Math.sign(truth.delta)),
    wrongSign: shareOf(resolved, ({ assigned, truth }) => signOf(assigned) === -Math.sign(truth.delta)),
    punishedHelpful: shareOf(helpful, ({ assigned }) => signOf(assigned) < 0),
    bias: calls.length === 0 ? null : spread.mean,
    variance: calls.length < 2 ? null : Math.max(0, spread.variance - noise),
  };
}

/** Whether a rule raised a failing rollout's call above the rollout's own advantage. */
export function isCorrected({ failing, assigned, advantage }: JudgedCall): boolean {
  return failing && assigned > advantage + ROUNDING;
}

/** Counts of calls by assigned sign (−1, 0, 1) and true label. */
export function signTable(calls: readonly JudgedCall[]): Readonly<Record<'negative' | 'zero' | 'positive', Readonly<Record<TruthLabel, number>>>> {
  const count = (sign: number) => {
    const row = { helpful: 0, harmful: 0, unresolved: 0 };
    for (const { assigned, truth } of calls) if (signOf(assigned) === sign) row[truth.label]++;
    return row;
  };
  return { negative: count(-1), zero: count(0), positive: count(1) };
}

/** Options of `bootstrapJudgement`. */
export interface BootstrapOptions {
  /** Default 1000. */
  readonly resamples?: number;
  /** Share of resamples inside the interval. Default 0.95. */
  readonly level?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Bounds of a confidence interval, both included. */
/** Groups that an interval needs. */
const LEAST_GROUPS = 5;

/** Ends of an interval. */
export type Interval = readonly [low: number, high: number];

/**
 * Percentile bootstrap intervals of a judgement (Efron 1979): whole groups are drawn with replacement, since calls of one prompt are not
 * independent. Null with fewer than five groups, whose resamples are too alike, and where fewer than half of the resamples had anything
 * to count.
 */
export function bootstrapJudgement(calls: readonly JudgedCall[], options: BootstrapOptions = {}): Readonly<Record<keyof Judgement, Interval | null>> {
  const { resamples = 1000, level = 0.95, seed = 1 } = options;
  const groups = groupRollouts(calls);
  const random = randomStream(seed, groups.length);
  const drawn = Array.from({ length: groups.length < LEAST_GROUPS ? 0 : resamples }, () => judgeCredit(groups.flatMap(() => random.pick(groups))));
  const interval = (name: keyof Judgement): Interval | null => {
    const values = drawn.flatMap((judgement) => judgement[name] ?? []).sort((a, b) => a - b);
    if (values.length === 0 || values.length < resamples / 2) return null;
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] as number;
    return [at((1 - level) / 2), at((1 + level) / 2)];
  };
  return Object.fromEntries(JUDGEMENTS.map((name) => [name, interval(name)])) as Record<keyof Judgement, Interval | null>;
}

function isHelpful({ truth }: JudgedCall): boolean {
  return truth.label === 'helpful';
}

function signOf(advantage: number): number {
  return Math.abs(advantage) <= ROUNDING ? 0 : Math.sign(advantage);
}

function shareOf<T>(items: readonly T[], condition: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(condition).length / items.length;
}

function moments(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - mean) ** 2;
  return { mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) };
}
