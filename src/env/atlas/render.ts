// Draws scenes: in full for zooming and searching, and as the overview that the policy sees first, where every flag is a grey square.
import type { Box } from '../../tapo/index.ts';
import { filled, paint, resample } from '../picture.ts';
import type { Picture } from '../types.ts';
import { CANVAS, FRAME_COLOURS, FRAME_SHARE, type Scene, type SceneItem } from './scene.ts';

/** Side of every picture that the policy sees, pixels. */
export const VIEW = 24;

const BACKGROUND = [226, 226, 222] as const;
const UNREADABLE = [128, 128, 128] as const;

/** Flags of 96 × 96 pixels by country code. */
export type FlagPictures = ReadonlyMap<string, Picture>;

/** The scene in full resolution, 288 × 288; `scale` draws it larger for people. */
export function renderScene(scene: Scene, flags: FlagPictures, scale = 1): Picture {
  return draw(scene, scale, ({ country }, side) => resizedFlag(flags, country, side));
}

const RESIZED = new WeakMap<FlagPictures, Map<string, Picture>>(); // few sizes are ever asked for: each flag is resized once

function resizedFlag(flags: FlagPictures, country: string, side: number): Picture {
  const flag = flags.get(country);
  if (!flag) throw new RangeError(`renderScene: no flag for country "${country}"`);
  const known = RESIZED.get(flags) ?? new Map<string, Picture>();
  RESIZED.set(flags, known);
  const key = `${country} ${side}`;
  const resized = known.get(key) ?? resample(flag, [0, 0, flag.width, flag.height], side, side);
  known.set(key, resized);
  return resized;
}

/** What the policy sees of the whole scene: 24 × 24, frames only, so that the frames can be told apart and the flags cannot. */
export function renderOverview(scene: Scene): Picture {
  const full = draw(scene, 1, (_, side) => filled(side, side, UNREADABLE));
  return resample(full, [0, 0, CANVAS, CANVAS], VIEW, VIEW);
}

/** A box (relative 0–1000) of a full-resolution scene, drawn anew at 24 × 24. */
export function renderCrop(full: Picture, box: Box): Picture {
  return resample(full, toPixels(box, full.width), VIEW, VIEW);
}

export function toPixels(box: Box, side: number): readonly [number, number, number, number] {
  return [(box[0] / 1000) * side, (box[1] / 1000) * side, (box[2] / 1000) * side, (box[3] / 1000) * side];
}

function draw(scene: Scene, scale: number, inside: (item: SceneItem, side: number) => Picture): Picture {
  const canvas = filled(CANVAS * scale, CANVAS * scale, BACKGROUND);
  for (const item of scene.items) {
    const side = Math.round(item.side * scale);
    const ring = Math.round(side * FRAME_SHARE);
    const [x, y] = [Math.round(item.x * scale), Math.round(item.y * scale)];
    const colour = item.colour && FRAME_COLOURS[item.colour];
    if (colour) paint(canvas, filled(side, side, colour), x, y);
    paint(canvas, inside(item, side - 2 * ring), x + ring, y + ring);
  }
  return canvas;
}
