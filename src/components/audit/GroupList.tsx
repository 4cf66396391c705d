// The groups of a file as a grid that draws only the rows in view: sort by its heads, filter by name, choose one by pointer or by keyboard.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { GroupFilter, GroupSort } from '../../audit/groupList.ts';
import { GroupListRow } from './GroupListRow.tsx';
import { useAudit, useAuditActions } from './useAudit.ts';
import { several } from './words.ts';

/** Heights of a row and of the head, pixels; audit.css has the same. */
const ROW = 34;
const HEAD = 38;

/** Rows that a browser can still lay out in one scrolled box. */
const MOST_ROWS = 400_000;

export function GroupList() {
  const actions = useAuditActions();
  const page = useAudit((state) => state.page);
  const sort = useAudit((state) => state.sort);
  const filter = useAudit((state) => state.filter);
  const chosen = useAudit((state) => state.group?.name ?? null);
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const total = Math.min(page?.total ?? 0, MOST_ROWS);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 10,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const shown = Array.from({ length: Math.min(count - 1, endIndex + overscan) - first + 1 }, (_, i) => first + i);
      return shown.includes(active) || active >= count ? shown : [...shown, active].sort((a, b) => a - b); // the active row stays, for its id
    },
  });
  const items = virtual.getVirtualItems();
  const range = virtual.range;
  const [first, last] = [range?.startIndex ?? 0, Math.min(range?.endIndex ?? 0, total - 1)];

  useEffect(() => void actions.show(first, last), [actions, first, last]);

  const rowAt = (index: number) => page?.rows[index - page.from];
  const toTop = (change: () => void): void => {
    setActive(0);
    virtual.scrollToOffset(0);
    change();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return; // the buttons of the head have their own keys
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 10, PageUp: active - 10, Home: 0, End: total - 1 }[event.key];
    if (next === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation(); // the page has keys of its own
    if (next === undefined) {
      const row = rowAt(active);
      if (row) void actions.choose(row.name);
      return;
    }
    const index = Math.max(0, Math.min(total - 1, next));
    setActive(index);
    virtual.scrollToIndex(index);
  };

  return (
    <div className="audit-list">
      <Filter filter={filter} onChange={(part) => toTop(() => void actions.filterBy(part))} />
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot draw only some of its rows */}
      <div
        ref={frame}
        className="audit-grid"
        role="grid"
        aria-label="Groups"
        aria-rowcount={total + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={total > 0 ? rowId(active) : undefined}
        tabIndex={0}
        onKeyDown={onKey}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
        <div className="audit-row audit-heads" role="row" aria-rowindex={1}>
          {COLUMNS.map(({ key, label, more }) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
            <div key={key} role="columnheader" className={key} aria-sort={sort !== key ? 'none' : key === 'file' ? 'other' : 'descending'}>
              <button type="button" className="audit-sort" title={more} onClick={() => toTop(() => void actions.sortBy(key))}>
                {label}
                <span aria-hidden="true">{sort === key ? (key === 'file' ? ' ·' : ' ↓') : ''}</span>
              </button>
            </div>
          ))}
        </div>
        <div role="presentation" className="audit-rows" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <GroupListRow
              key={index}
              id={rowId(index)}
              row={rowAt(index)}
              index={index}
              offset={start - HEAD}
              active={index === active}
              chosen={rowAt(index) !== undefined && rowAt(index)?.name === chosen}
              onChoose={(name) => {
                setActive(index);
                void actions.choose(name);
              }}
            />
          ))}
        </div>
      </div>
      <p className="hint" role="status">
        {page
          ? `${several(page.total, 'group')}${page.total > MOST_ROWS ? `, the first ${several(MOST_ROWS, 'one')} listed: filter to see others` : ''}`
          : 'Sorting…'}
      </p>
    </div>
  );
}

const COLUMNS: readonly { readonly key: GroupSort; readonly label: string; readonly more: string }[] = [
  { key: 'file', label: 'group', more: 'In the order of the file' },
  { key: 'successes', label: '✓ of all', more: 'Successful rollouts of all, the most first' },
  { key: 'failingCalls', label: 'failing calls', more: 'Executed calls of failing rollouts, the most first' },
  { key: 'misassigned', label: 'mis-assigned', more: 'Of these, calls that a success made too at τ = 0.7, the most first' },
  { key: 'corrected', label: 'corrected', more: 'Corrected steps, the most first' },
];

function Filter({ filter, onChange }: { readonly filter: GroupFilter; readonly onChange: (part: Partial<GroupFilter>) => void }) {
  return (
    <div className="audit-filter">
      <input
        type="search"
        aria-label="Name of the group contains"
        placeholder="name contains…"
        value={filter.name}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <select aria-label="Which groups" value={filter.which} onChange={({ target }) => onChange({ which: target.value as GroupFilter['which'] })}>
        <option value="all">all groups</option>
        <option value="mixed">with successes and failures</option>
        <option value="corrected">with corrected steps</option>
      </select>
    </div>
  );
}

function rowId(index: number): string {
  return `audit-group-${index}`;
}
