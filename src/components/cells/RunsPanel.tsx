// Several runs for a view: those with data are handed over, those without are named.
import type { ReactNode } from 'react';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { NO_SELECTION, type Selection } from '../../notebook/selection.ts';
import type { ShownRun } from '../../notebook/shownRun.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { RunNotes } from './RunNotes.tsx';
import { useShownEntries } from './useShownEntries.ts';

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
  const { entries, runs } = useShownEntries(references);
  const first = runs[0]?.key ?? references[0]?.key ?? '';
  const selection = useNotebook(({ selections }) => selections[first] ?? NO_SELECTION);
  const toolFree = useNotebook((state) => state.toolFree[runs[0]?.state.config?.preset ?? 'grid']);
  return (
    <RunNotes entries={entries}>{runs.length > 0 && children({ runs, selection, onSelect: (change) => actions.select(first, change), toolFree })}</RunNotes>
  );
}
