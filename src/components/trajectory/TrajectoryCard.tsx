// One rollout in full: turn by turn, with its tokens. In a very large group it is drawn when one comes near it.
import { useState } from 'react';
import type { ArrangedRollout } from '../../notebook/rollouts/arrange.ts';
import { type Place, samePlace } from '../../notebook/rollouts/places.ts';
import type { TintScale } from '../../notebook/rollouts/quantities.ts';
import type { TokenPlace } from '../../notebook/rollouts/walk.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { RolloutReport } from '../../train/report.ts';
import { count } from '../format.ts';
import { RolloutHead } from './RolloutHead.tsx';
import { TrajectoryStep } from './TrajectoryStep.tsx';
import { useNear } from './useNear.ts';

interface TrajectoryCardProps {
  readonly rollout: RolloutReport;
  readonly arranged: ArrangedRollout;
  readonly bitmap: ImageBitmap | null;
  readonly scale: TintScale;
  readonly credit: TrainConfig['credit'];
  readonly sought: string;
  /** Drawn wherever it is. */
  readonly always: boolean;
  readonly selected: Place | null;
  readonly active: TokenPlace | null;
  readonly tabStop: TokenPlace;
  readonly onSelect: (step: number) => void;
}

export function TrajectoryCard({ rollout, arranged: { index, matches }, always, selected, onSelect, ...tokens }: TrajectoryCardProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const near = useNear(element, always);
  return (
    <article ref={setElement} className={`rollout ${rollout.outcome}`} aria-label={`Rollout ${index + 1}: ${rollout.correct ? 'right' : 'wrong'}`}>
      <RolloutHead rollout={rollout} index={index} />
      {near ? (
        <ol>
          {rollout.steps.map((_, s) => (
            <TrajectoryStep
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the rollout
              key={s}
              rollout={rollout}
              place={[index, s]}
              selected={samePlace(selected, [index, s])}
              faded={matches !== null && !matches.has(s)}
              onSelect={() => onSelect(s)}
              {...tokens}
            />
          ))}
        </ol>
      ) : (
        <p className="hint far">{count(rollout.steps.length, 'turn')}</p>
      )}
    </article>
  );
}
