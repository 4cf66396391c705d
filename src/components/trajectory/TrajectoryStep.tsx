// One turn of a rollout: its call and advantage, its tokens, and what came back.
import { placeKey } from '../../notebook/rollouts/places.ts';
import { QUANTITY_WORDS, type TintScale, tintOf, tokenValue } from '../../notebook/rollouts/quantities.ts';
import type { TokenPlace } from '../../notebook/rollouts/walk.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { RolloutReport, StepReport } from '../../train/report.ts';
import { AdvantageChange } from './AdvantageChange.tsx';
import { Observation } from './Observation.tsx';
import { quantityText } from './quantityText.ts';
import { TokenRun } from './TokenRun.tsx';
import { shortCall } from './words.ts';

interface TrajectoryStepProps {
  readonly rollout: RolloutReport;
  readonly place: readonly [number, number];
  readonly bitmap: ImageBitmap | null;
  readonly scale: TintScale;
  readonly credit: TrainConfig['credit'];
  readonly selected: boolean;
  /** Looked for in the words, in lower case. */
  readonly sought: string;
  /** The filter asked for others. */
  readonly faded: boolean;
  readonly active: TokenPlace | null;
  readonly tabStop: TokenPlace;
  readonly onSelect: () => void;
}

export function TrajectoryStep({ rollout, place, bitmap, scale, credit, selected, sought, faded, active, tabStop, onSelect }: TrajectoryStepProps) {
  const step = rollout.steps[place[1]] as StepReport;
  const name = `Rollout ${place[0] + 1}, step ${place[1] + 1}`;
  const within = (token: TokenPlace | null): number => (token && token.place[0] === place[0] && token.place[1] === place[1] ? token.token : -1);
  return (
    <li className={`step ${selected ? 'selected' : ''} ${faded ? 'faded' : ''}`}>
      <button type="button" className="step-head" aria-pressed={selected} onClick={onSelect}>
        <span className="unseen">{name}: </span>
        <span className="call">{shortCall(step)}</span>
        <AdvantageChange step={step} transfers={credit.rule === 'tapo'} />
      </button>
      <TokenRun
        words={step.words}
        tints={step.words.map((_, t) => tintOf(tokenValue(step, t, scale.quantity, credit.span), scale)).join(' ')}
        anchor={placeKey(place)}
        label={`Tokens of rollout ${place[0] + 1}, step ${place[1] + 1}`}
        sequential={QUANTITY_WORDS[scale.quantity].scale === 'sequential'}
        start={step.action.kind === 'malformed' ? 0 : step.action.start}
        sought={sought}
        active={within(active)}
        tabStop={within(tabStop)}
        value={within(active) < 0 ? '' : quantityText(tokenValue(step, within(active), scale.quantity, credit.span), scale.quantity)}
      />
      <Observation rollout={rollout} step={place[1]} bitmap={bitmap} />
    </li>
  );
}
