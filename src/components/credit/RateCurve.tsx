// Misassignment against the threshold τ: two falling lines, and where θ stands, the run's and the tried one.
import type { CurvePoint } from '../../notebook/credit/curve.ts';

interface RateCurveProps {
  readonly points: readonly CurvePoint[];
  readonly theta: number;
  readonly ownTheta: number;
}

const [WIDTH, HEIGHT, BASE] = [300, 76, 60];

export function RateCurve({ points, theta, ownTheta }: RateCurveProps) {
  const x = (tau: number): number => 4 + (WIDTH - 8) * Math.min(1, tau);
  const y = (rate: number): number => BASE - (BASE - 6) * rate;
  const line = (key: 'action' | 'trajectory'): string =>
    points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.tau).toFixed(1)} ${y(point[key]).toFixed(1)}`).join('');
  return (
    <svg className="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Misassignment rates by threshold τ from 0 to 1">
      <line x1={x(0)} x2={x(1)} y1={BASE} y2={BASE} className="axis" />
      {ownTheta !== theta && <line x1={x(ownTheta)} x2={x(ownTheta)} y1={4} y2={BASE} className="own-theta" />}
      <line x1={x(theta)} x2={x(theta)} y1={4} y2={BASE} className="theta" />
      <path d={line('action')} className="action" />
      <path d={line('trajectory')} className="trajectory" />
      {[0, 0.5, 1].map((tau) => (
        <text key={tau} x={x(tau)} y={HEIGHT - 4} textAnchor={tau === 0 ? 'start' : tau === 1 ? 'end' : 'middle'}>
          {tau === 0.5 ? 'τ = 0.5' : tau}
        </text>
      ))}
    </svg>
  );
}
