// Every credit rule on the same rollouts, held against the true values of their calls.
import {
  bootstrapJudgement,
  type Interval,
  isCorrected,
  JUDGEMENTS,
  type JudgedCall,
  type Judgement,
  judgeCredit,
  signTable,
  type TruthLabel,
} from '../tapo/index.ts';
import { assignCredit, type CreditedBatch } from './assignCredit.ts';
import type { TrainConfig } from './config.ts';
import { standardDeviation } from './metrics.ts';
import type { CollectedRollout } from './rollout.ts';
import type { ValuedCall, ValuedRollout } from './truth.ts';

type CreditSpec = TrainConfig['credit'];

/** The rules that are compared, each as a change of the run's own credit options. */
export const COMPARED_RULES = {
  none: { rule: 'none' },
  tapo: { rule: 'tapo' },
  'tapo, no support': { rule: 'tapo', support: false },
  'tapo, no clamp': { rule: 'tapo', clamp: false },
  'tapo, no support, no clamp': { rule: 'tapo', support: false, clamp: false },
  gigpo: { rule: 'gigpo' },
  'delta-belief': { rule: 'delta-belief' },
} as const satisfies Readonly<Record<string, Partial<CreditSpec>>>;

export type ComparedRule = keyof typeof COMPARED_RULES;

/** One judgement with its 95 % interval. */
export interface Estimate {
  readonly value: number | null;
  readonly interval: Interval | null;
}

export interface RuleReport {
  readonly rule: ComparedRule;
  readonly judgement: Readonly<Record<keyof Judgement, Estimate>>;
  readonly signs: ReturnType<typeof signTable>;
  /** Calls that the rule corrected, by what they truly were. */
  readonly corrected: Readonly<Record<TruthLabel, number>>;
}

/**
 * How a successful rollout came about: earned, if a call of it helped; routine, if no call's value could be told from 0, yet the policy
 * is mostly right from where it stood before the answer (it does what it always does); lucky otherwise; noCall if it called no tool.
 */
export type SuccessKind = (typeof SUCCESS_KINDS)[number];
export const SUCCESS_KINDS = ['earned', 'routine', 'lucky', 'noCall'] as const;

export interface CallReport extends Pick<ValuedCall, 'group' | 'rollout' | 'step' | 'tool' | 'delta' | 'standardError' | 'label'> {
  readonly question: string;
  /** The step's text, as the policy wrote it. */
  readonly text: string;
  readonly failing: boolean;
  /** Share of continuations that succeed, before and after the call. */
  readonly successBefore: number;
  readonly successAfter: number;
  /** How the witness's rollout succeeded, where the rule tapo corrects the call. */
  readonly witness: SuccessKind | null;
  /** Advantage that each rule gives the call. */
  readonly assigned: Readonly<Record<ComparedRule, number>>;
}

export interface TruthReport {
  /** Continuations from each state, K. */
  readonly continuations: number;
  readonly groups: number;
  /** All calls, and those of failing rollouts, by true label. */
  readonly labels: Readonly<Record<'all' | 'failing', Readonly<Record<TruthLabel, number>>>>;
  readonly rules: readonly RuleReport[];
  readonly successes: Readonly<Record<SuccessKind, number>>;
  /** Corrections of the rule tapo, by how their witness's rollout succeeded and what the corrected call truly was. */
  readonly witnesses: Readonly<Record<SuccessKind, Readonly<Record<TruthLabel, number>>>>;
  readonly calls: readonly CallReport[];
}

/**
 * Compares the rules on whole groups. `values` belongs to `rollouts`, one by one; `logBeliefs` is what ΔBelief needs (beliefs.ts),
 * `similarities` what tools with a measure of their own need.
 * Whitening over the batch is left out: what is compared must be in units of reward.
 */
