// The experiment that a cell describes: its form, which edits the cell's `train({...})`, and the state of its runs.
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { findTrainLiterals } from '../../notebook/cells/trainLiteral.ts';
import { withTrainOption, withTrainSpec } from '../../notebook/cells/trainOptionEdit.ts';
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { trainConfig } from '../../train/config.ts';
import { useLesson } from '../useLesson.ts';
import { useActions } from '../useNotebook.ts';
import { type Experiment, ExperimentContext } from './experimentContext.ts';
import { RunLine } from './RunLine.tsx';

const AllOptions = lazy(() => import('./AllOptions.tsx').then(({ AllOptions }) => ({ default: AllOptions })));
const ExperimentForm = lazy(() => import('./ExperimentForm.tsx').then(({ ExperimentForm }) => ({ default: ExperimentForm })));

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
  const experiment = useMemo(
    (): Experiment | null =>
      only && literal?.kind === 'editable'
        ? {
            spec: trainConfig(only.spec),
            choose: (path, value) => actions.edit(cell.id, withTrainOption(cell.source, 0, path, value)),
            fill: (spec) => actions.edit(cell.id, withTrainSpec(cell.source, 0, spec)),
          }
        : null,
    [actions, cell, only, literal?.kind],
  );
  return (
    <div className="experiment">
      <ul className="run-lines">
        {runs.map((reference) => (
          <RunLine key={reference.key} reference={reference} named={runs.length > 1} />
        ))}
      </ul>
      {lesson === 'hidden' ? null : experiment ? (
        <ExperimentContext value={experiment}>
          <details className="experiment-form" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
            <summary>Change the experiment</summary>
            {open && (
              <Suspense fallback={<p className="loading">Loading the form…</p>}>
                <fieldset className="plain" disabled={lesson === 'locked'}>
                  <ExperimentForm />
                  <AllOptions />
                </fieldset>
              </Suspense>
            )}
          </details>
        </ExperimentContext>
      ) : (
        literal?.kind === 'fixed' && <p className="hint">The form is off: {literal.why}. The code says what runs.</p>
      )}
    </div>
  );
}
