// The picture of the prompt with every box that a rollout looked at, and what the policy saw of it at first.

import type { Region } from '../../tapo/index.ts';
import type { GroupReport, StepReport } from '../../train/report.ts';
import { Crop } from './Crop.tsx';
import type { ScenePictures } from './usePicture.ts';

interface SceneViewProps {
  readonly group: GroupReport;
  readonly pictures: ScenePictures | null;
  /** Rollout and step to be brought out. */
  readonly selected: readonly [number, number] | null;
  readonly witness: readonly [number, number] | null;
}

export function SceneView({ group, pictures, selected, witness }: SceneViewProps) {
  const boxes = group.rollouts.flatMap((rollout, r) =>
    rollout.steps.flatMap((step, s) => {
      const region = regionOf(step);
      return region
        ? [
            {
              key: `${r}/${s}`,
              region,
              failing: rollout.outcome === 'failure',
              role: is(selected, r, s) ? 'selected' : is(witness, r, s) ? 'witness' : 'plain',
            },
          ]
        : [];
    }),
  );
  return (
    <div className="scene">
      <div className="scene-picture">
        <Crop bitmap={pictures?.full ?? null} side={320} label={`The scene of the question: ${group.task.question}`} />
        <svg viewBox="0 0 1000 1000" aria-hidden="true">
          {boxes.map(({ key, region: { bbox }, failing, role }) => (
            <rect
              key={key}
              x={bbox[0]}
              y={bbox[1]}
              width={bbox[2] - bbox[0]}
              height={bbox[3] - bbox[1]}
              className={`box ${failing ? 'failing' : 'succeeding'} ${role}`}
            />
          ))}
        </svg>
      </div>
      <div className="scene-side">
        <Crop bitmap={pictures?.overview ?? null} side={96} pixelated label="What the policy sees of it at first: frames, no flags" />
        <small className="hint">What the policy sees at first: 24 × 24 pixels, frames only.</small>
        <small className="hint">
          <span className="key-box succeeding" /> boxes of successful rollouts
          <br />
          <span className="key-box failing" /> boxes of failing ones
        </small>
      </div>
    </div>
  );
}

function is(place: readonly [number, number] | null, rollout: number, step: number): boolean {
  return place?.[0] === rollout && place[1] === step;
}

function regionOf({ observation }: StepReport): Region | null {
  return observation?.kind === 'image' || observation?.kind === 'titles' ? observation.region : null;
}
