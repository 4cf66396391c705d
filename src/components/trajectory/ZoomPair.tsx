// A zoom: its box on the image that it looked into, and the crop that it brought.
import type { Zoom } from '../../notebook/rollouts/zooms.ts';
import { Crop } from './Crop.tsx';

/** Pixels a side. */
const SIDE = 64;

export function ZoomPair({ zoom: { parent, parentIndex, asked, crop }, bitmap }: { readonly zoom: Zoom; readonly bitmap: ImageBitmap | null }) {
  const [x1, y1, x2, y2] = asked;
  return (
    <div className="zoom-pair">
      <div className="scene-picture" style={{ width: SIDE, height: SIDE }}>
        <Crop
          bitmap={bitmap}
          box={parent}
          side={SIDE}
          label={`The zoom's box ${asked.join(' ')} on ${parentIndex === 0 ? 'the scene' : `image ${parentIndex}`}`}
        />
        <svg viewBox="0 0 1000 1000" aria-hidden="true">
          <rect x={x1} y={y1} width={Math.max(0, x2 - x1)} height={Math.max(0, y2 - y1)} className="asked" />
        </svg>
      </div>
      <span aria-hidden="true">→</span>
      <Crop bitmap={bitmap} box={crop} side={SIDE} label="the crop" />
    </div>
  );
}
