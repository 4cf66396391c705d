// Boxes that a person draws, on the coordinate grid that the policy's own boxes lie on.
import { coordinateOfStep, GRID_STEPS } from '../env/atlas/scene.ts';
import type { Box } from '../tapo/index.ts';

/** Every coordinate that can be written, from 0 to 1000. */
export const GRID_COORDINATES: readonly number[] = Array.from({ length: GRID_STEPS + 1 }, (_, step) => coordinateOfStep(step));

/** Steps of a coordinate on the grid, the nearest. */
export function stepOf(coordinate: number): number {
  return Math.min(GRID_STEPS, Math.max(0, Math.round((coordinate * GRID_STEPS) / 1000)));
}

/** The box between two points (relative 0–1000), outwards to the grid: at least one step a side, so that a click gives a cell. */
export function boxBetween([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): Box {
  const [left, right] = span(ax, bx);
  const [top, bottom] = span(ay, by);
  return [left, top, right, bottom];
}

function span(a: number, b: number): readonly [number, number] {
  const within = (x: number): number => Math.min(1, Math.max(0, x / 1000)) * GRID_STEPS;
  const low = Math.min(GRID_STEPS - 1, Math.floor(Math.min(within(a), within(b)) + 0.25)); // a quarter of a step is forgiven
  const high = Math.max(low + 1, Math.ceil(Math.max(within(a), within(b)) - 0.25));
  return [coordinateOfStep(low), coordinateOfStep(high)];
}

/** The box moved by whole steps; it stays inside and keeps its size. */
export function movedBox([x1, y1, x2, y2]: Box, dx: number, dy: number): Box {
  const move = (low: number, high: number, by: number): readonly [number, number] => {
    const [a, b] = [stepOf(low), stepOf(high)];
    const shift = Math.max(-a, Math.min(GRID_STEPS - b, by));
    return [coordinateOfStep(a + shift), coordinateOfStep(b + shift)];
  };
  const [[left, right], [top, bottom]] = [move(x1, x2, dx), move(y1, y2, dy)];
  return [left, top, right, bottom];
}

/** The box with its right and lower side moved by whole steps; at least one step is left of it. */
export function resizedBox([x1, y1, x2, y2]: Box, dx: number, dy: number): Box {
  const resize = (low: number, high: number, by: number): number => coordinateOfStep(Math.min(GRID_STEPS, Math.max(stepOf(low) + 1, stepOf(high) + by)));
  return [x1, y1, resize(x1, x2, dx), resize(y1, y2, dy)];
}
