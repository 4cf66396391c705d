// One run for a view.
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import type { RunReference, ViewSelection } from '../../notebook/cells/cellValue.ts';
import type { LinkTarget } from '../../notebook/rollouts/links.ts';
import type { RunState } from '../../notebook/runs.ts';
import { isUntouched, NO_SELECTION, type Selection } from '../../notebook/selection.ts';
import type { WhatIf } from '../../notebook/whatIf.ts';
import type { LoadPictures } from '../panelProps.ts';
import { useLoadPictures } from '../trajectory/useLoadPictures.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { RunNotes } from './RunNotes.tsx';
import { useShownEntries } from './useShownEntries.ts';

/** What every view of one run takes. */
export interface RunView {
  readonly run: RunState;
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
  readonly loadPictures: LoadPictures;
  /** Where a link led to. */
  readonly linked: LinkTarget | null;
  readonly onLink: (target: LinkTarget) => void;
  readonly whatIf: WhatIf | null;
  readonly onWhatIf: (whatIf: WhatIf | null) => void;
}

interface RunPanelProps {
  /** The cell that it stands in. */
  readonly cell: number;
  readonly reference: RunReference;
  /** What is looked at first, until somebody chooses something else. */
  readonly first?: ViewSelection;
  readonly children: (view: RunView) => ReactNode;
}

export function RunPanel({ cell, reference, first = {}, children }: RunPanelProps) {
  const actions = useActions();
  const { entries, runs } = useShownEntries(useMemo(() => [reference], [reference]));
  const [shown] = runs;
  const key = shown?.key ?? reference.key;
  const selection = useNotebook(({ selections }) => selections[key] ?? NO_SELECTION);
  const whatIf = useNotebook(({ whatIfs }) => whatIfs[key] ?? null);
  const untouched = useNotebook(({ selections }) => isUntouched(selections[reference.key]));
  const written = JSON.stringify(first);
  const applied = useRef<string | null>(null);
  useEffect(() => {
    if (applied.current === written) return;
    const edited = applied.current !== null;
    applied.current = written;
    if (written !== '{}' && (edited || untouched)) actions.select(reference.key, { ...NO_SELECTION, ...JSON.parse(written) });
  }, [actions, reference.key, written, untouched]);
  const onSelect = useCallback((change: Partial<Selection>) => actions.select(key, change), [actions, key]);
  const linked = useNotebook((state) => state.linked);
  const onLink = useCallback((target: LinkTarget) => void actions.copyLink({ cell, ...target }), [actions, cell]);
  const onWhatIf = useCallback((change: WhatIf | null) => actions.tryCredit(key, change), [actions, key]);
  const loadPictures = useLoadPictures();
  return <RunNotes entries={entries}>{shown && children({ run: shown.state, selection, onSelect, loadPictures, linked, onLink, whatIf, onWhatIf })}</RunNotes>;
}
