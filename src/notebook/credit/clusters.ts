// The reference library of a group as a list for people: each cluster's calls, who made them, and whom they helped.
import type { GroupReport } from '../../train/report.ts';
import { memberPlaces, type Place } from '../rollouts/places.ts';
import { beneficiaries, supportersOf } from './terms.ts';

export interface ClusterSummary {
  readonly index: number;
  readonly tool: string;
  /** Places of the member calls; the first is the leader. Empty where all are other prompts' rollouts. */
  readonly members: readonly Place[];
  /** Member calls, also those in other prompts' rollouts. */
  readonly calls: number;
  /** sup(C) as the rule takes it: 1 where the support factor is off. */
  readonly support: number;
  /** k of n successful rollouts made such a call; null where the cluster spans prompts. */
  readonly supporters: readonly [k: number, n: number] | null;
  /** Adv(C). */
  readonly advantage: number;
  /** Failing steps that it corrected. */
  readonly corrected: readonly Place[];
}

/** In founding order. */
export function clusterSummaries(group: GroupReport): ClusterSummary[] {
  const successes = group.rollouts.filter(({ outcome }) => outcome === 'success').length;
  return group.clusters.map(({ tool, members, support, advantage }, index) => ({
    index,
    tool,
    members: memberPlaces(group, index),
    calls: members.length,
    support,
    supporters: supportersOf(group, index, successes),
    advantage,
    corrected: beneficiaries(group, index),
  }));
}
