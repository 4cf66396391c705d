// The page on notebooks holds what the code does: its example is a file, its tables name every type, attribute and parameter.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMPTY_LINK, readLink, WHAT_IF_NAMES, writeLink } from '../src/notebook/document/link.ts';
import { CELL_MODES, typeOfMode } from '../src/notebook/document/notebookDocument.ts';
import { parseNotebook, serializeNotebook } from '../src/notebook/document/notebookFile.ts';

const page = readFileSync(new URL('notebooks.md', import.meta.url), 'utf8');

describe('notebooks.md', () => {
  it('has an example that is saved as it is', () => {
    const [, example = ''] = /```html\n(.*?)```/s.exec(page) ?? [];
    expect(parseNotebook(example).cells.map(({ id, mode }) => [id, mode])).toEqual([
      [1, 'md'],
      [4, 'js'],
    ]);
    expect(serializeNotebook(parseNotebook(example))).toBe(example);
  });
  it('is right of the notebooks that ship: each is listed, and saved as it is', () => {
    const folder = new URL('../public/notebooks/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.html'));
    const listed = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as { readonly name: string; readonly title: string }[];
    expect(listed.map(({ name }) => `${name}.html`).toSorted()).toEqual(files.toSorted());
    for (const { name, title } of listed) {
      const text = readFileSync(new URL(`${name}.html`, folder), 'utf8');
      expect(serializeNotebook(parseNotebook(text)), name).toBe(text);
      expect(parseNotebook(text).title, name).toBe(title);
    }
  });
  it('names every type of cell', () => {
    for (const mode of CELL_MODES) expect(page).toContain(`\`${typeOfMode(mode)}\` (${mode})`);
  });
  it('names every parameter of a link, with examples that can be read', () => {
    const [, ...rows] = (page.split('## Links')[1]?.match(/^\|.*\|$/gm) ?? []).filter((row) => !row.includes('---'));
    const names = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const whatIf = Object.fromEntries(WHAT_IF_NAMES.map((name) => [name, '1']));
    const full = {
      ...EMPTY_LINK,
      notebook: '',
      inline: '',
      cell: 1,
      update: 1,
      group: 1,
      step: [1, 1] as const,
      token: 1,
      spec: { seed: '1' },
      hide: ['a'],
      lock: ['a'],
    };
    const written = writeLink({ ...full, whatIf, room: true, theme: 'dark' });
    const known = written
      .slice(1)
      .split('&')
      .map((parameter) => parameter.split('=')[0]);
    expect(names.toSorted()).toEqual([...known, 'set'].toSorted());
    for (const row of rows) {
      const [, example = ''] = /`([^`]*)`/.exec(row.split('|')[2] ?? '') ?? [];
      if (!example.startsWith('n=')) expect(readLink(example).problems, example).toEqual([]);
    }
  });
});
