// Steps by advantage, before and after correction, one over the other; drawn small.
import { HISTOGRAM_EDGES } from '../../train/metrics.ts';

interface AdvantageBarsProps {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const [WIDTH, HEIGHT, BASE] = [300, 96, 78];
const FIRST = HISTOGRAM_EDGES[0] as number;
const LAST = HISTOGRAM_EDGES[HISTOGRAM_EDGES.length - 1] as number;

export function AdvantageBars({ before, after }: AdvantageBarsProps) {
  const most = Math.max(1, ...before, ...after);
  const x = (advantage: number): number => (WIDTH * (advantage - FIRST)) / (LAST - FIRST);
  const height = (steps: number): number => (steps === 0 ? 0 : Math.max(2, ((BASE - 10) * steps) / most));
  const width = WIDTH / before.length;
  return (
    <svg className="bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Histogram of the steps’ advantages before and after correction">
      <line x1={x(0)} x2={x(0)} y1={4} y2={BASE} className="axis" />
      {after.map((steps, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={i}
          className="after"
          x={i * width + 1}
          width={width - 2}
          y={BASE - height(steps)}
          height={height(steps)}
        />
      ))}
      {before.map((steps, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
        <rect key={i} className="before" x={i * width + 1} width={width - 2} y={BASE - height(steps)} height={height(steps)} />
      ))}
      <line x1={0} x2={WIDTH} y1={BASE} y2={BASE} className="axis" />
      {[-3, -2, -1, 0, 1, 2, 3].map((tick) => (
        <text key={tick} x={Math.min(WIDTH - 8, Math.max(8, x(tick)))} y={HEIGHT - 5} textAnchor="middle">
          {tick < 0 ? `−${-tick}` : tick > 0 ? `+${tick}` : '0'}
        </text>
      ))}
    </svg>
  );
}
