// What is to be said of the runs of a view: which are stale, coming, or were not made yet.
import type { ReactNode } from 'react';
import { NotRunYet } from './NotRunYet.tsx';
import type { ShownEntry } from './useShownEntries.ts';

export function RunNotes({ entries, children }: { readonly entries: readonly ShownEntry[]; readonly children: ReactNode }) {
  const stale = entries.filter(({ shown, status }) => shown && status !== 'ready' && status !== 'loading');
  const edited = stale.some(({ reference, shown }) => shown?.key !== reference.key);
  const missing = entries.filter(({ status }) => status === 'none').map(({ reference }) => reference);
  const without = (status: ShownEntry['status']): boolean => entries.every((entry) => !entry.shown) && entries.some((entry) => entry.status === status);
  return (
    <div className={stale.length > 0 ? 'stale' : undefined}>
      {stale.length > 0 && (
        <p className="note warn" role="status">
          <b>Stale:</b>{' '}
          {edited
            ? 'these are the numbers of the setting before the edit.'
            : 'the run starts anew; until its first update is there, these are the numbers from before.'}
        </p>
      )}
      {children}
      {without('loading') && <p className="loading view-coming">Loading the run…</p>}
      {without('starting') && <p className="loading view-coming">The first update is coming…</p>}
      {missing.length > 0 && <NotRunYet runs={missing} />}
    </div>
  );
}
