// C* of a call: plainly, by comparing it with every member, and for many calls by an index.

import type { Cluster, LibraryOptions, LibraryStep, Match, ReferenceLibrary } from './library.ts';
import type { CallFiles } from './search/callFile.ts';
import { type MatchIndex, matchIndex } from './search/matchIndex.ts';
import { callSimilarity, type PreparedCall } from './similarity.ts';

/** C* = argmax sim(O, C) among clusters of the call's tool, ties to the older cluster, also at 0; null if the library lacks the tool. */
export function bestCluster(library: ReferenceLibrary, call: PreparedCall, options: LibraryOptions = {}): Match | null {
  let best: Match | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  library.clusters.forEach((cluster, index) => {
    if ((cluster.members[0] as LibraryStep).call.tool !== call.tool) return;
    const { similarity, witness } = similarityToCluster(cluster, call, options);
    const score = options.choice === 'similaritySupport' ? similarity * cluster.support : similarity;
    if (score > bestScore) {
      best = { cluster: index, similarity, witness };
      bestScore = score;
    }
  });
  return best;
}

function similarityToCluster({ members }: Cluster, call: PreparedCall, options: LibraryOptions): Omit<Match, 'cluster'> {
  const leader = members[0] as LibraryStep;
  if (options.clusterSimilarity === 'leader') return { similarity: callSimilarity(call, leader.call, options), witness: leader };
  const known = new Map<string, number>(); // equal calls are compared once
  let witness = leader;
  let greatest = Number.NEGATIVE_INFINITY;
  let total = 0;
  for (const member of members) {
    const similarity = known.get(member.call.identity) ?? callSimilarity(call, member.call, options);
    known.set(member.call.identity, similarity);
    total += similarity;
    if (similarity > greatest) {
      greatest = similarity;
      witness = member;
    }
  }
  return { similarity: options.clusterSimilarity === 'mean' ? total / members.length : greatest, witness };
}

/** `bestCluster` for many calls, by the files of the library's calls; without files, plainly. The index is made when first asked. */
export function clusterFinder(library: ReferenceLibrary, options: LibraryOptions, files: CallFiles | null): (call: PreparedCall) => Match | null {
  const plain = (call: PreparedCall): Match | null => bestCluster(library, call, options);
  if (!files || options.clusterSimilarity === 'mean') return plain; // a mean is a sum over all members, in order
  const weighted = options.choice === 'similaritySupport';
  let index: MatchIndex | null = null;
  return (call) => {
    index ??= indexOf(library, options, files);
    const match = index.best(call);
    return weighted && match && match.similarity < 1e-150 ? plain(call) : match; // times the support it might vanish
  };
}

function indexOf({ clusters }: ReferenceLibrary, { choice, clusterSimilarity, ...options }: LibraryOptions, files: CallFiles): MatchIndex {
  const index = matchIndex(files, options);
  clusters.forEach(({ members, support }, cluster) => {
    for (const member of clusterSimilarity === 'leader' ? members.slice(0, 1) : members)
      index.add(member, cluster, choice === 'similaritySupport' ? support : 1);
  });
  return index;
}
