// The file of a notebook: Notebook Kit 2.1.8's HTML, one <script> a cell. Read and written without a DOM; equal files for equal notebooks,
// and serializeNotebook(parseNotebook(text)) is `text` for every file that Notebook Kit or this page wrote (docs/notebooks.md).
import { type HtmlToken, htmlTokens } from './htmlTokens.ts';
import { keptCell, keptDocument, keptText } from './keptDocument.ts';
import { type Cell, EMPTY_NOTEBOOK, modeOfType, type NotebookDocument, typeOfMode } from './notebookDocument.ts';
import { readScriptText, writeScriptText } from './scriptText.ts';

/** The largest notebook that is opened: bytes of its file, and cells. */
export const NOTEBOOK_LIMITS = { bytes: 1_000_000, cells: 10_000 } as const;

/** A text that is no notebook, or a larger one than is opened. */
export class NotebookFileError extends Error {
  override readonly name = 'NotebookFileError';
}

/**
 * The notebook in a file. Ids that are missing, bad or used twice are given anew, and what no Notebook Kit file can hold is brought into
 * form, as Notebook Kit does it. Throws NotebookFileError on a text that is no notebook, whose notebook has text but no cells, or that is
 * beyond the limits.
 */
export function parseNotebook(text: string): NotebookDocument {
  const bytes = byteLength(text);
  if (bytes > NOTEBOOK_LIMITS.bytes) throw new NotebookFileError(tooManyBytes(bytes));

  let title: string | null = null;
  let notebook: Attributes | null = null;
  let depth = 0;
  let stray: string | null = null; // the first thing in the notebook that is no cell
  const cells: Cell[] = [];

  for (const token of htmlTokens(keptText(text))) {
    const name = token.kind === 'text' ? null : token.name;
    if (name === 'title') title ??= token.kind === 'open' ? token.text : null;
    else if (name === 'notebook') {
      depth = Math.max(0, depth + (token.kind === 'open' ? 1 : -1));
      if (token.kind === 'open') notebook ??= token.attributes;
    } else if (depth > 0 && name === 'script' && token.kind === 'open') {
      if (cells.length === NOTEBOOK_LIMITS.cells) throw new NotebookFileError(TOO_MANY_CELLS);
      cells.push(cellOf(token.attributes, token.text ?? ''));
    } else if (depth > 0) stray ??= strayOf(token);
  }

  if (!notebook) throw new NotebookFileError(`expected a notebook: HTML with a <notebook> element, got ${excerpt(text)}`);
  if (cells.length === 0 && stray !== null)
    throw new NotebookFileError(`expected cells: <script> elements in <notebook>, got ${stray}; put prose into <script type="text/markdown">`);
  const { title: untitled, theme: defaultTheme } = EMPTY_NOTEBOOK;
  const document = keptDocument({ title: title ?? untitled, theme: notebook.get('theme') ?? defaultTheme, readOnly: notebook.has('readonly'), cells });
  const fault = fileFault(document);
  if (fault !== null) throw new NotebookFileError(fault);
  return document;
}

/** The file of a notebook, ending in a line end. What the format cannot keep is written as it will be read: see keptDocument.ts. */
export function serializeNotebook(document: NotebookDocument): string {
  const { title, theme, readOnly, cells } = keptDocument(document);
  const lines = [`<title>${escapeText(title)}</title>`, ...cells.map(writtenCell)];
  return `<!doctype html>\n<notebook${attribute('theme', theme)}${readOnly ? attribute('readonly', '') : ''}>\n  ${lines.join('\n  ')}\n</notebook>\n`;
}

/** Why this notebook's file would be beyond the limits, in words; null if it can be opened. Cheap after an edit: cells are measured once. */
export function fileFault(document: NotebookDocument): string | null {
  const { cells } = document;
  if (cells.length > NOTEBOOK_LIMITS.cells) return TOO_MANY_CELLS;
  const bytes = cells.reduce((sum, cell) => sum + cellBytes(cell), byteLength(serializeNotebook({ ...document, cells: [] })));
  return bytes > NOTEBOOK_LIMITS.bytes ? tooManyBytes(bytes) : null;
}

const MEASURED = new WeakMap<Cell, number>();

function cellBytes(cell: Cell): number {
  const bytes = MEASURED.get(cell) ?? byteLength(`\n  ${writtenCell(keptCell(cell))}`);
  MEASURED.set(cell, bytes);
  return bytes;
}

/** Bytes of a text as UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

const TOO_MANY_CELLS = `expected a notebook of at most ${NOTEBOOK_LIMITS.cells} cells, got more; split it`;

const tooManyBytes = (bytes: number): string =>
  `expected a notebook of at most ${NOTEBOOK_LIMITS.bytes} bytes, got ${bytes}; keep data in files of their own, or split the notebook`;

type Attributes = ReadonlyMap<string, string>;

const KEPT = ['database', 'output', 'format', 'since'] as const;

function cellOf(attributes: Attributes, text: string): Cell {
  return {
    id: Number(attributes.get('id') ?? ''),
    mode: modeOfType(attributes.get('type')),
    source: readScriptText(text),
    pinned: attributes.has('pinned'),
    hidden: attributes.has('hidden'),
    attributes: Object.fromEntries(KEPT.flatMap((name) => (attributes.has(name) ? [[name, attributes.get(name) as string]] : []))),
  };
}

function writtenCell({ id, mode, source, pinned, hidden, attributes }: Cell): string {
  const flags = `${pinned ? attribute('pinned', '') : ''}${hidden ? attribute('hidden', '') : ''}`;
  const others = Object.entries(attributes).map(([name, value]) => attribute(name, value));
  return `<script${attribute('id', String(id))}${attribute('type', typeOfMode(mode))}${flags}${others.join('')}>${writeScriptText(source)}</script>`;
}

function strayOf(token: HtmlToken): string | null {
  if (token.kind === 'open') return `<${token.name.slice(0, 40)}>`;
  return token.kind === 'text' && token.text.trim() !== '' ? excerpt(token.text) : null;
}

function excerpt(text: string): string {
  const start = text.trim().replace(/\s+/g, ' ').slice(0, 60);
  return start === '' ? 'an empty file' : `"${start}"`;
}

const attribute = (name: string, value: string): string => ` ${name}="${value.replace(/["&\u00A0]/g, (c) => REFERENCES[c] as string)}"`;

const escapeText = (text: string): string => text.replace(/[&<>\u00A0]/g, (c) => REFERENCES[c] as string);

/** As HTML serializes them: "<" and ">" are escaped in text alone. */
const REFERENCES: Readonly<Record<string, string>> = { '"': '&quot;', '&': '&amp;', '\u00A0': '&nbsp;', '<': '&lt;', '>': '&gt;' };
