// A step's advantage, and after an arrow the corrected one where it was corrected.
import type { StepReport } from '../../train/report.ts';
import { signed } from '../format.ts';

interface AdvantageChangeProps {
  readonly step: Pick<StepReport, 'advantage' | 'corrected' | 'reason'>;
  /** Whether corrections count: a run without a credit rule learned from the advantage as it is. Default true. */
  readonly transfers?: boolean;
}

export function AdvantageChange({ step: { advantage, corrected, reason }, transfers = true }: AdvantageChangeProps) {
  const moved = transfers && reason === 'transferred';
  return (
    <span className="adv-change">
      <span className="unseen">, advantage </span>
      <span className={`adv ${advantage < 0 ? 'minus' : 'plus'} ${moved ? 'struck' : ''}`}>{signed(advantage)}</span>
      {moved && (
        <>
          <span aria-hidden="true">→</span>
          <span className={`adv after ${signed(corrected).startsWith('±') ? 'zero' : corrected < 0 ? 'minus' : 'plus'}`}>
            <span className="unseen">, corrected </span>
            {signed(corrected)}
          </span>
        </>
      )}
    </span>
  );
}
