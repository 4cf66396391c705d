// What the page is told of a run: plain records, the same from a worker and from a recorded file. Pictures are left out; the page draws them.
import type { Action } from '../env/parse.ts';
import type { Observation, Picture, Split } from '../env/types.ts';
import type { CreditedCluster, CreditedGroup, CreditedRollout, CreditedStep, Region, Step } from '../tapo/index.ts';
import type { CreditedBatch } from './assignCredit.ts';
import type { TrainConfig } from './config.ts';
import type { PhaseReport, TrainEvent } from './loop.ts';
import { advantageHistograms } from './measure.ts';
import type { MetricRecord } from './metrics.ts';
import type { CollectedRollout } from './rollout.ts';
import { type SimilarityTable, tablesOfGroup } from './similarities.ts';

export type RunReport =
  | { readonly kind: 'begun'; readonly config: TrainConfig }
  | ({ readonly kind: 'phase' } & PhaseReport)
  | { readonly kind: 'evaluated'; readonly update: number; readonly sampled: number; readonly greedy: number }
  /** The probe questions, always in the same order. */
  | { readonly kind: 'probed'; readonly update: number; readonly groups: readonly GroupReport[] }
  | {
      readonly kind: 'updated';
      readonly update: number;
      readonly metrics: MetricRecord;
      /** Steps by advantage, in the bins of metrics.ts. */
      readonly histogram: { readonly before: readonly number[]; readonly after: readonly number[] };
      /** Some of the update's groups, the most telling first. */
      readonly groups: readonly GroupReport[];
    };

export interface GroupReport {
  readonly group: string;
  readonly task: {
    readonly id: string;
    readonly preset: string;
    readonly split: Split;
    readonly type: string;
    readonly question: string;
    readonly answer: string;
    readonly scene: unknown;
  };
  readonly clusters: readonly CreditedCluster[];
  readonly rollouts: readonly RolloutReport[];
  /** Of tools that have a measure of their own, so that the prompt can be credited anew; absent where no tool has. */
  readonly similarities?: readonly SimilarityTable[];
}

export interface RolloutReport extends Omit<CreditedRollout, 'steps'> {
  readonly reward: number;
  readonly answer: string | null;
  readonly steps: readonly StepReport[];
}

export interface StepReport extends CreditedStep {
  /** The step's own, where the run's rule gives each step one (gigpo, delta-belief): what it learned from, in the place of A and Ã. Else absent. */
  readonly stepAdvantage?: number;
  readonly words: readonly string[];
  readonly action: Action;
  readonly observation: ObservationReport | null;
  /** log π_old of each word, nats. */ readonly logProbs: readonly number[] | null;
  /** Entropy of π_old before each word, nats. */ readonly entropies: readonly number[] | null;
  /** π / π_old of each word, as the last pass over the rollout found it; null where it was not trained on. */ readonly ratios: readonly number[] | null;
}

/** An observation without its pixels. */
export type ObservationReport =
  | Exclude<Observation, { readonly picture: Picture }>
  | { readonly kind: 'image'; readonly index: number; readonly region: Region }
  | { readonly kind: 'picture'; readonly text: string };

/** Groups told of per update at most. */
const GROUPS_TOLD = 4;

export function reportOf(event: TrainEvent): RunReport {
  switch (event.kind) {
    case 'evaluated':
      return { kind: 'evaluated', update: event.update, sampled: event.sampled.accuracy, greedy: event.greedy.accuracy };
    case 'probed':
      return { kind: 'probed', update: event.update, groups: groupReports(event.credit, event.rollouts) };
    case 'updated': {
      const { update, metrics, rollouts, credit, improvement } = event;
      return {
        kind: 'updated',
        update,
        metrics,
        histogram: advantageHistograms(credit),
        groups: groupReports({ ...credit, groups: tellingGroups(credit.groups, rollouts) }, rollouts, improvement.logProbs),
      };
    }
    default:
      return event satisfies never;
  }
}

