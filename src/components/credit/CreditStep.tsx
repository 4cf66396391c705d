// One step as a row: its call, its advantage before and after, or why it was left alone.
import { shortReason } from '../../notebook/credit/shortReason.ts';
import type { CreditOptionsShown } from '../../notebook/credit/terms.ts';
import type { StepReport } from '../../train/report.ts';
import { AdvantageChange } from '../trajectory/AdvantageChange.tsx';
import { briefCall, regionOf, shortCall } from '../trajectory/words.ts';
import { MiniMap } from './MiniMap.tsx';

export interface StepState {
  readonly role: 'plain' | 'selected' | 'witness';
  /** It lights up, and something else does not. */
  readonly lit: boolean;
  /** Reached by Tab; the others by arrow keys. */
  readonly tabStop: boolean;
}

interface CreditStepProps extends StepState {
  readonly step: StepReport;
  readonly credit: CreditOptionsShown;
  readonly successes: number;
  /** "Rollout 2, step 1" */
  readonly place: string;
  /** "1/0": by what arcs and keys find it. */
  readonly anchor: string;
  readonly onSelect: () => void;
  readonly onPeek: (peeks: boolean) => void;
}

export function CreditStep({ step, credit, successes, place, anchor, role, lit, tabStop, onSelect, onPeek }: CreditStepProps) {
  const region = regionOf(step);
  const why = shortReason(step, credit, successes);
  return (
    <li className={`step ${role} ${lit ? 'lit' : ''}`} data-anchor={anchor}>
      <button
        type="button"
        className="step-head"
        aria-pressed={role === 'selected'}
        tabIndex={tabStop ? 0 : -1}
        title={shortCall(step)}
        onClick={onSelect}
        onFocus={() => onPeek(true)}
        onBlur={() => onPeek(false)}
        onMouseEnter={() => onPeek(true)}
        onMouseLeave={() => onPeek(false)}
      >
        <span className="unseen">{place}: </span>
        {region && <MiniMap box={region.bbox} />}
        <span className="call">
          <span aria-hidden="true">{briefCall(step)}</span>
          <span className="unseen">{shortCall(step)}</span>
        </span>
        <AdvantageChange step={step} />
        {why && (
          <span className="why">
            <span className="unseen">, untouched: </span>
            {why}
          </span>
        )}
      </button>
    </li>
  );
}
