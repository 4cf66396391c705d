// One rollout in the credit view: how it ended, its steps, and its line in the ledger.
import { useState } from 'react';
import type { LedgerLine } from '../../notebook/credit/ledger.ts';
import type { CreditOptionsShown } from '../../notebook/credit/terms.ts';
import type { RolloutReport } from '../../train/report.ts';
import { signed } from '../format.ts';
import { RolloutHead } from '../trajectory/RolloutHead.tsx';
import { useNear } from '../trajectory/useNear.ts';
import { CreditStep, type StepState } from './CreditStep.tsx';

interface CreditCardProps {
  readonly rollout: RolloutReport;
  readonly index: number;
  readonly credit: CreditOptionsShown;
  readonly successes: number;
  readonly line: LedgerLine;
  /** Drawn wherever it is. */
  readonly always: boolean;
  /** It counts for the term that is pointed at, or is among those that were counted. */
  readonly light: 'member' | 'counted' | undefined;
  readonly stateOf: (step: number) => StepState;
  readonly onSelect: (step: number) => void;
  readonly onPeek: (step: number | null) => void;
}

export function CreditCard({ rollout, index, credit, successes, line, always, light, stateOf, onSelect, onPeek }: CreditCardProps) {
  const { correct, outcome, steps } = rollout;
  const [element, setElement] = useState<HTMLElement | null>(null);
  const near = useNear(element, always);
  return (
    <article ref={setElement} className={`rollout ${outcome}`} data-light={light} aria-label={`Rollout ${index + 1}: ${correct ? 'right' : 'wrong'}`}>
      <RolloutHead rollout={rollout} index={index} />
      <ol>
        {(near ? steps : []).map((step, s) => (
          <CreditStep
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the rollout
            key={s}
            step={step}
            credit={credit}
            successes={successes}
            {...stateOf(s)}
            place={`Rollout ${index + 1}, step ${s + 1}`}
            anchor={`${index}/${s}`}
            onSelect={() => onSelect(s)}
            onPeek={(peeks) => onPeek(peeks ? s : null)}
          />
        ))}
      </ol>
      <p className="ledger-line">
        <span className="unseen">Ledger: sum over the steps </span>
        <span aria-hidden="true">Σ </span>
        {signed(line.before)}
        {line.difference !== 0 && (
          <>
            {' '}
            → {signed(line.after)} <b>({signed(line.difference)})</b>
          </>
        )}
      </p>
    </article>
  );
}
