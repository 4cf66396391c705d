// The terms of the correction formula for one step, with their numbers, and what each of them comes from.
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport, StepReport } from '../../train/report.ts';
import { memberPlaces, type Place, placeKey, placesOf, stepAt, witnessPlace } from '../rollouts/places.ts';

/** What stands in the formula: Ã, A, β, sim, sup, Adv, F, θ, sim · sup, α_min, min(0, ·), and the successes that the rule asks for. */
export const TERMS = [
  'corrected',
  'advantage',
  'beta',
  'similarity',
  'support',
  'clusterAdvantage',
  'transfer',
  'theta',
  'confidence',
  'alphaMin',
  'clamp',
  'minSuccess',
] as const;
export type Term = (typeof TERMS)[number];

/** The numbers of one step; null where the step has no such number. */
export interface TermValues {
  readonly advantage: number;
  readonly corrected: number;
  readonly similarity: number | null;
  readonly support: number | null;
  /** Successful rollouts with a member in C*, of all successful ones; null where members are other prompts' rollouts. */
  readonly supporters: readonly [k: number, n: number] | null;
  readonly clusterAdvantage: number | null;
  /** sim · sup */
  readonly confidence: number | null;
  /** F = sim · sup · Adv */
  readonly transfer: number | null;
  /** A + β·F, before the clamp. */
  readonly raised: number | null;
  readonly successes: number;
}

/** The options that the formula and its words have in them. */
export type CreditOptionsShown = Pick<TrainConfig['credit'], 'theta' | 'alphaMin' | 'beta' | 'support' | 'clamp' | 'minSuccess' | 'region'>;

export function termValues(group: GroupReport, step: StepReport, { beta }: Pick<CreditOptionsShown, 'beta'>): TermValues {
  const { advantage, corrected, similarity, support, cluster } = step;
  const matched = cluster === null ? null : (group.clusters[cluster] ?? null);
  const successes = group.rollouts.filter(({ outcome }) => outcome === 'success').length;
  const confidence = similarity === null || support === null ? null : similarity * support;
  const transfer = confidence === null || !matched ? null : confidence * matched.advantage;
  return {
    advantage,
    corrected,
    similarity,
    support,
    supporters: supportersOf(group, cluster, successes),
    clusterAdvantage: matched?.advantage ?? null,
    confidence,
    transfer,
    raised: transfer === null ? null : advantage + beta * transfer,
    successes,
  };
}

/** How many successful rollouts made a call of the cluster, of how many; null without a cluster, or where it spans prompts. */
export function supportersOf(group: GroupReport, cluster: number | null, successes: number): readonly [number, number] | null {
  const places = memberPlaces(group, cluster);
  if (cluster === null || places.length < (group.clusters[cluster]?.members.length ?? 0)) return null;
  return [new Set(places.map(([rollout]) => rollout)).size, successes];
}

/** What lights up: steps and rollouts of the group, and the option that sets a term. */
export interface Light {
  /** By placeKey. */
  readonly steps: ReadonlySet<string>;
  /** member: counts for the term · counted: is among those it is a share or a mean of. */
  readonly rollouts: ReadonlyMap<number, 'member' | 'counted'>;
  readonly option: keyof CreditOptionsShown | null;
}

export const NO_LIGHT: Light = { steps: new Set(), rollouts: new Map(), option: null };

/**
 * Where a term of the step at `place` comes from: sim from this call and its witness; sup from the successful rollouts, those with a member
 * before the others; Adv from the members; A from every rollout's reward; F from members and call; an option from its slider.
 */
export function lightOfTerm(term: Term, group: GroupReport, place: Place): Light {
  const step = stepAt(group, place);
  if (!step) return NO_LIGHT;
  const witness = witnessPlace(group, place);
  const call = lit([place, ...(witness ? [witness] : [])]);
  const members = memberPlaces(group, step.cluster);
  const successes = group.rollouts.flatMap(({ outcome }, r) => (outcome === 'success' ? [r] : []));
  const supporting = (): Light['rollouts'] =>
    new Map(successes.map((r) => [r, members.some(([rollout]) => rollout === r) ? ('member' as const) : ('counted' as const)]));
  switch (term) {
    case 'corrected':
      return lit([place]);
    case 'advantage':
      return { ...NO_LIGHT, rollouts: new Map(group.rollouts.map((_, r) => [r, r === place[0] ? 'member' : 'counted'])) };
    case 'similarity':
      return call;
    case 'theta':
      return { ...call, option: 'theta' };
    case 'support':
      return { ...lit(members), rollouts: supporting() };
    case 'confidence':
      return { ...lit([place, ...members]), rollouts: supporting() };
    case 'alphaMin':
      return { ...lit([place, ...members]), option: 'alphaMin' };
    case 'clusterAdvantage':
      return { ...lit(members), rollouts: new Map(members.map(([rollout]) => [rollout, 'member'])) };
    case 'transfer':
      return lit([place, ...members]);
    case 'beta':
      return { ...lit([place]), option: 'beta' };
    case 'clamp':
      return { ...lit([place]), option: 'clamp' };
    case 'minSuccess':
      return { ...NO_LIGHT, rollouts: new Map(successes.map((r) => [r, 'member'])), option: 'minSuccess' };
    default:
      return term satisfies never;
  }
}

/** A cluster's members and the failing steps that lean on it. */
export function lightOfCluster(group: GroupReport, cluster: number): Light {
  return lit([...memberPlaces(group, cluster), ...beneficiaries(group, cluster)]);
}

/** Failing steps that were corrected by a cluster. */
export function beneficiaries(group: GroupReport, cluster: number): Place[] {
  return placesOf(group).filter((place) => {
    const step = stepAt(group, place);
    return step?.cluster === cluster && step.reason === 'transferred';
  });
}

function lit(places: readonly Place[]): Light {
  return { ...NO_LIGHT, steps: new Set(places.map(placeKey)) };
}
