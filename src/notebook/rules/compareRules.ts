// Two rules on the same steps: how far they are apart, where they differ most, and where they even differ in sign.
import { histogram } from '../../train/metrics.ts';
import type { RuledStep } from './ruledSteps.ts';
import type { RuleName } from './ruleNames.ts';

export interface ComparedStep {
  readonly step: RuledStep;
  readonly first: number;
  readonly second: number;
  /** second − first; null between an advantage and a true value, which have different units. */
  readonly difference: number | null;
  /** One is positive, the other negative. */
  readonly flips: boolean;
}

export interface RuleComparison {
  /** The largest difference first; against the true values the largest wrong sign first. Equal ones stay in their order. */
  readonly steps: readonly ComparedStep[];
  /** Steps that differ, and their mean difference; null where differences mean nothing. */
  readonly differing: number | null;
  readonly meanDifference: number | null;
  readonly flips: number;
  /** Failing rollouts' steps that each rule rewards. */
  readonly rewarded: readonly [number, number];
  /** Greatest difference, or 1. */
  readonly most: number;
  /** Steps by advantage under each rule, in the bins of train/metrics.ts. */
  readonly histograms: readonly [readonly number[], readonly number[]];
}

/** Numbers closer than this are the same. */
const ROUNDING = 1e-6;

/** Steps for which either rule has no value are left out; against the true values, calls whose sign is not known too. */
export function compareRules(steps: readonly RuledStep[], [first, second]: readonly [RuleName, RuleName]): RuleComparison {
  const withTruth = (first === 'truth') !== (second === 'truth');
  const compared = steps.flatMap((step): ComparedStep[] => {
    const [a, b] = [step.values[first], step.values[second]];
    if (a === null || b === null || (withTruth && !step.resolved)) return [];
    const flips = signOf(a) * signOf(b) < 0;
    return [{ step, first: a, second: b, difference: withTruth ? null : b - a, flips }];
  });
  const weight = ({ difference, flips, first: a, second: b }: ComparedStep): number =>
    difference === null ? (flips ? 10 : 0) + Math.abs(first === 'truth' ? a : b) : Math.abs(difference);
  const differing = compared.filter(({ difference }) => difference !== null && Math.abs(difference) > ROUNDING);
  return {
    steps: compared
      .map((entry, order) => ({ entry, order }))
      .sort((a, b) => weight(b.entry) - weight(a.entry) || a.order - b.order)
      .map(({ entry }) => entry),
    differing: withTruth ? null : differing.length,
    meanDifference: withTruth || differing.length === 0 ? null : differing.reduce((sum, { difference }) => sum + (difference ?? 0), 0) / differing.length,
    flips: compared.filter(({ flips }) => flips).length,
    rewarded: [
      compared.filter(({ step, first: a }) => step.failing && signOf(a) > 0).length,
      compared.filter(({ step, second: b }) => step.failing && signOf(b) > 0).length,
    ],
    most: differing.reduce((most, { difference }) => Math.max(most, Math.abs(difference ?? 0)), 0) || 1,
    histograms: [histogram(compared.map((each) => each.first)), histogram(compared.map((each) => each.second))],
  };
}

function signOf(value: number): number {
  return Math.abs(value) <= ROUNDING ? 0 : Math.sign(value);
}

export interface ComparedRollout {
  readonly rollout: number;
  readonly failing: boolean;
  readonly steps: readonly ComparedStep[];
}

export interface ComparedPrompt {
  readonly group: number;
  readonly question: string;
  readonly rollouts: readonly ComparedRollout[];
}

/** The same steps prompt by prompt and rollout by rollout, in order. */
export function byRollout({ steps }: Pick<RuleComparison, 'steps'>): ComparedPrompt[] {
  const ordered = [...steps].sort((a, b) => a.step.group - b.step.group || a.step.place[0] - b.step.place[0] || a.step.place[1] - b.step.place[1]);
  const prompts = new Map<number, { readonly question: string; readonly rollouts: Map<number, ComparedStep[]> }>();
  for (const compared of ordered) {
    const { group, question, place } = compared.step;
    const prompt = prompts.get(group) ?? { question, rollouts: new Map<number, ComparedStep[]>() };
    prompts.set(group, prompt);
    prompt.rollouts.set(place[0], [...(prompt.rollouts.get(place[0]) ?? []), compared]);
  }
  return [...prompts].map(([group, { question, rollouts }]) => ({
    group,
    question,
    rollouts: [...rollouts].map(([rollout, members]) => ({ rollout, failing: members[0]?.step.failing ?? false, steps: members })),
  }));
}
