// The table of symbols is true, each code name stands in the file named, and complete for what the library's pages speak of.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const below = (folder: string): string[] => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));

const rows = read('docs/notation.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, symbol = '', code = '', , where = '']) => ({ symbol, code, where: where.replaceAll('`', '') }));

/** "θ, α_min" is two symbols, "sim(O, C)" one. */
const partsOf = (cell: string): string[] => cell.split(/, (?![^(]*\))/);
const symbols = rows.flatMap(({ symbol }) => partsOf(symbol));
const withoutIndices = (symbol: string): string => symbol.replace(/[ᵢₜⁱᴱˢ]+$/u, '').normalize('NFC');

/** Text of a file of src/, or of all source files of a folder. */
function sourceOf(where: string): string {
  const file = path.join('src', where);
  if (!statSync(path.join(root, file)).isDirectory()) return read(file);
  return below(file)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(read)
    .join('\n');
}

describe('docs/notation.md', () => {
  it.each(rows)('$symbol is $code in $where', ({ symbol, code, where }) => {
    const source = sourceOf(where);
    const names = [...code.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
    for (const name of names.length > 0 ? names : [symbol]) expect(new RegExp(`(?<!\\w)${name}(?!\\w)`).test(source), name).toBe(true);
  });

  it('lists every symbol once', () => {
    expect(symbols.filter((symbol, i) => symbols.indexOf(symbol) !== i)).toEqual([]);
  });

  const known = new Set([...symbols.map(withoutIndices), 'R', 'min(0,·)']); // R without an index: of any rollout
  const pages = below('docs/api').filter((name) => name.endsWith('.md'));
  it.each(pages)('has the symbols of %s', (page) => {
    const text = read(page);
    const greek = text.match(/(?!Σ)\p{Script=Greek}(?:_[a-zA-Z]+)?/gu) ?? []; // Σ is a sum
    const indexed = text.match(/\p{L}\p{M}?[ᵢₜⁱᴱˢ]+/gu) ?? [];
    const inTables = [...text.matchAll(/^\| paper .*\n\|.*\n((?:\|.*\n)+)/gm)].flatMap(([, body = '']) =>
      body
        .trimEnd()
        .split('\n')
        .flatMap((line) => partsOf((line.split('|')[1] as string).trim())),
    );
    expect([...greek, ...indexed, ...inTables].map(withoutIndices).filter((symbol) => !known.has(symbol))).toEqual([]);
  });
});
