// The card of a figure: title, picture, legend, a sentence with its numbers, the same as a table, the whole screen, and files to save.
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { CrosshairLayer } from './CrosshairLayer.tsx';
import type { Crosshair } from './crosshair.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { FigureLegend } from './FigureLegend.tsx';
import { FigurePlot } from './FigurePlot.tsx';
import { FigureTable } from './FigureTable.tsx';
import type { Figure } from './figures/figure.ts';
import { geometryOf } from './geometry.ts';
import { IconButton } from './IconButton.tsx';
import { type Choice, PlotFrame } from './PlotFrame.tsx';
import { useFullScreen, useInSight, useSize } from './useMeasures.ts';
import { useTurn } from './useTurn.ts';

export interface FigureCardProps {
  /** Makes the figure; another function where anything changed. It is called when it is the card's turn to be drawn. */
  readonly make: () => Figure;
  /** Shown until the first turn. */
  readonly title: string;
  readonly crosshair: Crosshair;
  readonly selected: number | null;
  readonly choice?: Choice | undefined;
  readonly controls?: ReactNode;
  readonly onSeries: (id: string) => void;
  readonly onGroup: (key: string) => void;
}

export function FigureCard({ make, title, crosshair, selected, choice, controls, onSeries, onGroup }: FigureCardProps) {
  const card = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const inSight = useInSight(card);
  const full = useFullScreen(card);
  const size = useSize(plot, full);
  const [asTable, setAsTable] = useState(false);
  const turn = useTurn(
    useMemo(() => ({ make, size }), [make, size]),
    inSight,
  );
  const drawn = useMemo(() => {
    if (!turn?.size) return null;
    const figure = turn.make();
    return { figure, geometry: geometryOf(figure, turn.size) };
  }, [turn]);
  return (
    <figure className="card chart" ref={card}>
      <div className="chart-head">
        <h3>{drawn?.figure.title ?? title}</h3>
        <div className="chart-buttons">
          <IconButton name="table" pressed={asTable} onPress={() => setAsTable(!asTable)} />
          {document.fullscreenEnabled && (
            <IconButton name="full screen" pressed={full} onPress={() => void (full ? document.exitFullscreen() : card.current?.requestFullscreen())} />
          )}
          {drawn && <ExportMenu figure={drawn.figure} geometry={drawn.geometry} plot={plot} />}
        </div>
      </div>
      {controls}
      {asTable && drawn && <FigureTable figure={drawn.figure} />}
      <div className={asTable ? 'plot behind' : 'plot'} ref={plot}>
        {drawn && (
          <PlotFrame figure={drawn.figure} geometry={drawn.geometry} crosshair={crosshair} selected={selected} choice={choice}>
            <FigurePlot figure={drawn.figure} geometry={drawn.geometry} />
            <CrosshairLayer figure={drawn.figure} geometry={drawn.geometry} crosshair={crosshair} selected={selected} />
            {drawn.figure.rows.length === 0 && (
              <p className="plot-empty">{drawn.figure.lines.length === 0 ? 'Every line is switched off.' : 'No update yet.'}</p>
            )}
          </PlotFrame>
        )}
      </div>
      {drawn && <FigureLegend figure={drawn.figure} crosshair={crosshair} onSeries={onSeries} onGroup={onGroup} />}
      <figcaption>{drawn?.figure.summary ?? ''}</figcaption>
    </figure>
  );
}
