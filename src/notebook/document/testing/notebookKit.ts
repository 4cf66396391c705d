// Notebook Kit itself, for tests: what it writes and reads, with the DOM that its own command line uses.
import { createRequire } from 'node:module';
import { deserialize, serialize } from '../../../../node_modules/@observablehq/notebook-kit/dist/src/lib/serialize.js';
import type { NotebookDocument } from '../notebookDocument.ts';

const require = createRequire(new URL('../../../../node_modules/@observablehq/notebook-kit/package.json', import.meta.url));
const { JSDOM } = require('jsdom') as { readonly JSDOM: new (html: string) => { readonly window: Window & typeof globalThis } };
const { window } = new JSDOM('');
const parser = new window.DOMParser();

type KitNotebook = ReturnType<typeof deserialize>;

export function kitSerialize({ title, theme, readOnly, cells }: NotebookDocument): string {
  const notebook = { title, theme, readOnly, cells: cells.map(({ source: value, attributes, ...cell }) => ({ ...attributes, ...cell, value })) };
  return serialize(notebook as KitNotebook, { document: window.document });
}

export function kitDeserialize(text: string): NotebookDocument {
  const { title, theme, readOnly, cells } = deserialize(text, { parser });
  return {
    title,
    theme: typeof theme === 'string' ? theme : `light-dark(${theme.light}, ${theme.dark})`,
    readOnly,
    cells: cells.map(({ id, mode, value: source, pinned, hidden, output, database, format }) => {
      const attributes = Object.entries({ database, output, format }).filter((entry): entry is [string, NonNullable<typeof format>] => entry[1] !== undefined);
      return { id, mode, source, pinned, hidden, attributes: Object.fromEntries(attributes) };
    }),
  };
}
