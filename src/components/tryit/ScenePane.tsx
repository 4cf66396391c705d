// The picture: with the boxes that the attempt looked at, or as the sheet on which the reader draws one.
import type { Attempt } from '../../notebook/attempts.ts';
import { Crop } from '../trajectory/Crop.tsx';
import { BoxPad } from './BoxPad.tsx';
import { useTryIt, useTryItActions } from './useTryIt.ts';

const SIDE = 320;

interface ScenePaneProps {
  readonly attempt: Attempt;
  readonly bitmap: ImageBitmap | null;
  readonly overview: ImageBitmap | null;
}

export function ScenePane({ attempt: { view }, bitmap, overview }: ScenePaneProps) {
  const { plan } = useTryItActions();
  const action = useTryIt(({ own }) => own?.action ?? null);
  const drawing = action?.kind === 'region' && !view.end ? action : null;
  const sheet = drawing ? (view.images[drawing.image] ?? view.images[0]) : undefined;
  const boxes = view.turns.flatMap(({ observation }) => (observation?.kind === 'image' ? [{ index: observation.index, box: observation.region.bbox }] : []));
  return (
    <div className="tryit-pictures">
      <div className="tryit-picture">
        <Crop
          bitmap={bitmap}
          {...(sheet ? { box: sheet } : {})}
          side={SIDE}
          label={drawing && drawing.image > 0 ? `Image ${drawing.image}, a part of the scene` : `The scene of the question: ${view.question.question}`}
        />
        {drawing ? (
          <BoxPad box={drawing.box} onChange={(box) => plan({ action: { ...drawing, box } })} />
        ) : (
          <svg viewBox="0 0 1000 1000" aria-hidden="true">
            {boxes.map(({ index, box: [x1, y1, x2, y2] }, i) => (
              <g key={index} className={i === boxes.length - 1 ? 'newest' : ''}>
                <rect x={x1} y={y1} width={x2 - x1} height={y2 - y1} />
                <text x={x1 + 16} y={y1 + 56}>
                  {index}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      <figure className="tryit-overview">
        <Crop bitmap={overview} side={72} pixelated label="What the policy sees of it at first: frames, no flags" />
        <figcaption className="hint">What the policy sees at first: 24 × 24 pixels, frames only. Numbers in the picture: images that it zoomed to.</figcaption>
      </figure>
    </div>
  );
}
