import { describe, expect, it } from 'vitest';
import { newCell } from './notebookDocument.ts';
import { serializeNotebook } from './notebookFile.ts';
import { isReadableElsewhere } from './scriptText.ts';
import { kitDeserialize } from './testing/notebookKit.ts';

describe('isReadableElsewhere(source)', () => {
  it.each([
    ['plain', 'a', true],
    ['an end tag, which is escaped', '</script>', true],
    ['a comment', '<!-- a', true],
    ['a closed comment', '<!-- <script> --> <script>', true],
    ['an empty comment', '<!--><script>', true],
    ['a script in an open comment', '<!-- <script>', false],
    ['a script in an open comment, over lines', '<!--\n"<SCRIPT\n"', false],
    ['an end tag with a slash', '</script/', false],
    ['no script', '<!-- <scripts>', true],
  ])('tells whether Notebook Kit’s reader finds the next cell: %s', (_, source, readable) => {
    expect(isReadableElsewhere(source)).toBe(readable);
    const text = serializeNotebook({ title: '', theme: 'air', readOnly: false, cells: [newCell(1, 'js', source), newCell(2, 'js', 'next')] });
    const { cells } = kitDeserialize(text);
    expect(cells.length === 2 && cells[0]?.source === source && cells[1]?.source === 'next').toBe(readable);
  });
});
