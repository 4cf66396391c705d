// One rollout of a prompt: how it ended, and its steps.
import type { ReactNode } from 'react';
import type { RolloutReport } from '../../train/report.ts';
import { signed } from '../format.ts';
import { StepRow } from './StepRow.tsx';

interface RolloutCardProps {
  readonly rollout: RolloutReport;
  readonly index: number;
  readonly bitmap: ImageBitmap | null;
  readonly roleOf: (step: number) => 'plain' | 'selected' | 'witness';
  /** Shown below the selected step; null where it stands elsewhere. */
  readonly note: ReactNode;
  readonly onSelect: (step: number) => void;
}

export function RolloutCard({ rollout, index, bitmap, roleOf, note, onSelect }: RolloutCardProps) {
  const { correct, outcome, reward, advantage, answer, steps } = rollout;
  return (
    <article className={`rollout ${outcome}`} aria-label={`Rollout ${index + 1}: ${correct ? 'right' : 'wrong'}`}>
      <header>
        <h4>
          <span aria-hidden="true">{correct ? '✓' : '✗'}</span> {index + 1}
        </h4>
        <span className="answer">{answer ?? 'no answer'}</span>
        <span title={`reward ${reward}`}>R {reward.toFixed(1)}</span>
        <span className={`adv ${advantage < 0 ? 'minus' : 'plus'}`}>A {signed(advantage)}</span>
      </header>
      <ol>
        {steps.map((step, s) => (
          <StepRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the rollout
            key={s}
            step={step}
            bitmap={bitmap}
            role={roleOf(s)}
            note={roleOf(s) === 'selected' ? note : null}
            place={`Rollout ${index + 1}, step ${s + 1}`}
            anchor={`${index}/${s}`}
            onSelect={() => onSelect(s)}
          />
        ))}
      </ol>
    </article>
  );
}
