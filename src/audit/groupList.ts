// Rows of the list of groups: sorted, filtered, a page at a time.
import type { GroupCounts } from './creditTable.ts';

/** file: in the order of the file; else the greatest first, ties in the order of the file. */
export type GroupSort = 'file' | 'rollouts' | 'successes' | 'failingCalls' | 'misassigned' | 'corrected' | 'shift';

export interface GroupFilter {
  /** Part of the name, in any case. */
  readonly name: string;
  /** mixed: with a success and a failure; corrected: with a corrected step. */
  readonly which: 'all' | 'mixed' | 'corrected';
}

export const NO_FILTER: GroupFilter = { name: '', which: 'all' };

/** A row: the group's index in the file, and its counts. */
export interface GroupRow extends GroupCounts {
  readonly index: number;
}

export interface GroupPage {
  /** Place of the first row among all that match. */
  readonly from: number;
  /** Groups that match. */
  readonly total: number;
  readonly rows: readonly GroupRow[];
}

/** Indices of the groups that match, in the order of the sort. */
export function groupOrder(groups: readonly GroupCounts[], sort: GroupSort, { name, which }: GroupFilter): number[] {
  const wanted = name.trim().toLowerCase();
  const matches = (group: GroupCounts): boolean =>
    (wanted === '' || group.name.toLowerCase().includes(wanted)) &&
    (which === 'all' || (which === 'mixed' ? group.successes > 0 && group.failures > 0 : group.corrected > 0));
  const order = groups.flatMap((group, index) => (matches(group) ? [index] : []));
  if (sort === 'file') return order;
  return order.sort((a, b) => (groups[b] as GroupCounts)[sort] - (groups[a] as GroupCounts)[sort] || a - b);
}

/** `count` rows from the place `from` on; fewer at the end. */
export function groupPage(groups: readonly GroupCounts[], order: readonly number[], from: number, count: number): GroupPage {
  const first = Math.max(0, Math.min(from, order.length));
  return {
    from: first,
    total: order.length,
    rows: order.slice(first, first + Math.max(0, count)).map((index) => ({ ...(groups[index] as GroupCounts), index })),
  };
}
