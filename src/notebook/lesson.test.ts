import { describe, expect, it } from 'vitest';
import { newCell } from './document/notebookDocument.ts';
import { parseNotebook, serializeNotebook } from './document/notebookFile.ts';
import { presetFile } from './lesson.ts';

const fileOf = (...sources: string[]): string =>
  serializeNotebook({ title: 't', theme: 'air', readOnly: false, cells: sources.map((source, i) => newCell(i + 1, 'js', source)) });

describe('presetFile(file, spec)', () => {
  it('sets the options of the first experiment that a form could edit, and nothing else', () => {
    const file = fileOf('[1, 2].map((seed) => train({ seed }))', 'const run = train({ seed: 1, updates: 150 })', 'train({})');
    const sources = parseNotebook(presetFile(file, { updates: '20', 'credit.rule': 'none' })).cells.map(({ source }) => source);
    expect(sources[0]).toBe('[1, 2].map((seed) => train({ seed }))');
    expect(sources[1]).toContain('updates: 20');
    expect(sources[1]).toMatch(/credit: \{ ?rule: ['"]none['"] ?\}/);
    expect(sources[2]).toBe('train({})');
  });
  it('leaves a notebook without one as it is', () => {
    const file = fileOf('1 + 1');
    expect(presetFile(file, { updates: '20' })).toBe(file);
  });
});
