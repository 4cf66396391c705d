// The three ways to cluster tool steps by the similarity of their calls, and for two of them the plain form that compares every pair.

import { groupBy } from './groupBy.ts';
import type { LibraryOptions, LibraryStep } from './library.ts';
import type { CallFiles } from './search/callFile.ts';
import { matchIndex } from './search/matchIndex.ts';
import { callSimilarity } from './similarity.ts';

/** Members in the order (rollout, step), in which `steps` come; clusters in the order of their first member. Without files every pair is compared. */
export function clusterSteps(steps: readonly LibraryStep[], options: LibraryOptions, files: CallFiles | null): LibraryStep[][] {
  const { clustering = 'leader' } = options;
  switch (clustering) {
    case 'leader':
      return files ? leaderClusters(steps, options, files) : plainLeaderClusters(steps, options);
    case 'singleLink':
      return (files && singleLinkClusters(steps, options, files)) ?? plainSingleLinkClusters(steps, options);
    case 'exact':
      return [...groupBy(steps, (step) => step.call.key).values()];
    default:
      return clustering satisfies never;
  }
}

/** In order, a step joins the cluster whose leader is most similar, if that is ≥ θ_c, else it founds one; ties go to the older cluster. */
function leaderClusters(steps: readonly LibraryStep[], options: LibraryOptions, files: CallFiles): LibraryStep[][] {
  const clusters: LibraryStep[][] = [];
  const leaders = matchIndex(files, options);
  const homes = new Map<string, { readonly cluster: number; readonly clusters: number }>(); // of equal calls, while no cluster is new
  for (const step of steps) {
    const known = homes.get(step.call.identity);
    const home = known?.clusters === clusters.length ? known.cluster : leaders.best(step.call, options.thetaCluster ?? 0.7)?.cluster;
    if (home === undefined) {
      leaders.add(step, clusters.length);
      clusters.push([step]);
    } else {
      (clusters[home] as LibraryStep[]).push(step);
      homes.set(step.call.identity, { cluster: home, clusters: clusters.length });
    }
  }
  return clusters;
}

function plainLeaderClusters(steps: readonly LibraryStep[], options: LibraryOptions): LibraryStep[][] {
  const clusters: LibraryStep[][] = [];
  for (const step of steps) {
    let home: LibraryStep[] | null = null;
    let greatest = options.thetaCluster ?? 0.7;
    for (const cluster of clusters) {
      const leader = (cluster[0] as LibraryStep).call;
      if (leader.tool !== step.call.tool) continue;
      const similarity = callSimilarity(step.call, leader, options);
      if (similarity > greatest || (similarity === greatest && home === null)) {
        home = cluster;
        greatest = similarity;
      }
    }
    if (home) home.push(step);
    else clusters.push([step]);
  }
  return clusters;
}

/**
 * Steps linked by any similarity ≥ θ_c, directly or through others, share a cluster.
 * Null where equal calls need not be linked, so that they cannot stand for each other: θ_c outside (0, 1], or two equal calls below θ_c.
 */
function singleLinkClusters(steps: readonly LibraryStep[], options: LibraryOptions, files: CallFiles): LibraryStep[][] | null {
  const threshold = options.thetaCluster ?? 0.7;
  if (!(threshold >= 1e-6 && threshold <= 1)) return null; // a GIoU of 0 may be computed as 1e-16
  const distinct = [...groupBy(steps, (step) => step.call.identity).values()];
  const likeItself = ([step]: LibraryStep[]) => step && callSimilarity(step.call, step.call, options) >= threshold;
  if (!distinct.every((equal) => equal.length === 1 || likeItself(equal))) return null;
  const index = matchIndex(files, options);
  const oldest = distinct.map((_, i) => i); // towards the oldest call of the cluster, step by step
  const root = (i: number): number => {
    let r = i;
    while (oldest[r] !== r) {
      oldest[r] = oldest[oldest[r] as number] as number;
      r = oldest[r] as number;
    }
    return r;
  };
  distinct.forEach(([step], i) => {
    if (!step) return;
    index.within(step.call, threshold, (other) => {
      const [a, b] = [root(i), root(other)];
      oldest[Math.max(a, b)] = Math.min(a, b);
    });
    index.add(step, i);
  });
  const clusters = new Map<number, LibraryStep[]>();
  distinct.forEach((equal, i) => {
    const members = clusters.get(root(i));
    if (members) members.push(...equal);
    else clusters.set(root(i), [...equal]);
  });
  return [...clusters.values()].map((members) => members.sort((a, b) => a.rollout - b.rollout || a.step - b.step));
}

function plainSingleLinkClusters(steps: readonly LibraryStep[], options: LibraryOptions): LibraryStep[][] {
  const threshold = options.thetaCluster ?? 0.7;
  let clusters: LibraryStep[][] = [];
  for (const step of steps) {
    const linked = clusters.filter((cluster) => cluster.some((m) => m.call.tool === step.call.tool && callSimilarity(step.call, m.call, options) >= threshold));
    const [oldest] = linked;
    if (!oldest) {
      clusters.push([step]);
      continue;
    }
    const joined = [...linked.flat(), step].sort((a, b) => a.rollout - b.rollout || a.step - b.step);
    clusters = clusters.flatMap((cluster) => (cluster === oldest ? [joined] : linked.includes(cluster) ? [] : [cluster]));
  }
  return clusters;
}
