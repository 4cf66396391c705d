// From collected rollouts to advantages: group advantages, then credit transfer within each group (or across the batch).
import { anchorStates } from '../env/outcome.ts';
import {
  type CreditedGroup,
  type CreditOptions,
  deltaBeliefAdvantages,
  drGrpoAdvantages,
  gigpoAdvantages,
  groupAdvantages,
  groupRollouts,
  transferCredit,
} from '../tapo/index.ts';
import type { TrainConfig } from './config.ts';
import type { CollectedRollout } from './rollout.ts';

export interface CreditedBatch {
  /** Credit of each group, in the order of their first rollout. */
  readonly groups: readonly CreditedGroup[];
  /** Advantage of every token that the model wrote, rollout by rollout, in the order given. */
  readonly tokenAdvantages: readonly Float64Array[];
}

/**
 * Credits a batch under the run's options. Credit transfer is always computed, so that its rates are known; the tokens get the corrected
 * advantages where the rule is tapo, those of the step where it is gigpo or delta-belief, else the rollout's own. `logBeliefs` (beliefs.ts)
 * is needed for delta-belief alone. Dropped rollouts must have been left out.
 */
export function assignCredit(
  rollouts: readonly CollectedRollout[],
  { algorithm, credit }: Pick<TrainConfig, 'algorithm' | 'credit'>,
  logBeliefs: readonly (readonly number[])[] | null = null,
): CreditedBatch {
  const { rule, scope, span, thetaCluster, omega, gamma, beliefWeight, ...shared } = credit;
  const options: CreditOptions = { ...shared, ...(thetaCluster === null ? {} : { thetaCluster }) };
  const members = groupRollouts(rollouts.map((r) => ({ ...r, group: r.record.group })));
  const advantages = members.map((group) => {
    const rewards = rewardsOf(group);
    return algorithm === 'dr-grpo' ? drGrpoAdvantages(rewards) : groupAdvantages(rewards);
  });
  const groups =
    scope === 'group'
      ? members.map((group, g) => transferCredit(recordsOf(group), advantages[g] as Float64Array, options))
      : acrossBatch(members, advantages, options);
  const stepwise =
    rule === 'gigpo'
      ? byRolloutId(members, (group) =>
          gigpoAdvantages(
            rewardsOf(group),
            group.map((r) => anchorStates(r.episode)),
            { omega, gamma },
          ),
        )
      : rule === 'delta-belief'
        ? byRolloutId(members, (group) => deltaBeliefAdvantages(rewardsOf(group), beliefsOf(group, rollouts, logBeliefs), { beliefWeight }))
        : null;
  const byRollout = new Map(groups.flatMap((group) => group.rollouts.map((credited) => [credited.rollout, credited])));
  return {
    groups,
    tokenAdvantages: rollouts.map(({ record, episode }) => {
      const credited = byRollout.get(record.rollout) as CreditedGroup['rollouts'][number];
      return Float64Array.from(
        record.steps.flatMap(({ tokens }, s) => {
          const { advantage, corrected } = credited.steps[s] as (typeof credited.steps)[number];
          if (stepwise) return new Array<number>(tokens).fill(stepwise.get(record.rollout)?.[s] as number);
          const action = episode.turns[s]?.action;
          const from = span === 'call' && action?.kind === 'call' ? action.start : 0;
          return Array.from({ length: tokens }, (_, t) => (rule === 'tapo' && t >= from ? corrected : advantage));
        }),
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

/** One library for the whole batch; the result is cut back into groups, each with the clusters of all. */
function acrossBatch(members: readonly (readonly CollectedRollout[])[], advantages: readonly Float64Array[], options: CreditOptions): CreditedGroup[] {
  const credited = transferCredit(
    members.flatMap(recordsOf),
    advantages.flatMap((a) => [...a]),
    options,
  );
  let first = 0;
  return members.map((group) => {
    const rollouts = credited.rollouts.slice(first, first + group.length);
    first += group.length;
    return { group: (group[0] as CollectedRollout).record.group, clusters: credited.clusters, rollouts };
  });
}
