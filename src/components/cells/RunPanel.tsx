// One run for a view. While the run of an edited cell is not made yet, the one before it stays, marked as stale.
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import type { RunReference, ViewSelection } from '../../notebook/cells/cellValue.ts';
import type { LinkTarget } from '../../notebook/rollouts/links.ts';
import { hasData } from '../../notebook/runEntry.ts';
import type { RunState } from '../../notebook/runs.ts';
import { NO_SELECTION, type Selection } from '../../notebook/selection.ts';
import type { WhatIf } from '../../notebook/whatIf.ts';
import type { LoadPictures } from '../panelProps.ts';
import { useLoadPictures } from '../trajectory/useLoadPictures.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { NotRunYet } from './NotRunYet.tsx';

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
  /** What is looked at first. */
  readonly first?: ViewSelection;
  readonly children: (view: RunView) => ReactNode;
}

export function RunPanel({ cell, reference, first, children }: RunPanelProps) {
  const actions = useActions();
  const lastShown = useRef(reference.key);
  const fresh = useNotebook(({ runs }) => runs[reference.key]);
  const ready = fresh !== undefined && hasData(fresh);
  if (ready) lastShown.current = reference.key;
  const key = lastShown.current;
  const entry = useNotebook(({ runs }) => runs[key]);
  const selection = useNotebook(({ selections }) => selections[key] ?? NO_SELECTION);
  const whatIf = useNotebook(({ whatIfs }) => whatIfs[key] ?? null);
  useEffect(() => void actions.show(reference), [actions, reference]);
  useEffect(() => {
    if (first && Object.keys(first).length > 0) actions.select(reference.key, { group: 0, step: null, update: null, ...first });
  }, [actions, reference.key, first]);
  const onSelect = useCallback((change: Partial<Selection>) => actions.select(key, change), [actions, key]);
  const linked = useNotebook((state) => state.linked);
  const onLink = useCallback((target: LinkTarget) => void actions.copyLink({ cell, ...target }), [actions, cell]);
  const onWhatIf = useCallback((change: WhatIf | null) => actions.tryCredit(key, change), [actions, key]);
  const loadPictures = useLoadPictures();
  const stale = key !== reference.key;
  return (
    <div className={stale ? 'stale' : undefined}>
      {stale && (
        <p className="note warn" role="status">
          <b>Stale:</b> these are the numbers of the setting before the edit.
        </p>
      )}
      {entry && hasData(entry) && children({ run: entry.state, selection, onSelect, loadPictures, linked, onLink, whatIf, onWhatIf })}
      {!ready && (!fresh || fresh.loading ? <p className="loading view-coming">Loading the run…</p> : <NotRunYet runs={[reference]} />)}
    </div>
  );
}
