// The reference library: tool calls of successful rollouts, clustered by the similarity of their parameters.
import { clusterFinder } from './bestCluster.ts';
import { clusterSteps } from './clusters.ts';
import type { Rollout } from './rollout.ts';
import { callFiles } from './search/callFile.ts';
import { type PreparedCall, prepareCall, type SimilarityOptions } from './similarity.ts';

/** How the reference library is built, and how a call is held against it. */
export interface LibraryOptions extends SimilarityOptions {
  /** A call joins a cluster from this similarity on. Default 0.7 (transferCredit passes its theta). */
  readonly thetaCluster?: number;
  /** leader: by the founder of a cluster; singleLink: by any member, joining clusters; exact: equal parameters only. Default leader. */
  readonly clustering?: 'leader' | 'singleLink' | 'exact';
  /** How Adv(C) comes from its members' advantages; trajectoryMean counts each rollout once. Default mean. */
  readonly clusterAdvantage?: 'mean' | 'trajectoryMean' | 'max' | 'min';
  /** Off: sup(C) is 1 for every cluster ("w/o sup."). Default true. */
  readonly support?: boolean;
  /** How a call is held against a cluster. Default max over its members. */
  readonly clusterSimilarity?: 'max' | 'leader' | 'mean';
  /** Which cluster is C*: the most similar one, or the one with the greatest similarity · support. Default similarity. */
  readonly choice?: 'similarity' | 'similaritySupport';
  /** Off: every call is compared with every other, which gives the same results more slowly. Default true. */
  readonly shortcuts?: boolean;
}

/** One tool step of a successful rollout: `rollout` is its index in the group, `step` its index in the rollout. */
export interface LibraryStep {
  readonly rollout: number;
  readonly step: number;
  readonly call: PreparedCall;
}

/** Calls of one tool, alike in their parameters. */
export interface Cluster {
  /** Name of the tool. */
  readonly tool: string;
  /** In the order (rollout, step); the first is the leader. */
  readonly members: readonly LibraryStep[];
  /** Share of the successful rollouts that contain a member, in (0, 1]; 1 with the support factor off. */
  readonly support: number;
  /** Adv(C). */
  readonly advantage: number;
}

/** C₁ … C_k of one group. */
export interface ReferenceLibrary {
  /** In founding order. */
  readonly clusters: readonly Cluster[];
  /** Number of successful rollouts, with or without tool steps. */
  readonly successes: number;
}

/** The best cluster for a call and the member that is most like it. */
export interface Match {
  readonly cluster: number;
  readonly similarity: number;
  readonly witness: LibraryStep;
}

/** A library, and the search of it: `find` gives a call what `bestCluster` gives it, but hardly slower in a large library than in a small one. */
export interface SearchableLibrary {
  readonly library: ReferenceLibrary;
  /** C* of a call, and the member that is most like it. */
  readonly find: (call: PreparedCall) => Match | null;
}

/**
 * Clusters the tool steps of the rollouts at `successes` (indices into `group`).
 * Calls that failed to execute (`ok: false`) do not enter.
 */
export function buildLibrary(
  group: readonly Rollout[],
  successes: readonly number[],
  advantages: ArrayLike<number>,
  options: LibraryOptions = {},
): ReferenceLibrary {
  return searchableLibrary(group, successes, advantages, options).library;
}

/** `buildLibrary`, with the search of it: calls are filed once, for clustering and for finding witnesses. */
export function searchableLibrary(
  group: readonly Rollout[],
  successes: readonly number[],
  advantages: ArrayLike<number>,
  options: LibraryOptions = {},
): SearchableLibrary {
  const steps = successes.flatMap((rollout) => toolSteps(group[rollout] as Rollout, rollout));
  const files =
    options.shortcuts === false
      ? null
      : callFiles(
          steps.map((step) => step.call),
          options,
        );
  const clusters = clusterSteps(steps, options, files).map((members) => ({
    tool: (members[0] as LibraryStep).call.call.name,
    members,
    support: options.support === false ? 1 : new Set(members.map((m) => m.rollout)).size / successes.length,
    advantage: clusterAdvantage(members, advantages, options.clusterAdvantage ?? 'mean'),
  }));
  const library = { clusters, successes: successes.length };
  return { library, find: clusterFinder(library, options, files) };
}

/** The tool steps that count for credit, parsed and executed, of the rollout at `index` of its group. */
export function toolSteps({ steps, group }: Rollout, index: number): LibraryStep[] {
  return steps.flatMap(({ tool }, step) => (tool && tool.ok !== false ? [{ rollout: index, step, call: prepareCall(tool, group) }] : []));
}

function clusterAdvantage(members: readonly LibraryStep[], advantages: ArrayLike<number>, aggregate: NonNullable<LibraryOptions['clusterAdvantage']>): number {
  const rollouts = aggregate === 'trajectoryMean' ? [...new Set(members.map((m) => m.rollout))] : members.map((m) => m.rollout);
  const values = rollouts.map((rollout) => advantages[rollout] as number);
  if (aggregate === 'max') return values.reduce((most, value) => Math.max(most, value));
  if (aggregate === 'min') return values.reduce((least, value) => Math.min(least, value));
  return values.reduce((total, value) => total + value, 0) / values.length;
}
