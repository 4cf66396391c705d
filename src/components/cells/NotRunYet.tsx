// Runs that a view would show and that were not made yet.
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { useActions, useNotebook } from '../useNotebook.ts';

export function NotRunYet({ runs }: { readonly runs: readonly RunReference[] }) {
  const actions = useActions();
  const preparing = useNotebook((state) => state.preparing !== null);
  const first = runs[0];
  if (!first) return null;
  return (
    <div className="not-run card">
      <p>
        {runs.length === 1 ? 'This run was not made yet:' : `${runs.length} runs were not made yet, the first:`} <code>npx tapo train {first.key}</code>
      </p>
      <button type="button" disabled={preparing} onClick={() => void actions.run(first)}>
        ▶ Run it here
      </button>
    </div>
  );
}
