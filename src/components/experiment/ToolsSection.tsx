// Who answers the tools of a run. Folded at first; what it needs is loaded when it is unfolded.
import { lazy, Suspense, useState } from 'react';
import { codesOf, transportsOf } from '../../train/config.ts';
import { useExperiment } from './experimentContext.ts';

const ToolsForm = lazy(() => import('./ToolsForm.tsx'));

export function ToolsSection() {
  const { spec } = useExperiment();
  const [open, setOpen] = useState(false);
  const codes = codesOf(spec.tools).map(({ name }) => name);
  const transports = transportsOf(spec.tools);
  return (
    <form className="card all-options" aria-label="Tools" onSubmit={(event) => event.preventDefault()}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <h2>Tools</h2> <span className="hint">{spec.tools.length === 0 ? 'the sandbox answers all of them' : [...codes, ...transports].join(', ')}</span>
        </summary>
        {open && codes.length > 0 && <p className="hint">Tools of cells go along with this run: the list stands in its code, and is changed there.</p>}
        {open && codes.length === 0 && (
          <Suspense fallback={<p className="loading">Loading the tools…</p>}>
            <ToolsForm />
          </Suspense>
        )}
      </details>
    </form>
  );
}
