// The head of a rollout's card: how it ended, its reward, its advantage.
import type { RolloutReport } from '../../train/report.ts';
import { signed } from '../format.ts';

export function RolloutHead({ rollout: { correct, reward, advantage, answer }, index }: { readonly rollout: RolloutReport; readonly index: number }) {
  return (
    <header>
      <h4>
        <span aria-hidden="true">{correct ? '✓' : '✗'}</span> {index + 1}
      </h4>
      <span className="answer" title={answer ?? undefined}>
        {answer ?? 'no answer'}
      </span>
      <span className="reward" title={`reward ${reward}`}>
        R {reward.toFixed(1)}
      </span>
      <span className={`adv ${advantage < 0 ? 'minus' : 'plus'}`}>A {signed(advantage)}</span>
    </header>
  );
}
