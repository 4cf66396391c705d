// Several runs for a view: those with data are handed over, those without are named.
import { type ReactNode, useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { hasData } from '../../notebook/runEntry.ts';
import { NO_SELECTION, type Selection } from '../../notebook/selection.ts';
import type { ShownRun } from '../../notebook/shownRun.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { NotRunYet } from './NotRunYet.tsx';

interface RunsView {
  readonly runs: readonly ShownRun[];
  /** Of the first run. */
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
  readonly toolFree: number | undefined;
}

interface RunsPanelProps {
  readonly runs: readonly RunReference[];
  readonly children: (view: RunsView) => ReactNode;
}

export function RunsPanel({ runs: references, children }: RunsPanelProps) {
  const actions = useActions();
  useEffect(() => {
    for (const reference of references) void actions.show(reference);
  }, [actions, references]);
  const entries = useNotebook(useShallow(({ runs }) => references.map(({ key }) => runs[key])));
  const runs = useMemo(
    () => entries.flatMap((entry) => (entry && hasData(entry) ? [{ key: entry.key, name: entry.name, state: entry.state }] : [])),
    [entries],
  );
  const first = runs[0]?.key ?? references[0]?.key ?? '';
  const selection = useNotebook(({ selections }) => selections[first] ?? NO_SELECTION);
  const toolFree = useNotebook((state) => state.toolFree[runs[0]?.state.config?.preset ?? 'grid']);
  const coming = entries.some((entry) => !entry || entry.loading);
  const missing = references.filter((_, i) => entries[i] && !entries[i].loading && !hasData(entries[i]));
  return (
    <>
      {runs.length > 0 && children({ runs, selection, onSelect: (change) => actions.select(first, change), toolFree })}
      {runs.length === 0 && coming && <p className="loading view-coming">Loading the run…</p>}
      {missing.length > 0 && <NotRunYet runs={missing} />}
    </>
  );
}
