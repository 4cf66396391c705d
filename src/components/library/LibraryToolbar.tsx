// Search, tags, and what can be done with the chosen runs.
import { type ChangeEvent, useId, useRef } from 'react';
import type { LibraryQuery, RecordOrder } from '../../notebook/runLibrary/shownRecords.ts';

/** Where there is no room for columns with heads, a list stands for them. */
const ORDERS: readonly RecordOrder[] = ['date', 'name', 'update', 'validation', 'machine'];

interface LibraryToolbarProps {
  readonly query: LibraryQuery;
  readonly onQuery: (change: Partial<LibraryQuery>) => void;
  readonly tags: readonly string[];
  /** Number of deleted runs that can still be had back. */
  readonly deleted: number;
  readonly chosen: readonly string[];
  readonly onCompare: (ids: readonly string[]) => void;
  readonly onExport: (ids: readonly string[]) => void;
  readonly onDelete: (ids: readonly string[]) => void;
  readonly onImport: (files: readonly File[]) => void;
}

export function LibraryToolbar({ query, onQuery, tags, deleted, chosen, onCompare, onExport, onDelete, onImport }: LibraryToolbarProps) {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    onImport([...(event.target.files ?? [])]);
    event.target.value = ''; // the same file may be chosen again
  };
  const none = chosen.length === 0;
  return (
    <div className="library-tools">
      <div className="buttons">
        <label htmlFor={`${id}-search`} className="unseen">
          Search runs
        </label>
        <input
          id={`${id}-search`}
          type="search"
          placeholder="Search name, note, option…"
          value={query.search}
          onKeyDown={(event) => event.stopPropagation()}
          onChange={(event) => onQuery({ search: event.target.value })}
        />
        {tags.length > 0 && (
          <>
            <label htmlFor={`${id}-tag`} className="unseen">
              Tag
            </label>
            <select id={`${id}-tag`} value={query.tag ?? ''} onChange={(event) => onQuery({ tag: event.target.value === '' ? null : event.target.value })}>
              <option value="">every tag</option>
              {tags.map((tag) => (
                <option key={tag} value={tag}>
                  {tag}
                </option>
              ))}
            </select>
          </>
        )}
        <label className="library-order">
          Sort by{' '}
          <select value={query.order} onChange={(event) => onQuery({ order: event.target.value as RecordOrder })}>
            {ORDERS.map((order) => (
              <option key={order} value={order}>
                {order}
              </option>
            ))}
          </select>
        </label>
        {(deleted > 0 || query.deleted) && (
          <button type="button" aria-pressed={query.deleted} onClick={() => onQuery({ deleted: !query.deleted })}>
            Deleted ({deleted})
          </button>
        )}
      </div>
      <div className="buttons">
        {!query.deleted && (
          <fieldset className="library-actions" title={none ? 'choose runs first, by the boxes on their left' : undefined}>
            <legend className="unseen">Chosen runs</legend>
            <button type="button" disabled={none} onClick={() => onCompare(chosen)}>
              Compare{none ? '' : ` (${chosen.length})`}
            </button>
            <button type="button" disabled={none} onClick={() => onExport(chosen)}>
              Export{none ? '' : ` (${chosen.length})`}
            </button>
            <button type="button" disabled={none} onClick={() => onDelete(chosen)}>
              Delete{none ? '' : ` (${chosen.length})`}
            </button>
          </fieldset>
        )}
        <button type="button" onClick={() => file.current?.click()} title="a zip that this page exported; or drop it anywhere on this list">
          Import…
        </button>
        <input ref={file} type="file" accept=".zip,application/zip" multiple hidden onChange={take} aria-label="Import runs" />
      </div>
    </div>
  );
}
