// The README and every page under docs/ read as Markdown: closed code blocks, even tables, links that lead somewhere, formulas kept in lines.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const pages = ['../README.md', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))];

const textOf = (file: string): string => readFileSync(file, 'utf8');
const withoutCode = (text: string): string => text.replaceAll(/^```.*?^```$/gms, '');

/** Cells of a table's row: a bar parts them unless a backslash is before it, in code too. */
const cells = (row: string): number => row.replaceAll('\\|', '').split('|').length - 2;

/** Names that a link can lead to on a page, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const counts = new Map<string, number>();
  const headings = [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) => {
      const name = heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
        .replaceAll(' ', '-');
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return count === 0 ? name : `${name}-${count}`;
    }),
  );
}

describe.each(pages)('%s', (page) => {
  const file = path.join(folder, page);
  const text = textOf(file);

  it('closes its code blocks', () => {
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
  });

  it('has as many cells in every row as in the head of its table', () => {
    const tables = withoutCode(text).match(/(^\| .*\n?)+/gm) ?? [];
    for (const table of tables) {
      const [head = '', rule = '', ...rows] = table.trimEnd().split('\n');
      expect(rule).toMatch(/^\|( ?:?-+:? ?\|)+$/);
      for (const row of [rule, ...rows]) expect(cells(row), row).toBe(cells(head));
    }
  });

  it('links to what is there', () => {
    for (const [, target = '', anchor] of withoutCode(text).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)) {
      const linked = target === '' ? file : path.resolve(path.dirname(file), target);
      expect(existsSync(linked), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(textOf(linked)), `${target}#${anchor}`).toContain(anchor);
    }
  });
});

describe.each(pages.filter((page) => page.startsWith('api')))('%s', (page) => {
  it('has its formulas in code blocks: elsewhere Markdown would run their lines together', () => {
    expect(withoutCode(textOf(path.join(folder, page))).match(/^ {2,}\S.*$/gm) ?? []).toEqual([]);
  });
});
