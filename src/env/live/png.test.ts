import { encode, type ImageData } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pngOf, readPng } from './png.ts';

const PICTURE = { width: 2, height: 1, pixels: Uint8Array.from([255, 0, 0, 10, 20, 30]) };
const pixelsOf = (image: Omit<ImageData, 'width' | 'height'>) => [...readPng(encode({ width: 2, height: 1, ...image })).pixels];

/** A file of these chunks; decoders may leave checksums alone. */
function fileOf(chunks: readonly (readonly [type: string, data: ArrayLike<number>])[]): Uint8Array {
  const parts = chunks.flatMap(([type, data]) => [0, 0, data.length >> 8, data.length & 255, ...Buffer.from(type), ...Array.from(data), 0, 0, 0, 0]);
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...parts]);
}
const header = (width: number, height: number, depth: number, colour: number, interlace = 0) => {
  const data = new DataView(new ArrayBuffer(13));
  data.setUint32(0, width);
  data.setUint32(4, height);
  data.setUint8(8, depth);
  data.setUint8(9, colour);
  data.setUint8(12, interlace);
  return ['IHDR', new Uint8Array(data.buffer)] as const;
};
const END = ['IEND', []] as const;

describe('pngOf(picture) and readPng(file)', () => {
  it('write a picture and read it again', () => {
    expect(readPng(pngOf(PICTURE))).toEqual(PICTURE);
    expect(pngOf({ ...PICTURE, pixels: PICTURE.pixels.slice() })).toEqual(pngOf(PICTURE));
  });
});

describe('readPng(file)', () => {
  it('reads grey, with alpha on white, and sixteen bits a channel', () => {
    expect(pixelsOf({ data: Uint8Array.from([7, 200]), channels: 1 })).toEqual([7, 7, 7, 200, 200, 200]);
    expect(pixelsOf({ data: Uint8Array.from([0, 255, 0, 0]), channels: 2 })).toEqual([0, 0, 0, 255, 255, 255]);
    expect(pixelsOf({ data: Uint8Array.from([255, 0, 0, 255, 0, 0, 255, 51]), channels: 4 })).toEqual([255, 0, 0, 204, 204, 255]);
    expect(pixelsOf({ data: Uint16Array.from([65_535, 0, 32_896, 0, 0, 0]), channels: 3, depth: 16 })).toEqual([255, 0, 128, 0, 0, 0]);
  });
  it('reads palettes and few bits a pixel', () => {
    const one = zlibSync(Uint8Array.from([0, 0b01000000])); // a filter byte, then black or first, white or second
    expect([...readPng(fileOf([header(2, 1, 1, 0), ['IDAT', one], END])).pixels]).toEqual([0, 0, 0, 255, 255, 255]);
    const palette = ['PLTE', [1, 2, 3, 4, 5, 6]] as const;
    expect([...readPng(fileOf([header(2, 1, 1, 3), palette, ['IDAT', one], END])).pixels]).toEqual([1, 2, 3, 4, 5, 6]);
  });
  it('takes no colours of a palette that is a suggestion', () => {
    const [suggested, data] = [['PLTE', [9, 9, 9, 8, 8, 8]] as const, ['IDAT', zlibSync(Uint8Array.from([0, ...PICTURE.pixels]))] as const];
    expect(readPng(fileOf([header(2, 1, 8, 2), suggested, data, END]))).toEqual(PICTURE);
  });
  it.each([
    ['grey', header(2, 1, 8, 0), [0, 7], [7, 8], [255, 255, 255, 8, 8, 8]],
    ['grey of one bit', header(2, 1, 1, 0), [0, 0], [0b01000000], [255, 255, 255, 255, 255, 255]],
    ['grey of two bits', header(2, 1, 2, 0), [0, 1], [0b01100000], [255, 255, 255, 170, 170, 170]],
    ['RGB', header(2, 1, 8, 2), [0, 1, 0, 2, 0, 3], [1, 2, 3, 1, 2, 4], [255, 255, 255, 1, 2, 4]],
    ['sixteen bits', header(2, 1, 16, 0), [1, 1], [1, 1, 0, 1], [255, 255, 255, 0, 0, 0]],
    ['a palette', header(2, 1, 1, 3), [255, 0], [0b01000000], [1, 2, 3, 255, 255, 255]],
  ])('lays what is transparent in %s on white', (_, head, transparent, row, pixels) => {
    const palette = head[1][9] === 3 ? ([['PLTE', [1, 2, 3, 4, 5, 6]]] as const) : [];
    const file = fileOf([head, ...palette, ['tRNS', transparent], ['IDAT', zlibSync(Uint8Array.from([0, ...row]))], END]);
    expect([...readPng(file).pixels]).toEqual(pixels);
  });
  it('reads what is interlaced, from eight bits a sample on', () => {
    const image = { ...PICTURE, data: PICTURE.pixels, channels: 3 };
    expect(readPng(encode(image, { interlace: 'Adam7' }))).toEqual(PICTURE);
    expect(() => readPng(fileOf([header(2, 1, 4, 3, 1), END]))).toThrow(new RangeError('it is interlaced, which is read from 8 bits a sample on, and has 4'));
  });
  it.each([
    ['nothing', new Uint8Array(0), 'it is no PNG file'],
    ['another format', Uint8Array.from({ length: 99 }, () => 71), 'it is no PNG file'],
    ['a file that breaks off', pngOf(PICTURE).subarray(0, 45), 'its file is damaged'],
    ['too many pixels', fileOf([header(100_000, 100_000, 8, 2), END]), 'expected 1 to 4194304 pixels, got 100000 × 100000'],
    ['no pixel', fileOf([header(0, 5, 8, 2), ['IDAT', zlibSync(Uint8Array.of(0))], END]), 'expected 1 to 4194304 pixels, got 0 × 5'],
    ['a size that stands elsewhere', fileOf([['tEXt', header(2, 1, 8, 2)[1]], header(65_536, 4096, 8, 2), END]), 'it does not begin with its size'],
    ['a size with more behind it', fileOf([['IHDR', [...header(2, 1, 8, 2)[1], 0]], END]), 'it does not begin with its size'],
    ['a second size', fileOf([header(2, 1, 8, 2), header(65_536, 4096, 8, 2), END]), 'it has a second IHDR'],
    ['colours that are made transparent twice', fileOf([header(2, 1, 8, 3), ['PLTE', [1, 2, 3]], ['tRNS', [0]], ['tRNS', [0]], END]), 'a second tRNS'],
    ['no palette', fileOf([header(1, 1, 8, 3), ['IDAT', zlibSync(new Uint8Array(2))], END]), 'it has no palette'],
    [
      'more than its size says',
      fileOf([header(2, 1, 8, 2), ['IDAT', zlibSync(new Uint8Array(50_000_000)).subarray(0, 50_000)], END]),
      'its file holds more than its size says',
    ],
  ])('refuses %s', (_, file, message) => {
    expect(() => readPng(file)).toThrow(new RegExp(message));
    expect(() => readPng(file)).toThrow(RangeError);
  });
  it('unpacks nothing of what no pixel is made of', () => {
    const damagedProfile = ['iCCP', [97, 0, 0, 1, 2, 3]] as const;
    const data = ['IDAT', zlibSync(Uint8Array.from([0, ...PICTURE.pixels]))] as const;
    expect(readPng(fileOf([header(2, 1, 8, 2), damagedProfile, data, END]))).toEqual(PICTURE);
  });
});
