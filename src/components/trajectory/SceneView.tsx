// The picture of the prompt with every box that a rollout looked at, the chosen ones brought out and named by their rollout.
import { type Place, placeKey } from '../../notebook/rollouts/places.ts';
import type { Region } from '../../tapo/index.ts';
import type { GroupReport } from '../../train/report.ts';
import type { ScenePictures } from '../panelProps.ts';
import { Crop } from './Crop.tsx';
import { regionOf } from './words.ts';

export type BoxRole = 'plain' | 'selected' | 'witness';

interface SceneViewProps {
  readonly group: GroupReport;
  readonly pictures: ScenePictures | null;
  readonly roleOf: (place: Place) => BoxRole;
  /** Side of the picture on the page, pixels. */
  readonly side: number;
}

interface SeenBox {
  readonly place: Place;
  readonly region: Region;
  readonly failing: boolean;
  readonly role: BoxRole;
}

export function SceneView({ group, pictures, roleOf, side }: SceneViewProps) {
  const boxes = boxesOf(group, roleOf);
  return (
    <div className="scene-picture" style={{ width: side, height: side }}>
      <Crop bitmap={pictures?.full ?? null} side={side} label={sceneWords(group, boxes)} />
      <svg viewBox="0 0 1000 1000" aria-hidden="true">
        {boxes.map(({ place, region: { bbox }, failing, role }) => (
          <rect
            key={placeKey(place)}
            x={bbox[0]}
            y={bbox[1]}
            width={Math.max(0, bbox[2] - bbox[0])}
            height={Math.max(0, bbox[3] - bbox[1])}
            className={`box ${failing ? 'failing' : 'succeeding'} ${role}`}
          />
        ))}
        {boxes
          .filter(({ role }) => role !== 'plain')
          .map(({ place, region: { bbox }, failing, role }) => (
            <text
              key={placeKey(place)}
              className={`box-name ${failing ? 'failing' : 'succeeding'}`}
              x={role === 'witness' ? bbox[2] - 14 : bbox[0] + 14}
              y={bbox[1] + 74}
              textAnchor={role === 'witness' ? 'end' : 'start'}
            >
              {failing ? '✗' : '✓'}
              {place[0] + 1}
            </text>
          ))}
      </svg>
    </div>
  );
}

/** The chosen boxes come last, so that they lie on top. */
function boxesOf({ rollouts }: GroupReport, roleOf: SceneViewProps['roleOf']): SeenBox[] {
  const boxes = rollouts.flatMap(({ steps, outcome }, r) =>
    steps.flatMap((step, s): SeenBox[] => {
      const region = regionOf(step);
      return region ? [{ place: [r, s], region, failing: outcome === 'failure', role: roleOf([r, s]) }] : [];
    }),
  );
  const order: readonly BoxRole[] = ['plain', 'witness', 'selected'];
  return boxes.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

function sceneWords({ task }: GroupReport, boxes: readonly SeenBox[]): string {
  const told = boxes
    .filter(({ role }) => role !== 'plain')
    .map(({ place, region, role }) => `${role === 'witness' ? 'witness, ' : ''}rollout ${place[0] + 1} looked at ${region.bbox.join(' ')}`);
  return `The scene of the question: ${task.question}${told.length > 0 ? ` Boxes out of 1000: ${told.join('; ')}.` : ''}`;
}
