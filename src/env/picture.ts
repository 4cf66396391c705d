// Pictures: area-averaging resampling, deterministic on every machine (no canvas).
import type { Picture } from './types.ts';

/**
 * The rectangle [x1, y1, x2, y2] of a picture, in pixels and fractions of pixels, averaged by area onto width × height pixels.
 * Throws RangeError if the rectangle is empty or reaches outside.
 */
export function resample(source: Picture, [x1, y1, x2, y2]: readonly [number, number, number, number], width: number, height: number): Picture {
  const slack = 1e-6;
  if (!(x2 > x1 && y2 > y1) || x1 < -slack || y1 < -slack || x2 > source.width + slack || y2 > source.height + slack)
    throw new RangeError(`resample: expected a rectangle inside ${source.width} × ${source.height}, got [${[x1, y1, x2, y2].join(', ')}]`);
  const columns = coverage(x1, x2, width, source.width);
  const rows = coverage(y1, y2, height, source.height);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = rows[y] as Coverage;
    for (let x = 0; x < width; x++) {
      const column = columns[x] as Coverage;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < row.weights.length; j++) {
        const wy = row.weights[j] as number;
        let at = ((row.start + j) * source.width + column.start) * 3;
        for (let i = 0; i < column.weights.length; i++, at += 3) {
          const w = wy * (column.weights[i] as number);
          red += w * (source.pixels[at] as number);
          green += w * (source.pixels[at + 1] as number);
          blue += w * (source.pixels[at + 2] as number);
        }
      }
      const to = (y * width + x) * 3;
      pixels[to] = Math.round(red);
      pixels[to + 1] = Math.round(green);
      pixels[to + 2] = Math.round(blue);
    }
  }
  return { width, height, pixels };
}

/** Source pixels from `start` on that one target pixel covers, with weights that sum to 1. */
interface Coverage {
  readonly start: number;
  readonly weights: readonly number[];
}

function coverage(from: number, to: number, count: number, limit: number): Coverage[] {
  const size = (to - from) / count;
  return Array.from({ length: count }, (_, k) => {
    const a = Math.max(0, from + k * size);
    const b = Math.min(limit, from + (k + 1) * size);
    const start = Math.min(limit - 1, Math.floor(a));
    const end = Math.max(start + 1, Math.min(limit, Math.ceil(b - 1e-9)));
    const weights = Array.from({ length: end - start }, (_, i) => (Math.min(b, start + i + 1) - Math.max(a, start + i)) / (b - a));
    return { start, weights };
  });
}

/** Paints `source` onto `target` with its upper left corner at (x, y), whole pixels; the part outside is cut. */
export function paint(target: Picture, source: Picture, x: number, y: number): void {
  for (let row = Math.max(0, -y); row < Math.min(source.height, target.height - y); row++) {
    const left = Math.max(0, -x);
    const right = Math.min(source.width, target.width - x);
    if (right <= left) return;
    target.pixels.set(source.pixels.subarray((row * source.width + left) * 3, (row * source.width + right) * 3), ((y + row) * target.width + x + left) * 3);
  }
}

/** A picture of one colour. */
export function filled(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i += 3) {
    pixels[i] = red;
    pixels[i + 1] = green;
    pixels[i + 2] = blue;
  }
  return { width, height, pixels };
}
