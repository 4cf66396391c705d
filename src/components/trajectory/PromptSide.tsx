// Beside the rollouts: the question, its scene, what the tints mean, and the token that is pointed at.
import type { LinkTarget } from '../../notebook/rollouts/links.ts';
import { isPictured } from '../../notebook/rollouts/pictured.ts';
import { type Place, samePlace } from '../../notebook/rollouts/places.ts';
import type { TintScale } from '../../notebook/rollouts/quantities.ts';
import type { TokenPlace } from '../../notebook/rollouts/walk.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import type { ScenePictures } from '../panelProps.ts';
import { Crop } from './Crop.tsx';
import { SceneView } from './SceneView.tsx';
import { TintLegend } from './TintLegend.tsx';
import { TokenReadout } from './TokenReadout.tsx';
import { TopTokens } from './TopTokens.tsx';

interface PromptSideProps {
  readonly group: GroupReport;
  readonly pictures: ScenePictures | null;
  /** Its box is brought out. */
  readonly selected: Place | null;
  readonly scale: TintScale;
  readonly credit: TrainConfig['credit'];
  readonly active: TokenPlace | null;
  readonly onToken: (token: TokenPlace) => void;
  readonly onLink: ((target: Pick<LinkTarget, 'step' | 'token'>) => void) | undefined;
}

export function PromptSide({ group, pictures, selected, scale, credit, active, onToken, onLink }: PromptSideProps) {
  return (
    <div className="prompt">
      <p className="question">{group.task.question}</p>
      <p className="truth">
        The answer is <b>{group.task.answer}</b>.
      </p>
      {isPictured(group.task) && (
        <div className="scene">
          <SceneView group={group} pictures={pictures} side={232} roleOf={(box) => (samePlace(box, selected) ? 'selected' : 'plain')} />
          <div className="scene-side">
            <Crop bitmap={pictures?.overview ?? null} side={72} pixelated label="What the policy sees of it at first: frames, no flags" />
            <small className="hint">What the policy sees at first.</small>
            <small className="hint">
              <span className="key-box succeeding" /> ✓ looked here
              <br />
              <span className="key-box failing" /> ✗ looked here
            </small>
          </div>
        </div>
      )}
      <TintLegend scale={scale} />
      <TokenReadout group={group} at={active} quantity={scale.quantity} credit={credit} onLink={onLink} />
      <details>
        <summary>Top tokens, as a table</summary>
        <TopTokens group={group} quantity={scale.quantity} span={credit.span} onChoose={onToken} />
      </details>
    </div>
  );
}
