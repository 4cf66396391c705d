// TAPO credit transfer: which tool steps of failing rollouts a successful rollout vouches for, and what that does to their advantage.
import { type Cluster, type LibraryOptions, type Match, searchableLibrary } from './library.ts';
import type { Rollout } from './rollout.ts';
import { type PreparedCall, prepareCall } from './similarity.ts';

/** Options of `transferCredit`, and of the library it builds. */
export interface CreditOptions extends Omit<LibraryOptions, 'thetaCluster'> {
  /** θ: least similarity at which credit is transferred, in [0, 1]; above 1 nothing is. Default 0.7. */
  readonly theta?: number;
  /** α_min: least similarity · support. Default 0.2. */
  readonly alphaMin?: number;
  /** β: share of the transfer function that is added. Default 0.8. */
  readonly beta?: number;
  /** θ_c: least similarity at which a call joins a cluster. Default theta. */
  readonly thetaCluster?: number;
  /** On: a failing rollout never gets a positive signal, Ã ← min(0, Ã). Default true. */
  readonly clamp?: boolean;
  /** With fewer successful rollouts nothing is transferred; similarities and rates stay. Default 1. */
  readonly minSuccess?: number;
  /** Who succeeds and who fails: correctness and the sign of A together, or one of them alone. Default both. */
  readonly outcome?: 'both' | 'sign' | 'correct';
}

/** Why a step's advantage is what it is: the first that applies, in this order. */
export type CreditReason =
  | 'success'
  | 'neutral'
  | 'no-call'
  | 'failed-call'
  | 'no-witness'
  | 'below-theta'
  | 'below-alpha-min'
  | 'too-few-successes'
  | 'transferred';

/** Gives witnesses · is corrected · neither. */
export type Outcome = 'success' | 'failure' | 'neutral';

/** One step after credit transfer, with all that its correction came from. */
export interface CreditedStep {
  /** A. */
  readonly advantage: number;
  /** Ã; equal to A where nothing was transferred. */
  readonly corrected: number;
  /** sim(O, C*); null where the step is no candidate, 0 where the library lacks its tool. */
  readonly similarity: number | null;
  /** sup(C*); null without a C*. */
  readonly support: number | null;
  /** Index of C* in the group's clusters; null without a C*. */
  readonly cluster: number | null;
  /** Why Ã is what it is. */
  readonly reason: CreditReason;
  /** The member of C* most like this step: [rollout id, step]; null without a C*. */
  readonly witness: readonly [string, number] | null;
  /** Name of the tool where the step called one and the call was executed. */
  readonly tool: string | null;
  /** sim(O, C*) of any executed call outside successful rollouts, candidate or not: misassignment rates count these. */
  readonly witnessSimilarity: number | null;
}

/** One rollout after credit transfer. */
export interface CreditedRollout {
  readonly rollout: string;
  readonly advantage: number;
  readonly outcome: Outcome;
  /** As given, or the sign of the advantage where it was absent. */
  readonly correct: boolean;
  readonly steps: readonly CreditedStep[];
}

/** A cluster of the reference library, its members by name. */
export interface CreditedCluster {
  readonly tool: string;
  /** [rollout id, step], in the order (rollout, step); the first is the leader. */
  readonly members: readonly (readonly [string, number])[];
  /** sup(C): share of the successful rollouts that contain a member. */
  readonly support: number;
  /** Adv(C): by default the mean advantage over the members. */
  readonly advantage: number;
}

/** One group after credit transfer: the library that its successes made, and every step of every rollout. */
export interface CreditedGroup {
  readonly group: string;
  readonly clusters: readonly CreditedCluster[];
  readonly rollouts: readonly CreditedRollout[];
}

/**
 * TAPO credit transfer within one group (arXiv:2606.05784). For each tool step O of a failing rollout:
 *
 *   C* = argmax_C sim(O, C)                     among clusters of the same tool
 *   F  = sim(O, C*) · sup(C*) · Adv(C*)
 *   Ã  = min(0, A + β·F)                        if sim(O, C*) ≥ θ and sim(O, C*) · sup(C*) ≥ α_min, else A
 *
 * | paper    | code                   | shape | meaning                                                     | published |
 * | -------- | ---------------------- | ----- | ----------------------------------------------------------- | --------- |
 * | A        | `advantages`           | [G]   | group-relative advantage of each rollout, before whitening  | figure    |
 * | C₁ … C_k | `clusters`             | [k]   | calls of successful rollouts, alike in their parameters     | figure    |
 * | sup(C)   | `support`              | [k]   | share of successful rollouts with a member in C             | digest    |
 * | Adv(C)   | `advantage` of cluster | [k]   | mean advantage over members                                 | mean: ours |
 * | θ, α_min | `theta`, `alphaMin`    | –     | similarity filter, confidence gate                          | 0.7, 0.2: ours |
 * | β        | `beta`                 | –     | strength                                                    | 0.8: digest |
 * | min(0,·) | `clamp`                | –     | a failing rollout never gets a positive signal              | digest    |
 *
 * Differs from the paper: similarity, clustering and the aggregate in Adv are not published; every choice is an option.
 * A library over a whole batch is creditBatch.ts.
 */
