// Reverse image search over the flags: nearest 8 × 8 RGB descriptors, the ring of the frame left out.
import type { Box } from '../../tapo/index.ts';
import { resample } from '../picture.ts';
import type { Picture } from '../types.ts';
import { type FlagPictures, toPixels } from './render.ts';
import { FRAME_SHARE } from './scene.ts';

const SIDE = 8;
const LENGTH = SIDE * SIDE * 3;

export interface ImageIndex {
  /** The k nearest countries, nearest first; score in [0, 1], 1 for an equal picture; ties go by code. */
  search(full: Picture, box: Box, k?: number): readonly { readonly code: string; readonly score: number }[];
}

/** Indexes the flags themselves, without frames. */
export function buildImageIndex(flags: FlagPictures): ImageIndex {
  const codes = [...flags.keys()].sort();
  const descriptors = codes.map((code) => {
    const flag = flags.get(code) as Picture;
    return resample(flag, [0, 0, flag.width, flag.height], SIDE, SIDE).pixels; // [8 · 8 · 3]
  });
  return {
    search(full, box, k = 3) {
      const [x1, y1, x2, y2] = toPixels(box, full.width);
      const [dx, dy] = [(x2 - x1) * FRAME_SHARE, (y2 - y1) * FRAME_SHARE];
      const query = resample(full, [x1 + dx, y1 + dy, x2 - dx, y2 - dy], SIDE, SIDE).pixels;
      return codes
        .map((code, i) => ({ code, score: 1 - distance(query, descriptors[i] as Uint8Array) }))
        .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
        .slice(0, k);
    },
  };
}

/** Root mean square difference, as a share of the full range. */
function distance(a: Uint8Array, b: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < LENGTH; i++) total += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(total / LENGTH) / 255;
}
