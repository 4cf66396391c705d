// The card of a compared metric, with a crosshair of its own.
import { useCallback, useState } from 'react';
import { createCrosshair } from '../charts/crosshair.ts';
import { FigureCard } from '../charts/FigureCard.tsx';
import { type CurveFigureInput, curveFigure } from './curveFigure.ts';
import '../styles/charts.css';

interface CurveCardProps extends CurveFigureInput {
  readonly onToggle: (key: string) => void;
}

export function CurveCard({ metric, curves, hidden, single, onToggle }: CurveCardProps) {
  const [crosshair] = useState(createCrosshair);
  const make = useCallback(() => curveFigure({ metric, curves, hidden, single }), [metric, curves, hidden, single]);
  return <FigureCard make={make} title={metric.title} crosshair={crosshair} selected={null} onSeries={onToggle} onGroup={onToggle} />;
}