/**
 * Groups with the most corrected steps first, then those with mixed outcomes, in order. Yes-or-no questions come after the others: half
 * of their successes are luck, which makes them a poor first example.
 */
function tellingGroups(groups: readonly CreditedGroup[], rollouts: readonly CollectedRollout[]): CreditedGroup[] {
  const byRollout = new Map(rollouts.map((rollout) => [rollout.record.rollout, rollout]));
  const telling = (group: CreditedGroup): number => {
    const corrected = group.rollouts.flatMap((r) => r.steps).filter((s) => s.reason === 'transferred').length;
    const mixed = group.rollouts.some((r) => r.outcome === 'success') && group.rollouts.some((r) => r.outcome === 'failure');
    const chance = byRollout.get(group.rollouts[0]?.rollout ?? '')?.episode.task.type.startsWith('compare');
    return (corrected > 0 ? 1000 : mixed ? 500 : 0) + corrected - (chance ? 400 : 0);
  };
  return groups
    .map((group, order) => ({ group, order, weight: telling(group) }))
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .slice(0, GROUPS_TOLD)
    .map(({ group }) => group);
}

/** `logProbs`: of each rollout's own tokens under the improved policy. */
function groupReports(
  { groups, similarities, stepAdvantages }: Pick<CreditedBatch, 'groups' | 'similarities' | 'stepAdvantages'>,
  rollouts: readonly CollectedRollout[],
  logProbs: readonly (Float32Array | null)[] = [],
): GroupReport[] {
  const places = new Map(rollouts.map(({ record }, i) => [record.rollout, i]));
  return groups.map(({ group, clusters, rollouts: credited }) => {
    const members = credited.map((each) => places.get(each.rollout) as number);
    const { id, preset, split, type, question, answer, scene } = (rollouts[members[0] as number] as CollectedRollout).episode.task;
    const tables = tablesOfGroup(
      similarities,
      members.map((at) => (rollouts[at] as CollectedRollout).record),
    );
    return {
      group,
      task: { id, preset, split, type, question, answer, scene },
      clusters,
      rollouts: members.map((at, i) => {
        const rollout = credited[i] as CreditedRollout;
        return rolloutReport(rollout, rollouts[at] as CollectedRollout, logProbs[at] ?? null, stepAdvantages?.get(rollout.rollout) ?? null);
      }),
      ...(tables.length === 0 ? {} : { similarities: tables }),
    };
  });
}

function rolloutReport(
  credited: CreditedRollout,
  { record, episode, outcome }: CollectedRollout,
  newLogProbs: Float32Array | null,
  stepAdvantages: Float64Array | null,
): RolloutReport {
  let first = 0; // of the step's tokens among those of the rollout
  return {
    ...credited,
    reward: record.reward,
    answer: outcome.answer,
    steps: credited.steps.map((step, s) => {
      const { words, action, observation } = episode.turns[s] as (typeof episode.turns)[number];
      const { logProbs, entropies } = record.steps[s] as Step;
      const begin = first;
      first += words.length;
      return {
        ...step,
        ...(stepAdvantages ? { stepAdvantage: stepAdvantages[s] as number } : {}),
        words,
        action,
        observation: observation && withoutPixels(observation),
        logProbs: logProbs?.map(fourDigits) ?? null,
        entropies: entropies?.map(fourDigits) ?? null,
        ratios: newLogProbs && logProbs ? logProbs.map((old, t) => fourDigits(Math.exp((newLogProbs[begin + t] as number) - old))) : null,
      };
    }),
  };
}

/** Enough to be shown. */
function fourDigits(x: number): number {
  return Number(x.toPrecision(4));
}

/** What of an observation people are told; pictures of the scene are drawn anew. */
export function withoutPixels(observation: Observation): ObservationReport {
  if (observation.kind !== 'image' && observation.kind !== 'picture') return observation;
  const { picture: _, ...told } = observation;
  return told;
}
