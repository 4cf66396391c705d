// The members of a library, filed so that the one most like a call is found without comparing it with all of them.
// Only what is compared is chosen here; every similarity is callSimilarity's, so the answers are those of comparing with all, bit for bit.

import type { LibraryStep, Match } from '../library.ts';
import { callSimilarity, type PreparedCall, type SimilarityOptions } from '../similarity.ts';
import type { CallFile, CallFiles } from './callFile.ts';
import { type CallIndex, callIndex } from './callIndex.ts';
import { ROUNDING, type Row, type SearchGoal } from './searchGoal.ts';

export interface MatchIndex {
  /** Adds a member, whose call is in the files; those of older clusters come first. `weight`, in (0, 1], is their cluster's. */
  add(witness: LibraryStep, cluster: number, weight?: number): void;
  /**
   * The member with the greatest similarity · weight, among those of the call's tool whose similarity is at least `least`; null without one.
   * Ties go to the older cluster, within it to the more similar member, then to the older one. By default all are considered.
   */
  best(call: PreparedCall, least?: number): Match | null;
  /** Visits the clusters of all members whose similarity is at least `least` > 0. */
  within(call: PreparedCall, least: number, visit: (cluster: number) => void): void;
}

interface Member extends Row {
  readonly witness: LibraryStep;
  readonly cluster: number;
}

interface Found {
  readonly member: Member;
  readonly similarity: number;
  /** similarity · weight. */
  readonly score: number;
}

interface ToolMembers {
  readonly file: CallFile;
  /** By rank. */
  readonly all: Member[];
  /** Heaviest first. */
  readonly byWeight: { readonly weight: number; readonly index: CallIndex<Member> }[];
}

/** An empty index for members whose calls are in the files, which were made under the same options. */
export function matchIndex(files: CallFiles, options: SimilarityOptions): MatchIndex {
  const tools = new Map([...files].map(([tool, file]): [string, ToolMembers] => [tool, { file, all: [], byWeight: [] }]));
  let count = 0;

  const indexOf = ({ file, byWeight }: ToolMembers, weight: number): CallIndex<Member> => {
    const known = byWeight.find((other) => other.weight === weight);
    if (known) return known.index;
    const index = callIndex<Member>(file, options);
    byWeight.push({ weight, index });
    byWeight.sort((a, b) => b.weight - a.weight);
    return index;
  };

  return {
    add(witness, cluster, weight = 1) {
      const members = tools.get(witness.call.tool) as ToolMembers;
      const member = { call: witness.call, rank: count++, witness, cluster };
      members.all.push(member);
      indexOf(members, weight).add(member);
    },

    best(call, least = 0) {
      const members = tools.get(call.tool);
      if (!members) return null;
      const positive = Math.max(least, Number.MIN_VALUE);
      let best = null as Found | null;
      for (const { weight, index } of members.byWeight) {
        const from = best ? (best.score / weight) * (1 - ROUNDING) : positive;
        if (from > 1 + ROUNDING) break; // nothing so light can be better
        const goal: SearchGoal = { above: from, from, rank: Number.POSITIVE_INFINITY };
        index.search(call, goal, (member) => {
          const similarity = callSimilarity(call, member.call, options);
          const score = similarity * weight;
          if (!(similarity >= positive) || (best && score < best.score)) return;
          const found = { member, similarity, score };
          if (best && !isBetter(found, best)) return;
          best = found;
          goal.above = similarity;
          goal.from = similarity * (1 - ROUNDING); // scores of slightly different similarities can be equal
          goal.rank = member.rank;
        });
      }
      if (best) return { cluster: best.member.cluster, similarity: best.similarity, witness: best.member.witness };
      if (!(least <= 0)) return null;
      const oldest = members.all.find((member) => callSimilarity(call, member.call, options) === 0); // all are 0, or NaN
      return oldest ? { cluster: oldest.cluster, similarity: 0, witness: oldest.witness } : null;
    },

    within(call, least, visit) {
      const goal: SearchGoal = { above: least, from: least, rank: Number.POSITIVE_INFINITY };
      for (const { index } of tools.get(call.tool)?.byWeight ?? [])
        index.search(call, goal, (member) => {
          if (callSimilarity(call, member.call, options) >= least) visit(member.cluster);
        });
    },
  };
}

function isBetter(a: Found, b: Found): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.member.cluster !== b.member.cluster) return a.member.cluster < b.member.cluster;
  return a.similarity > b.similarity || (a.similarity === b.similarity && a.member.rank < b.member.rank);
}
