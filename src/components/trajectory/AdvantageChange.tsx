// A step's advantage, and after an arrow the corrected one where it was corrected.
import type { StepReport } from '../../train/report.ts';
import { signed } from '../format.ts';

export function AdvantageChange({ step: { advantage, corrected, reason } }: { readonly step: Pick<StepReport, 'advantage' | 'corrected' | 'reason'> }) {
  const moved = reason === 'transferred';
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
