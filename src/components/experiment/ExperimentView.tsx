// The experiment that a cell describes: the state of its runs, and the form that edits the cell's `train({...})`.
import { lazy, Suspense, useEffect, useState } from 'react';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { findTrainLiterals } from '../../notebook/cells/trainLiteral.ts';
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { useLesson } from '../useLesson.ts';
import { useActions } from '../useNotebook.ts';
import { RunLine } from './RunLine.tsx';

const ExperimentEditor = lazy(() => import('./ExperimentEditor.tsx'));

export default function ExperimentView({ cell, runs }: { readonly cell: Cell; readonly runs: readonly RunReference[] }) {
  const actions = useActions();
  useEffect(() => {
    for (const reference of runs) void actions.show(reference);
  }, [actions, runs]);
  const lesson = useLesson('form');
  const [open, setOpen] = useState(false);
  const literals = findTrainLiterals(cell.source);
  const literal = literals.length === 1 ? literals[0] : undefined;
  const only = runs.length === 1 ? runs[0] : undefined;
  return (
    <div className="experiment">
      <ul className="run-lines">
        {runs.map((reference) => (
          <RunLine key={reference.key} reference={reference} named={runs.length > 1} />
        ))}
      </ul>
      {lesson === 'hidden' ? null : only && literal?.kind === 'editable' ? (
        <details className="experiment-form" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>Change the experiment</summary>
          {open && (
            <Suspense fallback={<p className="loading">Loading the form…</p>}>
              <ExperimentEditor cell={cell} reference={only} locked={lesson === 'locked'} />
            </Suspense>
          )}
        </details>
      ) : (
        literal?.kind === 'fixed' && <p className="hint">The form is off: {literal.why}. The code says what runs.</p>
      )}
    </div>
  );
}
