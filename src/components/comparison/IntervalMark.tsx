// A mean and its interval, drawn small: the numbers stand beside it.
import type { IntervalScale, MeanInterval } from '../../notebook/comparison.ts';

interface IntervalMarkProps {
  readonly value: MeanInterval;
  readonly scale: IntervalScale;
  readonly colour: string;
  /** Draw a line at 0. */
  readonly zero?: boolean;
}

export function IntervalMark({ value: { mean, interval }, scale, colour, zero = false }: IntervalMarkProps) {
  const [low, high] = (interval ?? [mean, mean]).map(scale.at) as [number, number];
  return (
    <svg className="comparison-mark" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2="100" y1="5" y2="5" className="scale" />
      {zero && <line x1={scale.at(0)} x2={scale.at(0)} y1="0" y2="10" className="zero" />}
      {interval && <rect x={low} width={Math.max(0.5, high - low)} y="3" height="4" fill={colour} opacity="0.4" />}
      <rect x={scale.at(mean) - 1} width="2" y="0" height="10" fill={colour} />
    </svg>
  );
}
