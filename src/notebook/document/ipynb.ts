// A notebook as a Jupyter notebook (nbformat 4.5): for reading elsewhere. There is no way back; the file of notebookFile.ts is the source.
import { type Cell, type NotebookDocument, typeOfMode } from './notebookDocument.ts';

/**
 * The text of an .ipynb file: Markdown cells stay Markdown, js cells are code for a JavaScript kernel, all others raw, with their media type.
 * `outputs` holds Markdown by cell id: what a code cell shows.
 */
export function toIpynb(document: NotebookDocument, outputs: Readonly<Record<number, string>> = {}): string {
  const notebook = {
    cells: document.cells.map((cell) => cellOf(cell, outputs[cell.id])),
    metadata: {
      kernelspec: { display_name: 'JavaScript', language: 'javascript', name: 'javascript' },
      language_info: { file_extension: '.js', mimetype: 'text/javascript', name: 'javascript' },
      title: document.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`; // one space, as Jupyter writes it
}

function cellOf({ id, mode, source, pinned, hidden }: Cell, output: string | undefined): object {
  const shared = { id: `cell-${id}`, source: linesOf(source) };
  if (mode === 'md') return { cell_type: 'markdown', ...shared, metadata: {} };
  if (mode !== 'js') return { cell_type: 'raw', ...shared, metadata: { format: typeOfMode(mode) } };
  const jupyter = { ...(pinned ? {} : { source_hidden: true }), ...(hidden ? { outputs_hidden: true } : {}) };
  const outputs = output === undefined ? [] : [{ data: { 'text/markdown': linesOf(output) }, metadata: {}, output_type: 'display_data' }];
  return { cell_type: 'code', execution_count: null, ...shared, metadata: Object.keys(jupyter).length > 0 ? { jupyter } : {}, outputs };
}

/** Lines with their ends, as nbformat keeps a text. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
