// Notebooks for properties: sources, titles and attributes made of what breaks parsers.
import fc from 'fast-check';
import { CELL_MODES, type Cell, type NotebookDocument } from '../notebookDocument.ts';

const FRAGMENTS = [
  ...['</script>', '</SCRIPT\t>', '<\\/script>', '<\\\\/script\n', '</script', '<script>', '<script ', '<script id="7" type="module">', '</script\u00a0'],
  ...['<!--', '-->', '<!-->', '--', '</notebook>', '<notebook>', '<title>', '</title>', '<', '>', '&', '&amp;', '&#10;', '&nbsp;', '"', "'", '`', '=', '\\'],
  ...['\n', '\r\n', '\r', '\n\n', ' ', '    ', '\t', '\f', '\v', '\0', '\u00a0', '\u2028', '\ufeff', 'é', '日本', '😀', 'İ', '$1', 'x', 'const a = 1;'],
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const attributes = fc.record(
  { output: hostileText, database: hostileText, format: fc.constantFrom('json', 'svg', 'text', 'nonsense', '') },
  { requiredKeys: [] },
) as fc.Arbitrary<Readonly<Record<string, string>>>;

export const cellOf = (id: fc.Arbitrary<number>): fc.Arbitrary<Cell> =>
  fc.record({ id, mode: fc.constantFrom(...CELL_MODES), source: hostileText, pinned: fc.boolean(), hidden: fc.boolean(), attributes });

/** Ids may be bad and used twice, titles and attributes may hold anything. */
export const hostileNotebook: fc.Arbitrary<NotebookDocument> = fc.record({
  title: hostileText,
  theme: fc.oneof(fc.constantFrom('air', 'ink', ' Deep-Space ', 'light-dark(air,ink)', 'light-dark(air,  ink)', ''), hostileText),
  readOnly: fc.boolean(),
  cells: fc.array(cellOf(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.constantFrom(0, -1, 1.5, 2 ** 60, Number.NaN))), {
    maxLength: 6,
  }),
});
