import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileLine, lineSplitter } from './lineSplitter.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Lines of a file that comes in pieces of these lengths, then the rest. */
function split(file: Uint8Array, lengths: readonly number[] = [], maxBytes?: number): FileLine[] {
  const splitter = lineSplitter(maxBytes);
  const lines: FileLine[] = [];
  let from = 0;
  for (const length of [...lengths, file.length]) {
    lines.push(...splitter.push(file.subarray(from, from + length)));
    from += length;
  }
  return [...lines, ...splitter.end()];
}

const texts = (lines: readonly FileLine[]): (string | null)[] => lines.map(({ text }) => text);

describe('lineSplitter()', () => {
  it('gives lines with their numbers and places', () => {
    expect(split(bytes('ab\n\ncde\n'))).toEqual([
      { number: 1, start: 0, length: 2, text: 'ab' },
      { number: 2, start: 3, length: 0, text: '' },
      { number: 3, start: 4, length: 3, text: 'cde' },
    ]);
  });
  it('gives the last line without a newline, and nothing for an empty file', () => {
    expect(texts(split(bytes('a\nb')))).toEqual(['a', 'b']);
    expect(split(bytes(''))).toEqual([]);
  });
  it('takes "\\r\\n" for one end, also where a chunk ends between the two', () => {
    for (const cut of [1, 2, 3]) expect(texts(split(bytes('a\r\nb\r\n'), [cut]))).toEqual(['a', 'b']);
    expect(split(bytes('a\r\nb'))[1]).toEqual({ number: 2, start: 3, length: 1, text: 'b' });
    expect(texts(split(bytes('a\rb\n')))).toEqual(['a\rb']);
  });
  it('puts characters together that a chunk cuts', () => {
    const file = bytes('θ = 0.7 😀\nü');
    for (let cut = 0; cut <= file.length; cut++) expect(texts(split(file, [cut]))).toEqual(['θ = 0.7 😀', 'ü']);
  });
  it('keeps a byte-order mark, and reads bytes that are no UTF-8 as U+FFFD', () => {
    expect(texts(split(Uint8Array.from([0xef, 0xbb, 0xbf, 97, 10, 0xff, 98])))).toEqual(['\uFEFFa', '\uFFFDb']);
  });
  it('counts a line above the limit without holding it, and reads on', () => {
    const file = bytes('12345\n123456\n1234567\n12\n');
    expect(split(file, [3, 3, 3, 3], 5)).toEqual([
      { number: 1, start: 0, length: 5, text: '12345' },
      { number: 2, start: 6, length: 6, text: null },
      { number: 3, start: 13, length: 7, text: null },
      { number: 4, start: 21, length: 2, text: '12' },
    ]);
    expect(texts(split(bytes('12345\r\n123456\r\n'), [1, 1, 1], 5))).toEqual(['12345', null]);
  });
  it('gives what the whole text gives, wherever the chunks end', () => {
    const file = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '{"x":1}'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(file, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), (text, lengths) => {
        const expected = text.split(/\r?\n/);
        if (expected.at(-1) === '') expected.pop();
        const lines = split(bytes(text), lengths);
        expect(texts(lines)).toEqual(expected);
        for (const { start, length, text: line } of lines) expect(new TextDecoder().decode(bytes(text).subarray(start, start + length))).toBe(line);
      }),
    );
  });
});