export function compareCredit(
  rollouts: readonly CollectedRollout[],
  values: readonly ValuedRollout[],
  logBeliefs: readonly (readonly number[])[],
  config: Pick<TrainConfig, 'algorithm' | 'advantage' | 'epsilon' | 'credit'>,
  continuations: number,
  similarities?: CreditedBatch['similarities'],
): TruthReport {
  const names = Object.keys(COMPARED_RULES) as ComparedRule[];
  const estimator = config.advantage ?? (config.algorithm === 'dr-grpo' ? 'dr-grpo' : 'grpo');
  const advantage = estimator === 'batch-normalised' ? 'grpo' : estimator;
  const credited = Object.fromEntries(
    names.map((name) => [
      name,
      assignCredit(rollouts, { ...config, advantage, credit: { ...config.credit, span: 'step', ...COMPARED_RULES[name] } }, logBeliefs, similarities),
    ]),
  ) as Record<ComparedRule, CreditedBatch>;
  const scales = advantage === 'dr-grpo' ? null : groupScales(rollouts, config.epsilon); // Dr. GRPO's advantages are in units of reward already
  const byTapo = new Map(credited.tapo.groups.flatMap((group) => group.rollouts.map((r) => [r.rollout, r] as const)));
  const kinds = new Map(rollouts.map(({ record }, r) => [record.rollout, kindOf(values[r] as ValuedRollout)]));
  const witnessOf = (rollout: string, step: number): SuccessKind | null => {
    const { reason, witness } = byTapo.get(rollout)?.steps[step] ?? {};
    return reason === 'transferred' && witness ? (kinds.get(witness[0]) ?? null) : null;
  };
  const calls = rollouts.flatMap(({ record, episode }, r) =>
    (values[r] as ValuedRollout).calls.map((call): CallReport => {
      const first = record.steps.slice(0, call.step).reduce((tokens, step) => tokens + step.tokens, 0);
      const { group, rollout, step, tool, delta, standardError, label, before, after } = call;
      return {
        ...{ group, rollout, step, tool, delta, standardError, label },
        question: episode.task.question,
        text: record.steps[step]?.text ?? '',
        failing: byTapo.get(rollout)?.outcome === 'failure',
        successBefore: before.success,
        successAfter: after.success,
        witness: witnessOf(rollout, step),
        assigned: Object.fromEntries(names.map((name) => [name, credited[name].tokenAdvantages[r]?.[first] ?? 0])) as Record<ComparedRule, number>,
      };
    }),
  );
  return {
    continuations,
    groups: new Set(rollouts.map((r) => r.record.group)).size,
    labels: { all: labelsOf(calls), failing: labelsOf(calls.filter((call) => call.failing)) },
    rules: names.map((name) => ruleReport(name, calls, scales)),
    successes: countBy(
      rollouts.filter((r) => r.outcome.correct).map((r) => kinds.get(r.record.rollout) as SuccessKind),
      SUCCESS_KINDS,
    ),
    witnesses: Object.fromEntries(SUCCESS_KINDS.map((kind) => [kind, labelsOf(calls.filter((call) => call.witness === kind))])) as TruthReport['witnesses'],
    calls,
  };
}

function ruleReport(rule: ComparedRule, calls: readonly CallReport[], scales: ReadonlyMap<string, number> | null): RuleReport {
  const judged = calls.map(
    (call): JudgedCall => ({
      group: call.group,
      failing: call.failing,
      truth: call,
      advantage: call.assigned.none,
      assigned: call.assigned[rule],
      scale: scales?.get(call.group) ?? 1,
    }),
  );
  const judgement = judgeCredit(judged);
  const intervals = bootstrapJudgement(judged);
  return {
    rule,
    judgement: Object.fromEntries(JUDGEMENTS.map((name) => [name, { value: judgement[name], interval: intervals[name] }])) as RuleReport['judgement'],
    signs: signTable(judged),
    corrected: labelsOf(judged.filter(isCorrected).map(({ truth }) => truth)),
  };
}

function kindOf({ calls, last }: ValuedRollout): SuccessKind {
  if (calls.length === 0) return 'noCall';
  if (calls.some((call) => call.label === 'helpful')) return 'earned';
  return last.success >= 0.5 ? 'routine' : 'lucky';
}

/** std R + ε of each group: what turns an advantage into units of reward. */
function groupScales(rollouts: readonly CollectedRollout[], epsilon: number): Map<string, number> {
  const rewards = new Map<string, number[]>();
  for (const { record } of rollouts) rewards.set(record.group, [...(rewards.get(record.group) ?? []), record.reward]);
  return new Map([...rewards].map(([group, list]) => [group, standardDeviation(list) + epsilon]));
}

function labelsOf(calls: readonly { readonly label: TruthLabel }[]): Record<TruthLabel, number> {
  return countBy(
    calls.map(({ label }) => label),
    ['helpful', 'harmful', 'unresolved'],
  );
}

function countBy<K extends string>(list: readonly K[], keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, list.filter((each) => each === key).length])) as Record<K, number>;
}
