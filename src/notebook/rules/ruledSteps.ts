// Every rule's advantage of the same steps: of the rollouts that an update told of, or of the calls of a truth report.
import { anchorStates } from '../../env/outcome.ts';
import { gigpoAdvantages } from '../../tapo/index.ts';
import type { TrainConfig } from '../../train/config.ts';
import { COMPARED_RULES, type ComparedRule, type TruthReport } from '../../train/creditComparison.ts';
import type { GroupReport } from '../../train/report.ts';
import type { Place } from '../rollouts/places.ts';
import { creditUnder } from '../whatIf.ts';
import type { RuleName } from './ruleNames.ts';

/** A step with what each rule makes of it. */
export interface RuledStep {
  /** Prompt, rollout and step, counted from 0; the prompt among those that are compared. */
  readonly group: number;
  readonly place: Place;
  readonly question: string;
  /** What the policy wrote. */
  readonly text: string;
  readonly failing: boolean;
  /** Advantage under a rule; null where the data does not allow it. The true value is in units of reward. */
  readonly values: Readonly<Record<RuleName, number | null>>;
  /** Whether the sign of the true value is known. */
  readonly resolved: boolean;
}

/**
 * The steps of an update's shown groups under every rule but those that need more than rollouts: ΔBelief needs the policy, the true values
 * need re-rolling. Advantages stay as they were; the library is each prompt's own.
 */
export function ruledRollouts(groups: readonly GroupReport[], config: Pick<TrainConfig, 'credit' | 'epsilon'>): RuledStep[] {
  return groups.flatMap((group, g) => {
    const byRule = Object.fromEntries((Object.keys(COMPARED_RULES) as ComparedRule[]).map((rule) => [rule, advantagesUnder(group, rule, config)])) as Record<
      ComparedRule,
      readonly (readonly number[])[] | null
    >;
    return group.rollouts.flatMap(({ outcome, steps }, r) =>
      steps.map((step, s): RuledStep => {
        const values = Object.fromEntries(Object.entries(byRule).map(([rule, all]) => [rule, all?.[r]?.[s] ?? null])) as Record<ComparedRule, number | null>;
        return {
          group: g,
          place: [r, s],
          question: group.task.question,
          text: step.words.join(' '),
          failing: outcome === 'failure',
          values: { ...values, truth: null },
          resolved: false,
        };
      }),
    );
  });
}

/** [rollout][step] advantages; null where the rule needs what a report does not hold. */
function advantagesUnder(
  group: GroupReport,
  rule: ComparedRule,
  { credit, epsilon }: Pick<TrainConfig, 'credit' | 'epsilon'>,
): readonly (readonly number[])[] | null {
  switch (rule) {
    case 'none':
      return group.rollouts.map(({ steps }) => steps.map(({ advantage }) => advantage));
    case 'gigpo': {
      const anchors = group.rollouts.map(({ steps }) => anchorStates({ turns: steps }));
      const rewards = group.rollouts.map(({ reward }) => reward);
      return gigpoAdvantages(rewards, anchors, { omega: credit.omega, gamma: credit.gamma, epsilon }).map((steps) => [...steps]);
    }
    case 'delta-belief':
      return null;
    default: {
      const credited = creditUnder(group, { ...credit, support: true, clamp: true, ...COMPARED_RULES[rule] });
      return credited.rollouts.map(({ steps }) => steps.map(({ corrected }) => corrected));
    }
  }
}

/** The calls of a truth report, for which every rule and the true value is known. */
export function ruledCalls({ calls }: Pick<TruthReport, 'calls'>): RuledStep[] {
  const groups = [...new Set(calls.map(({ group }) => group))];
  return calls.map((call) => ({
    group: groups.indexOf(call.group),
    place: [Number(call.rollout.split('/').at(-1)), call.step],
    question: call.question,
    text: call.text,
    failing: call.failing,
    values: { ...call.assigned, truth: call.delta },
    resolved: call.label !== 'unresolved',
  }));
}
