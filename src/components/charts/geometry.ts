// Where a figure's values lie on its picture, in pixels: the one layout of axes and margins.

import { niceTicks } from './figures/axes.ts';
import type { Figure, XAxis } from './figures/figure.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
  /** For a projector. */
  readonly large: boolean;
}

export interface Geometry extends Size {
  /** Room for the axes and around the plot. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly fontSize: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The value of x at a pixel. */
  readonly at: (pixel: number) => number;
}

/** Strokes that tell series apart without colour: solid, dashed, dotted, dash-dot… */
const DASHES = ['none', '7 4', '2 3', '9 3 2 3', '13 4', '1 5', '9 3 2 3 2 3', '4 2'] as const;

export const dashOf = ({ dash }: { readonly dash: number }): string => DASHES[dash % DASHES.length] ?? 'none';

export function geometryOf({ x, y }: Pick<Figure, 'x' | 'y'>, size: Size): Geometry {
  const { width, height, large } = size;
  const [left, top, right, bottom] = large ? [96, 12, 24, 64] : [52, 8, 12, 36];
  const [plotWidth, plotHeight] = [Math.max(1, width - left - right), Math.max(1, height - top - bottom)];
  const [low, high] = x.domain;
  const scaled = (value: number): number => (y.log ? Math.log10(value) : value);
  const [bottomValue, topValue] = [scaled(y.domain[0]), scaled(y.domain[1])];
  return {
    ...size,
    left,
    top,
    right,
    bottom,
    fontSize: large ? 20 : 11,
    x: (value) => left + (plotWidth * (value - low)) / (high - low),
    y: (value) => top + plotHeight * (1 - (scaled(value) - bottomValue) / (topValue - bottomValue)),
    at: (pixel) => low + ((high - low) * (pixel - left)) / plotWidth,
  };
}

/** Ticks of the x axis: its own, or round numbers, or every k-th name, as many as there is room for. */
export function ticksOf({ domain: [low, high], ticks, labels }: XAxis, { width, left, right, fontSize }: Geometry): number[] {
  const room = Math.max(2, Math.floor((width - left - right) / (fontSize * 5)));
  if (ticks) return ticks.length <= 2 * room ? [...ticks] : ticks.filter((_, i) => i % 2 === 0);
  if (!labels) return niceTicks(low, high, Math.min(6, room)).filter((tick) => tick >= low && tick <= high);
  const every = Math.ceil(labels.length / room);
  return labels.flatMap((_, i) => (i % every === 0 ? [i] : []));
}
