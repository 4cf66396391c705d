// One cell of the document: its text or code, what it came to, and what can be done with it.
import { lazy, memo, Suspense } from 'react';
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { CellOutput } from './CellOutput.tsx';
import { CellTools } from './CellTools.tsx';
import { Nearby } from './Nearby.tsx';
import { TextCell } from './TextCell.tsx';

const Editor = lazy(() => import('./Editor.tsx'));

/** About how many lines a text takes in the column. */
function linesOf(source: string): number {
  return source.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / 85)), 0);
}

export const CellFrame = memo(function CellFrame({ cell, number }: { readonly cell: Cell; readonly number: number }) {
  const actions = useActions();
  const { id, mode, source, pinned } = cell;
  const result = useNotebook(({ results }) => results.get(id));
  const selected = useNotebook((state) => state.cell === id);
  const editing = useNotebook((state) => state.editing === id);
  const text = mode === 'md';
  const wide = result?.kind === 'ok' && result.values.some(({ kind }) => kind === 'view');
  return (
    <section
      id={`cell-${id}`}
      className={['cell', mode, wide ? 'wide' : '', selected ? 'selected' : ''].filter(Boolean).join(' ')}
      aria-label={`Cell ${number}, ${text ? 'text' : 'code'}`}
      onFocusCapture={() => actions.selectCell(id)}
    >
      <CellTools cell={cell} number={number} />
      {editing ? (
        <Suspense fallback={<pre className="source">{source}</pre>}>
          <Editor
            source={source}
            mode={mode}
            label={`Source of cell ${number}`}
            onChange={(next) => actions.edit(id, next)}
            onLeave={() => actions.editCell(null)}
          />
        </Suspense>
      ) : (
        !text && pinned && <pre className="source">{source}</pre>
      )}
      {text ? (
        <Nearby height={linesOf(source)}>
          <TextCell source={source} result={result} />
        </Nearby>
      ) : (
        <CellOutput cell={cell} result={result} />
      )}
    </section>
  );
});