export function transferCredit(group: readonly Rollout[], advantages: ArrayLike<number>, options: CreditOptions = {}): CreditedGroup {
  if (advantages.length !== group.length)
    throw new RangeError(`transferCredit: expected one advantage per rollout (${group.length}), got ${advantages.length}`);
  const { theta = 0.7, alphaMin = 0.2, beta = 0.8, clamp = true, minSuccess = 1, outcome = 'both' } = options;
  const libraryOptions: LibraryOptions = { ...options, thetaCluster: options.thetaCluster ?? theta };

  const outcomes = group.map((rollout, i) => outcomeOf(rollout, advantages[i] as number, outcome));
  const successes = outcomes.flatMap((o, i) => (o === 'success' ? [i] : []));
  const { library, find } = searchableLibrary(group, successes, advantages, libraryOptions);
  const matches = new Map<string, Match | null>(); // by parameters: equal calls have equal matches

  const matchOf = (call: PreparedCall): Match | null => {
    const known = matches.get(call.identity);
    if (known !== undefined) return known;
    const match = find(call);
    matches.set(call.identity, match);
    return match;
  };

  const creditCandidate = (advantage: number, match: Match): Pick<CreditedStep, 'corrected' | 'reason'> => {
    const { support, advantage: clusterAdvantage } = library.clusters[match.cluster] as Cluster;
    const confidence = match.similarity * support;
    if (match.similarity < theta) return { corrected: advantage, reason: 'below-theta' };
    if (confidence < alphaMin) return { corrected: advantage, reason: 'below-alpha-min' };
    if (successes.length < minSuccess) return { corrected: advantage, reason: 'too-few-successes' };
    const raised = advantage + beta * confidence * clusterAdvantage; // A + β·F
    return { corrected: clamp ? Math.min(0, raised) : raised, reason: 'transferred' };
  };

  const creditRollout = (rollout: Rollout, index: number): CreditedRollout => {
    const advantage = advantages[index] as number;
    const result = outcomes[index] as Outcome;
    const steps = rollout.steps.map((step): CreditedStep => {
      const call = step.tool && step.tool.ok !== false ? step.tool : null;
      const match = call && result !== 'success' ? matchOf(prepareCall(call, rollout.group)) : null;
      const untouched = {
        advantage,
        corrected: advantage,
        similarity: null,
        support: null,
        cluster: null,
        witness: null,
        tool: call?.name ?? null,
        witnessSimilarity: call && result !== 'success' ? (match?.similarity ?? 0) : null,
      };
      if (result !== 'failure') return { ...untouched, reason: result };
      if (!call) return { ...untouched, reason: step.tool ? 'failed-call' : 'no-call' };
      if (!match) return { ...untouched, similarity: 0, reason: 'no-witness' };
      return {
        ...untouched,
        similarity: match.similarity,
        support: (library.clusters[match.cluster] as Cluster).support,
        cluster: match.cluster,
        witness: idOf(group, match.witness.rollout, match.witness.step),
        ...creditCandidate(advantage, match),
      };
    });
    return { rollout: rollout.rollout, advantage, outcome: result, correct: isCorrect(rollout, advantage), steps };
  };

  return {
    group: group[0]?.group ?? '',
    clusters: library.clusters.map(({ tool, members, support, advantage }) => ({
      tool,
      members: members.map((m) => idOf(group, m.rollout, m.step)),
      support,
      advantage,
    })),
    rollouts: group.map(creditRollout),
  };
}

/** Whether a rollout gives witnesses (success), is corrected (failure), or neither. */
export function outcomeOf(rollout: Rollout, advantage: number, rule: NonNullable<CreditOptions['outcome']> = 'both'): Outcome {
  const correct = isCorrect(rollout, advantage);
  if (rule === 'correct') return correct ? 'success' : 'failure';
  if (advantage > 0) return rule === 'sign' || correct ? 'success' : 'neutral';
  if (advantage < 0) return rule === 'sign' || !correct ? 'failure' : 'neutral';
  return 'neutral';
}

function isCorrect(rollout: Rollout, advantage: number): boolean {
  return rollout.correct ?? advantage > 0;
}

function idOf(group: readonly Rollout[], rollout: number, step: number): readonly [string, number] {
  return [(group[rollout] as Rollout).rollout, step];
}
