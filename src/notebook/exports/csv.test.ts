import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv.ts';

describe('writeCsv(columns, rows)', () => {
  it('quotes what holds a comma, a quote or a line break, and doubles quotes', () => {
    expect(writeCsv(['a', 'b,c'], [['x "y"', 'two\nlines']])).toBe('a,"b,c"\r\n"x ""y""","two\nlines"\r\n');
  });
  it('leaves undefined and null empty and writes other values as they are', () => {
    expect(writeCsv(['a'], [[undefined], [null], [0.1], [-0], [Number.NaN], [true]])).toBe('a\r\n\r\n\r\n0.1\r\n-0\r\nNaN\r\ntrue\r\n');
  });
  it('keeps a text from being taken for a formula; negative numbers stay numbers', () => {
    expect(writeCsv(['a', 'b'], [['=HYPERLINK(1)', -1]])).toBe("a,b\r\n'=HYPERLINK(1),-1\r\n");
  });
});
