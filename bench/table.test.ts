import { describe, expect, it } from 'vitest';
import { markdownTable, shown } from './table.ts';

describe('markdownTable({ columns, rows })', () => {
  it('aligns the first column to the left and the others to the right', () => {
    const rows = [
      ['a', 1.23456],
      ['long name', 1234.5],
    ];
    expect(markdownTable({ title: '', columns: ['what', 'µs'], rows })).toBe(
      ['| what      |   µs |', '| --------- | ---: |', '| a         | 1.23 |', '| long name | 1235 |'].join('\n'),
    );
  });
});

describe('shown(x)', () => {
  it('has three digits below 100 and none after the point from there on', () => {
    expect([0.012345, 9.999, 99.96, 100.4, 123456.7].map(shown)).toEqual(['0.0123', '10', '100', '100', '123457']);
  });
});
