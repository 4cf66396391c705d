// Scenes of flags, as records: which flag sits where, in which frame. Drawing is in render.ts.
import type { RandomStream } from '../../tapo/index.ts';

/** Side of the full-resolution picture, pixels. */
export const CANVAS = 288;

/** Steps of the coordinate grid: boxes are written on 0, 83, 167 … 1000. */
export const GRID_STEPS = 12;

/** Width of a frame as a share of the item's side. */
export const FRAME_SHARE = 1 / 8;

export const FRAME_COLOURS: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [214, 40, 40],
  orange: [245, 133, 24],
  yellow: [250, 214, 30],
  green: [44, 146, 62],
  cyan: [38, 190, 214],
  blue: [38, 84, 205],
  purple: [128, 60, 190],
  pink: [244, 120, 190],
  black: [26, 26, 30],
};

/** Words for the cells of a 3 × 3 grid, from the upper left, row by row. */
export const CELL_WORDS: readonly string[] = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

export interface SceneItem {
  /** ISO code of the country whose flag it is. */
  readonly country: string;
  /** Name of the frame's colour, null without a frame. */
  readonly colour: string | null;
  /** Upper left corner and side of the square with its frame, pixels of the full-resolution picture. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export interface Scene {
  readonly preset: AtlasPreset;
  /** Later items hide earlier ones. */
  readonly items: readonly SceneItem[];
}

export type AtlasPreset = 'grid' | 'clutter';
export const ATLAS_PRESETS: readonly AtlasPreset[] = ['grid', 'clutter'];

/** A scene of these countries' flags (as many as fit); frames get distinct colours. */
export function drawScene(preset: AtlasPreset, countries: readonly string[], random: RandomStream): Scene {
  switch (preset) {
    case 'grid':
      return { preset, items: gridItems(countries, random) };
    case 'clutter':
      return { preset, items: clutterItems(countries, random) };
    default:
      return preset satisfies never;
  }
}

/** Cell 0–8 of the 3 × 3 grid that holds an item's centre. */
export function cellOf({ x, y, side }: SceneItem): number {
  const third = CANVAS / 3;
  return Math.floor((y + side / 2) / third) * 3 + Math.floor((x + side / 2) / third);
}

/** Items' frames, colour by colour. */
export function framedItems(scene: Scene): readonly (SceneItem & { readonly colour: string })[] {
  return scene.items.filter((item): item is SceneItem & { colour: string } => item.colour !== null);
}

/** The box on the coordinate grid nearest to an item, in steps [x1, y1, x2, y2] from 0 to 12; exact in the grid preset. */
export function gridBoxOf({ x, y, side }: SceneItem): readonly [number, number, number, number] {
  const step = CANVAS / GRID_STEPS;
  return [Math.round(x / step), Math.round(y / step), Math.round((x + side) / step), Math.round((y + side) / step)];
}

/** Relative coordinate 0–1000 of a grid step. */
export function coordinateOfStep(step: number): number {
  return Math.round((step * 1000) / GRID_STEPS);
}

/** 3 × 3 cells, all filled, five to eight of them framed. */
function gridItems(countries: readonly string[], random: RandomStream): SceneItem[] {
  const side = CANVAS / 3;
  const colours = frameColours(9, 5 + random.below(4), random);
  return countries.slice(0, 9).map((country, cell) => ({
    country,
    colour: colours[cell] ?? null,
    x: (cell % 3) * side,
    y: Math.floor(cell / 3) * side,
    side,
  }));
}

/** Six to nine squares of different sizes, placed freely; none is hidden by more than a quarter. */
function clutterItems(countries: readonly string[], random: RandomStream): SceneItem[] {
  const count = Math.min(countries.length, 6 + random.below(4));
  const colours = frameColours(count, Math.max(4, count - random.below(3)), random);
  const items: SceneItem[] = [];
  for (let i = 0; i < count; i++) {
    for (let attempt = 0; attempt < 400; attempt++) {
      const side = 64 + 8 * random.below(Math.max(1, 6 - Math.floor(attempt / 60)));
      const item = {
        country: countries[i] as string,
        colour: colours[i] ?? null,
        side,
        x: random.below(CANVAS - side + 1),
        y: random.below(CANVAS - side + 1),
      };
      if (items.every((other) => overlap(other, item) <= 0.15 * Math.min(other.side, item.side) ** 2 && hiddenShare(other, [...items, item]) <= 0.25)) {
        items.push(item);
        break;
      }
    }
  }
  return items;
}

/** Distinct colours for `framed` of `count` items, null for the others, in random order. */
function frameColours(count: number, framed: number, random: RandomStream): (string | null)[] {
  const colours = random.shuffle(Object.keys(FRAME_COLOURS)).slice(0, framed);
  return random.shuffle(Array.from({ length: count }, (_, i) => colours[i] ?? null));
}

function overlap(a: SceneItem, b: SceneItem): number {
  const width = Math.min(a.x + a.side, b.x + b.side) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.side, b.y + b.side) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** At most this share of an item is hidden by the items after it (overlaps are added up). */
function hiddenShare(item: SceneItem, items: readonly SceneItem[]): number {
  const above = items.slice(items.indexOf(item) + 1);
  return above.reduce((hidden, other) => hidden + overlap(item, other), 0) / item.side ** 2;
}
