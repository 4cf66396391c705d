// The field of a chart that takes pointer and keys: it moves the crosshair, and hands on what is chosen. To a screen reader it is a slider
// over the figure's x that speaks the values there; it is silent while nobody moves it, however the run goes on.
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { type Crosshair, useCrosshair } from './crosshair.ts';
import { type Figure, movedX, nearestX, spoken } from './figures/figure.ts';
import type { Geometry } from './geometry.ts';

interface PlotFrameProps {
  readonly figure: Figure;
  readonly geometry: Geometry;
  readonly crosshair: Crosshair;
  /** Where keys begin; null: at the end. */
  readonly selected: number | null;
  /** What a click or Enter does, in words, and does. */
  readonly choice?: Choice | undefined;
  readonly children: ReactNode;
}

export interface Choice {
  readonly words: string;
  readonly onChoose: (x: number) => void;
}

/** Rows that a key moves the crosshair by. */
const MOVES: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function PlotFrame({ figure, geometry, crosshair, selected, choice, children }: PlotFrameProps) {
  const at = useCrosshair(crosshair);
  const { rows, x, title } = figure;
  const last = rows[rows.length - 1]?.x ?? x.domain[1];
  const pointed = (event: MouseEvent<HTMLElement>): number | null =>
    nearestX(figure, geometry.at(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = MOVES[event.key];
    const handled = by !== undefined || (event.key === 'Enter' && choice && at !== null) || (event.key === 'Escape' && at !== null);
    if (!handled || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own arrow keys move other things
    if (by !== undefined) crosshair.set(movedX(figure, at, by));
    else if (event.key === 'Escape') crosshair.set(null);
    else if (at !== null) choice?.onChoose(at);
  };
  return (
    <div
      className="plot-frame"
      role="slider"
      tabIndex={0}
      aria-label={`${title}, by ${x.name}`}
      aria-description={`Arrow keys, Home and End move.${choice ? ` Enter: ${choice.words}.` : ''}`}
      aria-orientation="horizontal"
      aria-valuemin={rows[0]?.x ?? x.domain[0]}
      aria-valuemax={last}
      aria-valuenow={at ?? last}
      aria-valuetext={at === null ? 'nothing pointed at' : spoken(figure, at)}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && crosshair.set(nearestX(figure, selected ?? figure.rest ?? last))}
      onBlur={() => crosshair.set(null)}
      onPointerMove={(event) => crosshair.set(pointed(event))}
      onPointerLeave={() => crosshair.set(null)}
      onClick={(event) => {
        const x = pointed(event);
        if (x !== null) choice?.onChoose(x);
      }}
    >
      {children}
    </div>
  );
}
