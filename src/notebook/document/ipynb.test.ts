import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { toIpynb } from './ipynb.ts';
import { keptDocument } from './keptDocument.ts';
import { newCell } from './notebookDocument.ts';
import { hostileNotebook } from './testing/arbitraryNotebook.ts';

// What nbformat.v4.5.schema.json asks of the cells that are written here; it refuses unknown properties too.
const shared = { id: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9-_]{1,64}$/)), source: v.array(v.string()) };
const output = v.strictObject({ output_type: v.literal('display_data'), data: v.record(v.string(), v.array(v.string())), metadata: v.strictObject({}) });
const metadata = v.strictObject({ jupyter: v.optional(v.strictObject({ source_hidden: v.optional(v.boolean()), outputs_hidden: v.optional(v.boolean()) })) });
const schema = v.strictObject({
  nbformat: v.literal(4),
  nbformat_minor: v.literal(5),
  metadata: v.strictObject({
    kernelspec: v.object({ name: v.string(), display_name: v.string() }),
    language_info: v.object({ name: v.string() }),
    title: v.string(),
  }),
  cells: v.array(
    v.variant('cell_type', [
      v.strictObject({ cell_type: v.literal('markdown'), ...shared, metadata: v.strictObject({}) }),
      v.strictObject({ cell_type: v.literal('code'), ...shared, metadata, execution_count: v.null(), outputs: v.array(output) }),
      v.strictObject({ cell_type: v.literal('raw'), ...shared, metadata: v.strictObject({ format: v.string() }) }),
    ]),
  ),
});

describe('toIpynb(document, outputs)', () => {
  it('has Markdown, code with its output, and all else raw', () => {
    const cells = [newCell(1, 'md', '# A\n\nb'), { ...newCell(12, 'js', 'train({})\n'), pinned: false }, newCell(3, 'sql', '')];
    const text = toIpynb({ title: 'T', theme: 'air', readOnly: false, cells }, { 12: '| a |\n| - |' });
    expect(JSON.parse(text)).toEqual({
      cells: [
        { cell_type: 'markdown', id: 'cell-1', metadata: {}, source: ['# A\n', '\n', 'b'] },
        {
          cell_type: 'code',
          execution_count: null,
          id: 'cell-12',
          metadata: { jupyter: { source_hidden: true } },
          outputs: [{ data: { 'text/markdown': ['| a |\n', '| - |'] }, metadata: {}, output_type: 'display_data' }],
          source: ['train({})\n'],
        },
        { cell_type: 'raw', id: 'cell-3', metadata: { format: 'application/sql' }, source: [] },
      ],
      metadata: {
        kernelspec: { display_name: 'JavaScript', language: 'javascript', name: 'javascript' },
        language_info: { file_extension: '.js', mimetype: 'text/javascript', name: 'javascript' },
        title: 'T',
      },
      nbformat: 4,
      nbformat_minor: 5,
    });
    expect(text.endsWith('}\n')).toBe(true);
  });
  it('of any notebook is one that Jupyter takes, with every source whole', () => {
    fc.assert(
      fc.property(hostileNotebook.map(keptDocument), (document) => {
        const { cells } = v.parse(schema, JSON.parse(toIpynb(document)));
        expect(cells.map(({ source }) => source.join(''))).toEqual(document.cells.map(({ source }) => source));
        expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
      }),
    );
  });
});
