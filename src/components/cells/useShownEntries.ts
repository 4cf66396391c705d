// The runs of a cell as they can be shown. What has no data yet leaves what was there before it in its place: the numbers of the same run
// before it was started anew, or, where a cell has one run, of the run before the edit.
import { useEffect, useMemo, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { shallow } from 'zustand/shallow';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { hasData, type RunEntry } from '../../notebook/runEntry.ts';
import { useActions, useNotebook } from '../useNotebook.ts';

export interface ShownEntry {
  readonly reference: RunReference;
  /** What is shown; null: nothing that could be. */
  readonly shown: RunEntry | null;
  /** ready: the run itself is shown · loading: it is being looked for · starting: its first update is coming · none: it was not made yet. */
  readonly status: 'ready' | 'loading' | 'starting' | 'none';
}

/** `runs` are those that are shown: the very same list while they are the same. */
export function useShownEntries(references: readonly RunReference[]): { readonly entries: readonly ShownEntry[]; readonly runs: readonly RunEntry[] } {
  const actions = useActions();
  useEffect(() => {
    for (const reference of references) void actions.show(reference);
  }, [actions, references]);
  const entries = useNotebook(useShallow(({ runs }) => references.map(({ key }) => runs[key])));
  const before = useRef<readonly (RunEntry | null)[]>([]);
  const alone = references.length === 1 && before.current.length === 1 ? before.current[0] : null;
  const now = references.map(({ key }, i) => {
    const entry = entries[i];
    return entry && hasData(entry) ? entry : (before.current.find((each) => each?.key === key) ?? alone ?? null);
  });
  const shown = shallow(before.current, now) ? before.current : now;
  useEffect(() => {
    before.current = shown;
  });
  return {
    entries: references.map((reference, i) => ({ reference, shown: shown[i] ?? null, status: statusOf(entries[i]) })),
    runs: useMemo(() => shown.filter((each) => each !== null), [shown]),
  };
}

function statusOf(entry: RunEntry | undefined): ShownEntry['status'] {
  if (entry && hasData(entry)) return 'ready';
  if (!entry || entry.loading) return 'loading';
  return entry.source === 'live' && entry.state.error === null ? 'starting' : 'none';
}
