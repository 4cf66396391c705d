// Pictures as PNG files: what endpoints are sent, and what they send.
import { convertIndexedToRgb, type DecodedPng, decode, encode, type IndexedColors } from 'fast-png';
import { Unzlib } from 'fflate';
import type { Picture } from '../types.ts';

/** Pixels of a picture that is read, at most. */
const PIXEL_LIMIT = 2048 * 2048;
/** Compressed bytes that are unpacked at once while their sum is counted. */
const SLICE = 16_384;
/** Of the signature, and of the first chunk, which has the size. */
export const HEADER_BYTES = 33;
const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Chunks beside the data that pixels are made of; the decoder takes each further one, with another size or more colours, as it comes. */
const ONCE: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IEND'];

const INDEXED = 3;
/** Samples that name what is transparent, by colour type. */
const KEY_SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3 };

/** What a file says of its pixels before they come. */
interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 places in a palette, 4 and 6 as 0 and 2 with alpha. */
  readonly colour: number;
}

/** Equal pictures make equal files. */
export function pngOf({ width, height, pixels }: Picture): Uint8Array {
  return encode({ width, height, data: pixels, channels: 3 });
}

/**
 * The picture of a file from elsewhere, of any colour type and depth; what is transparent lies on white. Throws RangeError for what is no PNG,
 * is damaged, is interlaced with fewer than eight bits a sample, or is too large: then little of it is unpacked.
 */
export function readPng(file: Uint8Array): Picture {
  try {
    const header = pngHeader(file);
    const { needed, key } = neededParts(file, header);
    return rgbOf(decode(needed), header, key);
  } catch (error) {
    throw error instanceof RangeError ? error : new RangeError(`its file is damaged: ${(error as Error).message}`);
  }
}

/** Looks at the first HEADER_BYTES alone. Throws RangeError for what is no PNG, or not read for its size or form. */
export function pngHeader(file: Uint8Array): PngHeader {
  if (file.length < HEADER_BYTES || SIGNATURE.some((byte, i) => file[i] !== byte)) throw new RangeError('it is no PNG file');
  const view = viewOf(file);
  if (typeAt(file, 8) !== 'IHDR' || view.getUint32(8) !== 13) throw new RangeError('its file is damaged: it does not begin with its size');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width * height === 0 || width * height > PIXEL_LIMIT) throw new RangeError(`expected 1 to ${PIXEL_LIMIT} pixels, got ${width} × ${height}`);
  const [depth, colour] = [view.getUint8(24), view.getUint8(25)];
  if (depth < 8 && view.getUint8(28) !== 0) throw new RangeError(`it is interlaced, which is read from 8 bits a sample on, and has ${depth}`);
  return { width, height, depth, colour };
}

/**
 * The file with nothing in it but what its pixels are made of, and these are counted; `key` has the samples of the one grey or colour that is
 * transparent, null where none is.
 */
function neededParts(file: Uint8Array, { width, height, depth, colour }: PngHeader): { readonly needed: Uint8Array; readonly key: readonly number[] | null } {
  const view = viewOf(file);
  let left = 8 * (width + 1) * (height + 1); // four channels of two bytes; the rest for what stands before each line
  const counter = new Unzlib(({ length }) => {
    left -= length;
    if (left < 0) throw new RangeError('its file holds more than its size says');
  });
  const parts = [file.subarray(0, SIGNATURE.length)];
  const met = new Set<string>();
  let key: number[] | null = null;
  for (let at = SIGNATURE.length; at + 12 <= file.length && !met.has('IEND'); ) {
    const end = at + 12 + view.getUint32(at); // length, type, data, checksum
    const type = typeAt(file, at);
    if (ONCE.includes(type) && met.has(type)) throw new RangeError(`its file is damaged: it has a second ${type}`);
    met.add(type);
    if (type === 'IDAT') for (let from = at + 8; from < end - 4; from += SLICE) counter.push(file.subarray(from, Math.min(from + SLICE, end - 4)));
    // of grey and RGB a palette is a suggestion to others, and the decoder takes no key of pictures that are smaller than it
    if (type === 'tRNS' && colour in KEY_SAMPLES)
      key = Array.from({ length: KEY_SAMPLES[colour] as number }, (_, i) => view.getUint16(at + 8 + 2 * i) & (2 ** depth - 1));
    if (['IHDR', 'IDAT', 'IEND'].includes(type) || (colour === INDEXED && ONCE.includes(type))) parts.push(file.subarray(at, end));
    at = end;
  }
  return { needed: joined(parts), key };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** The type of the chunk that begins there. */
function typeAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at + 4, at + 8));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function rgbOf(png: DecodedPng, { width, height, depth, colour }: PngHeader, key: readonly number[] | null): Picture {
  const palette = colour === INDEXED ? paletteOf(png) : depth < 8 ? greys(2 ** depth, key) : null;
  const channels = palette?.[0]?.length ?? png.channels;
  const data = palette ? convertIndexedToRgb({ ...png, palette }) : png.data;
  const most = depth === 16 ? 65_535 : 255;
  const [colours, hasAlpha] = [channels > 2 ? 3 : 1, channels % 2 === 0];
  const isKey = (at: number): boolean => !palette && key !== null && key.every((sample, i) => data[at + i] === sample);
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const at = Math.floor(i / 3) * channels;
    const alpha = hasAlpha ? (data[at + colours] as number) / most : isKey(at) ? 0 : 1;
    pixels[i] = Math.round(255 * (1 - alpha + (alpha * (data[at + (i % colours)] as number)) / most));
  }
  return { width, height, pixels };
}

function paletteOf({ palette }: DecodedPng): IndexedColors {
  if (!palette?.length) throw new RangeError('its file is damaged: it has no palette');
  return palette;
}

function greys(count: number, key: readonly number[] | null): IndexedColors {
  return Array.from({ length: count }, (_, i) => {
    const grey = (255 * i) / (count - 1);
    return [grey, grey, grey, i === key?.[0] ? 0 : 255];
  });
}
