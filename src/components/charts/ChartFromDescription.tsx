// The chart that code in a notebook returned: {chart: "line" | "bar", data, x, y, title}.
import { useCallback, useMemo, useState } from 'react';
import type { ChartDescription } from '../../notebook/cells/cellValue.ts';
import { createCrosshair } from './crosshair.ts';
import { FigureCard } from './FigureCard.tsx';
import { describedFigure } from './figures/described.ts';
import type { Figure } from './figures/figure.ts';
import { useToggles } from './useToggles.ts';
import '../styles/charts.css';

const ALL: ReadonlySet<string> = new Set();

/** Lines or bars in the same card as the page's own charts; data that cannot be drawn is said in words. */
export function ChartFromDescription({ chart }: { readonly chart: ChartDescription }) {
  const whole = useMemo(() => describedFigure(chart, ALL), [chart]);
  if (whole.kind === 'figure') return <DescribedCard chart={chart} whole={whole.figure} />;
  return (
    <figure className="card chart">
      <h3>{chart.title}</h3>
      <p className="hint fault" role="alert">
        {whole.words}
      </p>
    </figure>
  );
}

function DescribedCard({ chart, whole }: { readonly chart: ChartDescription; readonly whole: Figure }) {
  const [hidden, onSeries] = useToggles();
  const [crosshair] = useState(createCrosshair);
  const make = useCallback(() => {
    const described = describedFigure(chart, hidden);
    return described.kind === 'figure' ? described.figure : whole;
  }, [chart, hidden, whole]);
  return <FigureCard make={make} title={chart.title} crosshair={crosshair} selected={null} onSeries={onSeries} onGroup={onSeries} />;
}
