// Why the chosen step's advantage is what it is: the formula with its numbers, and the witness.
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { useActions } from '../useNotebook.ts';
import { explain, rolloutIndex, shortCall } from './words.ts';

interface CreditNoteProps {
  readonly group: GroupReport;
  /** Rollout and step; null: none is chosen. */
  readonly place: readonly [number, number] | null;
  /** The options that it is credited under. */
  readonly credit: TrainConfig['credit'];
}

export function CreditNote({ group, place, credit }: CreditNoteProps) {
  const { select } = useActions();
  const step = place ? group.rollouts[place[0]]?.steps[place[1]] : undefined;
  if (!place || !step)
    return (
      <div className="credit-note" aria-live="polite">
        <p className="hint">Choose a step to see what its advantage is made of. Steps with an arrow (−0.35 → −0.02) were corrected.</p>
      </div>
    );
  const witnessRollout = step.witness ? rolloutIndex(group, step.witness[0]) : -1;
  const witnessStep = step.witness ? group.rollouts[witnessRollout]?.steps[step.witness[1]] : undefined;
  const cluster = step.cluster === null ? undefined : group.clusters[step.cluster];
  return (
    <div className="credit-note" aria-live="polite">
      <h4>
        Rollout {place[0] + 1}, step {place[1] + 1}: {shortCall(step)}
      </h4>
      <p className="formula">{explain(group, step, credit)}</p>
      {step.reason === 'transferred' && (
        <p className="hint">sim: likeness to the witness · sup: share of the successes that made such a call · Adv: their mean advantage</p>
      )}
      {step.witness && witnessStep && (
        <p>
          Witness:{' '}
          <button type="button" className="link" onClick={() => select({ step: [witnessRollout, step.witness?.[1] ?? 0] })}>
            rollout {witnessRollout + 1}, step {step.witness[1] + 1}: {shortCall(witnessStep)}
          </button>
          {cluster &&
            (cluster.members.length === 1
              ? ', the only such call in successful rollouts'
              : `, one of ${cluster.members.length} such calls in successful rollouts`)}
        </p>
      )}
      {credit.rule !== 'tapo' && step.reason === 'transferred' && <p className="hint">This run does not learn from the correction; it is only shown.</p>}
    </div>
  );
}
