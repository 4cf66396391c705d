// From collected rollouts to advantages: group advantages, then credit transfer, then whitening over the batch where that was asked for.
import { anchorStates } from '../env/outcome.ts';
import {
  type BatchCreditOptions,
  batchWhitening,
  type CreditedGroup,
  deltaBeliefAdvantages,
  drGrpoAdvantages,
  gigpoAdvantages,
  groupAdvantages,
  groupRollouts,
  transferBatchCredit,
} from '../tapo/index.ts';
import type { TrainConfig } from './config.ts';
import type { CollectedRollout } from './rollout.ts';
import { type SimilarityTable, similaritiesOf } from './similarities.ts';

export interface CreditedBatch {
  /** Credit of each group, in the order of their first rollout; advantages are those before whitening. */
  readonly groups: readonly CreditedGroup[];
  /** Advantage of every token that the model wrote, rollout by rollout, in the order given: what the policy learns from. */
  readonly tokenAdvantages: readonly Float64Array[];
  /** Advantages of steps, by the rollout's id, before whitening, under a rule that gives each step its own: gigpo and delta-belief. Else null. */
  readonly stepAdvantages: ReadonlyMap<string, Float64Array> | null;
  /** Similarities by tools' own measures (similarities.ts), by group; under '' those of the whole batch. */
  readonly similarities: ReadonlyMap<string, readonly SimilarityTable[]>;
}

/**
 * Credits a batch under the run's options. Credit transfer is always computed, so that its rates are known; the tokens get the corrected
 * advantages where the rule is tapo, those of the step where it is gigpo or delta-belief, else the rollout's own. `logBeliefs` (beliefs.ts)
 * is needed for delta-belief alone, `similarities` where a tool has a measure of its own. Dropped rollouts must have been left out.
 *
 * With batch-normalised advantages every token's value goes through one map, (a − μ) / (σ + 1e-9), with μ and σ of the rollouts' own
 * advantages A over the batch: a correction is neither undone nor moves other rollouts, and what was corrected to 0 stays 0.
 */
export function assignCredit(
  rollouts: readonly CollectedRollout[],
  { algorithm, advantage, epsilon, credit }: Pick<TrainConfig, 'algorithm' | 'advantage' | 'epsilon' | 'credit'>,
  logBeliefs: readonly (readonly number[])[] | null = null,
  similarities: CreditedBatch['similarities'] = new Map(),
): CreditedBatch {
  const { rule, span, thetaCluster, omega, gamma, beliefWeight, ...shared } = credit;
  const own = similarities.size === 0 ? {} : { similarities: similaritiesOf([...similarities.values()].flat()) };
  const options: BatchCreditOptions = { ...shared, ...(thetaCluster === null ? {} : { thetaCluster }), ...own };
  const estimator = advantage ?? (algorithm === 'dr-grpo' ? 'dr-grpo' : 'grpo');
  const members = groupRollouts(rollouts.map((r) => ({ ...r, group: r.record.group })));
  const advantages = members.map((group) => {
    const rewards = rewardsOf(group);
    return estimator === 'dr-grpo' ? drGrpoAdvantages(rewards) : groupAdvantages(rewards, { epsilon });
  });
  const groups = transferBatchCredit(members.map(recordsOf), advantages, options);
  const stepwise =
    rule === 'gigpo'
      ? byRolloutId(members, (group) =>
          gigpoAdvantages(
            rewardsOf(group),
            group.map((r) => anchorStates(r.episode)),
            { omega, gamma, epsilon },
          ),
        )
      : rule === 'delta-belief'
        ? byRolloutId(members, (group) => deltaBeliefAdvantages(rewardsOf(group), beliefsOf(group, rollouts, logBeliefs), { beliefWeight, epsilon }))
        : null;
  const whiten = estimator === 'batch-normalised' ? batchWhitening(advantages.flatMap((a) => [...a])) : (a: number): number => a;
  const byRollout = new Map(groups.flatMap((group) => group.rollouts.map((credited) => [credited.rollout, credited])));
  return {
    groups,
    similarities,
    stepAdvantages: stepwise,
    tokenAdvantages: rollouts.map(({ record, episode }) => {
      const credited = byRollout.get(record.rollout) as CreditedGroup['rollouts'][number];
      return Float64Array.from(
        record.steps.flatMap(({ tokens }, s) => {
          const step = credited.steps[s] as (typeof credited.steps)[number];
          if (stepwise) return new Array<number>(tokens).fill(stepwise.get(record.rollout)?.[s] as number);
          const action = episode.turns[s]?.action;
          const from = span === 'call' && action?.kind === 'call' ? action.start : 0;
          return Array.from({ length: tokens }, (_, t) => (rule === 'tapo' && t >= from ? step.corrected : step.advantage));
        }),
        whiten,
      );
    }),
  };
}

const recordsOf = (group: readonly CollectedRollout[]) => group.map((r) => r.record);

const rewardsOf = (group: readonly CollectedRollout[]) => group.map((r) => r.record.reward);

/** Step advantages of each group, by the rollout's id. */
function byRolloutId(
  members: readonly (readonly CollectedRollout[])[],
  advantagesOf: (group: readonly CollectedRollout[]) => readonly Float64Array[],
): Map<string, Float64Array> {
  return new Map(
    members.flatMap((group) => {
      const steps = advantagesOf(group);
      return group.map((r, i) => [r.record.rollout, steps[i] as Float64Array] as const);
    }),
  );
}

function beliefsOf(
  group: readonly CollectedRollout[],
  rollouts: readonly CollectedRollout[],
  logBeliefs: readonly (readonly number[])[] | null,
): (readonly number[])[] {
  if (logBeliefs?.length !== rollouts.length)
    throw new RangeError(`assignCredit: the rule delta-belief needs log beliefs of ${rollouts.length} rollouts, got ${logBeliefs?.length ?? 'none'}`);
  const places = new Map(rollouts.map(({ record }, i) => [record.rollout, i]));
  return group.map(({ record }) => logBeliefs[places.get(record.rollout) as number] as readonly number[]);
}
