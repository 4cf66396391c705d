// A notebook as its file can keep it: what a person may set and the format cannot hold is brought into form here, as Notebook Kit does it.
import { type Cell, EMPTY_NOTEBOOK, isInterpreter, type NotebookDocument } from './notebookDocument.ts';
import { keptSource } from './scriptText.ts';

/** The document that comes back from a file: `parseNotebook(serializeNotebook(document))`. */
export function keptDocument({ title, theme, readOnly, cells }: NotebookDocument): NotebookDocument {
  const ids = renumber(cells.map(({ id }) => id));
  return {
    title: keptText(title),
    theme: keptTheme(theme),
    readOnly,
    cells: cells.map((cell, i) => ({ ...keptCell(cell), id: ids[i] as number })),
  };
}

/** A cell as its file can keep it. */
export function keptCell({ id, mode, source, pinned, hidden, attributes }: Cell): Cell {
  return { id, mode, source: keptSource(source), pinned, hidden, attributes: keptAttributes(mode, attributes) };
}

/**
 * Ids made positive, whole and different: a bad one, or one that an earlier cell has, becomes one more than the greatest before it.
 * Differs from Notebook Kit above 2⁵², where one more may be the same number.
 */
export function renumber(ids: readonly number[]): readonly number[] {
  const taken = new Set<number>();
  let greatest = 0;
  return ids.map((given) => {
    const whole = Math.floor(given);
    const id = whole > 0 && whole <= 2 ** 52 && !taken.has(whole) ? whole : greatest + 1;
    greatest = Math.max(greatest, id);
    taken.add(id);
    return id;
  });
}

/** Lower case, one form for a pair; Notebook Kit's default where a file names none. */
export function keptTheme(theme: string = EMPTY_NOTEBOOK.theme): string {
  const name = keptText(theme).trim().toLowerCase();
  return name.replace(/^light-dark\(([\w-]+),\s*([\w-]+)\)$/, 'light-dark($1, $2)');
}

/** Line ends are LF, NUL is U+FFFD. */
export function keptText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}

/** Formats of Notebook Kit. Its reader forgets svg and xml, which its types allow; we keep them. */
const FORMATS: ReadonlySet<string> = new Set('text blob buffer json csv tsv jpeg gif webp png arrow parquet html svg xml'.split(' '));

/** The attributes that a cell of this mode can have, in the order in which they are written. An sql cell has a database, an interpreter's a format. */
function keptAttributes(mode: Cell['mode'], given: Cell['attributes']): Cell['attributes'] {
  const { output, database, format, since } = given;
  const kept = {
    ...(mode === 'sql' ? { database: database || 'var:db' } : {}),
    ...(output ? { output } : {}),
    ...(isInterpreter(mode) ? { format: format && FORMATS.has(format) ? format : 'buffer' } : {}),
    ...(since && (mode === 'sql' || isInterpreter(mode)) ? { since } : {}),
  };
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, keptText(value)]));
}
