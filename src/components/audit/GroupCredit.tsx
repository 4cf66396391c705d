// The chosen group: its clusters, and its rollouts with what credit transfer made of each step.
import { type AuditGroupDetail, ROLLOUTS_A_PAGE } from '../../audit/groupDetail.ts';
import { signed } from '../format.ts';
import { AuditStepLine } from './AuditStepLine.tsx';
import { useAudit, useAuditActions } from './useAudit.ts';
import { several, whole } from './words.ts';

export function GroupCredit() {
  const group = useAudit((state) => state.group);
  if (!group) return <p className="hint">Choose a group to see its rollouts.</p>;
  return (
    <section className="audit-group" aria-label={`Group ${group.name}`}>
      <h3>{group.name}</h3>
      {group.question && <p className="audit-question">{group.question}</p>}
      <Clusters group={group} />
      <Pages group={group} />
      {group.rollouts.map((rollout) => (
        <article key={rollout.rollout} className={`audit-rollout ${rollout.outcome}`} aria-label={`Rollout ${rollout.rollout}`}>
          <header>
            <h4>
              <span aria-hidden="true">{rollout.correct ? '✓' : '✗'}</span>
              <span className="unseen">{rollout.correct ? 'correct' : 'incorrect'}</span> {rollout.rollout}
            </h4>
            {rollout.answer && <span className="audit-answer">{rollout.answer}</span>}
            <span title={rollout.correctGiven ? undefined : 'The file does not say what is correct: the sign of A stands in for it'}>
              R {Number(rollout.reward.toPrecision(3))}
            </span>
            <span className={`audit-advantage ${rollout.advantage < 0 ? 'minus' : 'plus'}`}>A {signed(rollout.advantage)}</span>
            <span className="hint">line {whole(rollout.line)}</span>
          </header>
          <ol>
            {rollout.steps.map((step, s) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the rollout
              <AuditStepLine key={s} group={group} rollout={rollout.rollout} step={step} index={s} />
            ))}
          </ol>
        </article>
      ))}
      <Pages group={group} />
    </section>
  );
}

function Clusters({ group: { clusters } }: { readonly group: AuditGroupDetail }) {
  if (clusters.length === 0) return <p className="hint">No successful rollout called a tool: nothing can vouch for a call here.</p>;
  return (
    <details className="audit-clusters">
      <summary>{several(clusters.length, 'cluster')} of successful calls</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">tool</th>
            <th scope="col">calls</th>
            <th scope="col">support</th>
            <th scope="col">Adv</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map(({ tool, calls, support, advantage }, c) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cluster is its place
            <tr key={c}>
              <th scope="row">{tool}</th>
              <td>{whole(calls)}</td>
              <td>{support.toFixed(2)}</td>
              <td>{signed(advantage)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Pages({ group: { from, total } }: { readonly group: AuditGroupDetail }) {
  const actions = useAuditActions();
  if (total <= ROLLOUTS_A_PAGE) return null;
  return (
    <div className="buttons">
      <button type="button" disabled={from === 0} onClick={() => void actions.turn(from - ROLLOUTS_A_PAGE)}>
        ← earlier
      </button>
      <span>
        rollouts {whole(from + 1)} to {whole(Math.min(total, from + ROLLOUTS_A_PAGE))} of {whole(total)}
      </span>
      <button type="button" disabled={from + ROLLOUTS_A_PAGE >= total} onClick={() => void actions.turn(from + ROLLOUTS_A_PAGE)}>
        later →
      </button>
    </div>
  );
}
