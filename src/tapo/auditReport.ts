// What `tapo audit --json` prints: GRPO advantages, credit transfer and misassignment rates of a rollout file.
import { type GroupAdvantageOptions, groupAdvantages } from './advantages.ts';
import type { CreditedGroup, CreditedStep } from './credit.ts';
import { type BatchCreditOptions, transferBatchCredit } from './creditBatch.ts';
import { type MisassignmentRates, misassignmentRates } from './misassignment.ts';
import { groupRollouts, type Rollout } from './rollout.ts';

/** Every group of a rollout file, and the misassignment rates over all of them. */
export interface AuditReport {
  readonly groups: readonly AuditGroup[];
  readonly rates: MisassignmentRates;
}

/** One prompt: what `transferCredit` gives, less what only the page shows. */
export interface AuditGroup {
  readonly group: string;
  readonly clusters: CreditedGroup['clusters'];
  readonly rollouts: readonly {
    readonly rollout: string;
    readonly advantage: number;
    readonly steps: readonly Pick<CreditedStep, 'advantage' | 'corrected' | 'similarity' | 'support' | 'cluster' | 'reason'>[];
  }[];
}

/** Options of an audit: of credit transfer and of the group advantages. */
export type AuditOptions = BatchCreditOptions & GroupAdvantageOptions;

/** Credits each group of a list of rollouts by GRPO advantages; groups in the order of their first rollout. */
export function creditGroups(rollouts: readonly Rollout[], options: AuditOptions = {}): CreditedGroup[] {
  const groups = groupRollouts(rollouts);
  const advantages = groups.map((group) =>
    groupAdvantages(
      group.map((r) => r.reward),
      options,
    ),
  );
  return transferBatchCredit(groups, advantages, options);
}

/** The report of `tapo audit --json`, a contract that other programs read. */
export function auditReport(rollouts: readonly Rollout[], options: AuditOptions = {}): AuditReport {
  const credited = creditGroups(rollouts, options);
  return {
    groups: credited.map(({ group, clusters, rollouts: members }) => ({
      group,
      clusters,
      rollouts: members.map(({ rollout, advantage, steps }) => ({
        rollout,
        advantage,
        steps: steps.map((step) => ({
          advantage: step.advantage,
          corrected: step.corrected,
          similarity: step.similarity,
          support: step.support,
          cluster: step.cluster,
          reason: step.reason,
        })),
      })),
    })),
    rates: misassignmentRates(credited),
  };
}
