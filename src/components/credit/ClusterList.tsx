// The reference library: the clusters of successful calls, what each is worth, and whom it helped.
import type { ClusterSummary } from '../../notebook/credit/clusters.ts';
import { stepAt } from '../../notebook/rollouts/places.ts';
import type { GroupReport } from '../../train/report.ts';
import { count, percent, signed } from '../format.ts';
import { shortCall } from '../trajectory/words.ts';
import { type Pointing, pointerProps } from './pointing.ts';

interface ClusterListProps {
  readonly group: GroupReport;
  readonly clusters: readonly ClusterSummary[];
  /** The cluster of the shown step. */
  readonly own: number | null;
  readonly pointing: Pointing;
}

export function ClusterList({ group, clusters, own, pointing }: ClusterListProps) {
  return (
    <section className="clusters" aria-label="Clusters of successful calls">
      <h3>Clusters of successful calls</h3>
      {clusters.length === 0 && <p className="hint">No successful rollout made a call: nothing can be vouched for.</p>}
      <ol className="cluster-list">
        {clusters.map((cluster) => {
          const leader = stepAt(group, cluster.members[0] ?? null);
          return (
            <li key={cluster.index}>
              <button
                type="button"
                className={cluster.index === own ? 'cluster own' : 'cluster'}
                {...pointerProps({ kind: 'cluster', index: cluster.index }, pointing)}
              >
                <span className="cluster-call">{leader ? shortCall(leader) : `${cluster.tool}, in other prompts`}</span>{' '}
                <span className="cluster-numbers">
                  {count(cluster.calls, 'call')} · sup {supportWords(cluster)} · Adv {signed(cluster.advantage)} ·{' '}
                  <b>{cluster.corrected.length === 0 ? 'corrected none' : `corrected ${count(cluster.corrected.length, 'step')}`}</b>
                  {cluster.index === own && <span className="unseen"> (the shown step’s cluster)</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function supportWords({ supporters, support }: ClusterSummary): string {
  return supporters ? `${supporters[0]} of ${supporters[1]}` : percent(support, 0);
}
