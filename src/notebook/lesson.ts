// A notebook as a lesson's link sets it up: the first experiment has the link's options.

import { trainConfig } from '../train/config.ts';
import { findTrainLiterals } from './cells/trainLiteral.ts';
import { withTrainSpec } from './cells/trainOptionEdit.ts';
import type { NotebookLink } from './document/link.ts';
import { specOf } from './document/linkValues.ts';
import { parseNotebook, serializeNotebook } from './document/notebookFile.ts';

/** The file with these options in its first `train({…})` that a form could edit; as it was if there is none. */
export function presetFile(file: string, spec: NotebookLink['spec']): string {
  const document = parseNotebook(file);
  for (const cell of document.cells.filter(({ mode }) => mode === 'js')) {
    const index = findTrainLiterals(cell.source).findIndex(({ kind }) => kind === 'editable');
    const literal = findTrainLiterals(cell.source)[index];
    if (literal?.kind !== 'editable') continue;
    const source = withTrainSpec(cell.source, index, specOf(spec, trainConfig(literal.spec)));
    return serializeNotebook({ ...document, cells: document.cells.map((each) => (each === cell ? { ...cell, source } : each)) });
  }
  return file;
}
