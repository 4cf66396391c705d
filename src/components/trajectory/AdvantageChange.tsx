// A step's advantage, and after an arrow the corrected one where it was corrected.
import { learnedFrom } from '../../notebook/rollouts/quantities.ts';
import type { StepReport } from '../../train/report.ts';
import { signed } from '../format.ts';

interface AdvantageChangeProps {
  readonly step: Pick<StepReport, 'advantage' | 'stepAdvantage' | 'corrected' | 'reason'>;
  /** Whether corrections count: under other rules than TAPO's a run learned from one advantage. Default true. */
  readonly transfers?: boolean;
}

export function AdvantageChange({ step, transfers = true }: AdvantageChangeProps) {
  const { corrected, reason } = step;
  const advantage = transfers ? step.advantage : learnedFrom(step);
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
