// Pictures as PNG files: what endpoints are sent. Equal pictures make equal files.
import { encode } from 'fast-png';
import type { Picture } from '../types.ts';

export function pngOf({ width, height, pixels }: Picture): Uint8Array {
  return encode({ width, height, data: pixels, channels: 3 });
}
