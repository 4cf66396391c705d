// One step of a rollout: its call, its advantage before and after, and why; when chosen, the formula, the witness and the texts.
import { useEffect, useRef } from 'react';
import { type AuditGroupDetail, type AuditStep, ROLLOUTS_A_PAGE } from '../../audit/groupDetail.ts';
import { signed } from '../format.ts';
import { useAudit, useAuditActions } from './useAudit.ts';
import { fullReason, shortReason } from './words.ts';

interface AuditStepLineProps {
  readonly group: AuditGroupDetail;
  readonly rollout: string;
  readonly step: AuditStep;
  readonly index: number;
}

export function AuditStepLine({ group, rollout, step, index }: AuditStepLineProps) {
  const actions = useAuditActions();
  const chosen = useAudit(({ step }) => step?.[0] === rollout && step[1] === index);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!chosen) return;
    button.current?.focus({ preventScroll: true }); // a witness that was followed
    button.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { advantage, corrected, reason } = step;
  const moved = reason === 'transferred';
  return (
    <li className={chosen ? 'chosen' : undefined}>
      <button ref={button} type="button" className="audit-step" aria-expanded={chosen} onClick={() => actions.chooseStep(chosen ? null : [rollout, index])}>
        <span className="audit-call">
          <span className="unseen">Step {index + 1}: </span>
          {step.call ? (
            <>
              <b>{step.call.tool}</b> {step.call.given}
            </>
          ) : (
            <i>{firstWords(step.text) ?? 'no call'}</i>
          )}
        </span>
        <span className="audit-why">{shortReason(step)}</span>
        <span className={`audit-advantage ${advantage < 0 ? 'minus' : 'plus'} ${moved ? 'struck' : ''}`}>
          <span className="unseen">, advantage </span>
          {signed(advantage)}
        </span>
        {moved && (
          <span className={`audit-advantage after ${signed(corrected).startsWith('±') ? 'zero' : corrected < 0 ? 'minus' : 'plus'}`}>
            <span className="unseen">, corrected </span>→ {signed(corrected)}
          </span>
        )}
      </button>
      {chosen && <Story group={group} step={step} />}
    </li>
  );
}

function Story({ group, step }: { readonly group: AuditGroupDetail; readonly step: AuditStep }) {
  const actions = useAuditActions();
  const options = useAudit((state) => state.options);
  const { witness, witnessCall, witnessPlace, text, observation } = step;
  const follow = (): void => {
    if (!witness || witnessPlace === null) return;
    const from = witnessPlace - (witnessPlace % ROLLOUTS_A_PAGE);
    if (from !== group.from) void actions.turn(from);
    actions.chooseStep(witness);
  };
  return (
    <div className="audit-story">
      <p className="audit-formula">{fullReason(step, group, options)}</p>
      {witness && witnessCall !== null && (
        <p>
          Most similar call of a success:{' '}
          <button type="button" className="link" onClick={follow}>
            {witness[0]}, step {witness[1] + 1}: {witnessCall.tool} {witnessCall.given}
          </button>
        </p>
      )}
      {text !== null && (
        <>
          <h5>What the model wrote</h5>
          <pre>{text}</pre>
        </>
      )}
      {observation !== null && (
        <>
          <h5>What the tool answered</h5>
          <pre>{observation}</pre>
        </>
      )}
    </div>
  );
}

function firstWords(text: string | null): string | null {
  if (!text) return null;
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
