// Where in the scene a call looked, as a sign of the size of a letter. The numbers stand beside it for those who do not see it.
import type { Box } from '../../tapo/index.ts';

export function MiniMap({ box: [x1, y1, x2, y2] }: { readonly box: Box }) {
  return (
    <svg className="mini-map" viewBox="0 0 1000 1000" aria-hidden="true">
      <rect x="30" y="30" width="940" height="940" className="whole" />
      <rect x={x1} y={y1} width={Math.max(0, x2 - x1)} height={Math.max(0, y2 - y1)} className="part" />
    </svg>
  );
}
