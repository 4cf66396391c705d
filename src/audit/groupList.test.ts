import { describe, expect, it } from 'vitest';
import type { GroupCounts } from './creditTable.ts';
import { groupOrder, groupPage, NO_FILTER } from './groupList.ts';

const group = (name: string, corrected: number, successes = 1, failures = 1): GroupCounts => ({
  name,
  rollouts: successes + failures,
  successes,
  failures,
  failingCalls: 2 * corrected,
  misassigned: corrected,
  corrected,
  shift: corrected / 2,
});
const groups = [group('Lisbon', 0), group('Paris', 3), group('rome', 1, 2, 0), group('Oslo', 3), group('Parma', 0, 0, 4)];
const names = (order: readonly number[]): string[] => order.map((index) => (groups[index] as GroupCounts).name);

describe('groupOrder(groups, sort, filter)', () => {
  it('keeps the order of the file, or puts the greatest first with ties in the order of the file', () => {
    expect(groupOrder(groups, 'file', NO_FILTER)).toEqual([0, 1, 2, 3, 4]);
    expect(names(groupOrder(groups, 'corrected', NO_FILTER))).toEqual(['Paris', 'Oslo', 'rome', 'Lisbon', 'Parma']);
    expect(names(groupOrder(groups, 'rollouts', NO_FILTER))).toEqual(['Parma', 'Lisbon', 'Paris', 'rome', 'Oslo']);
  });
  it('filters by part of the name, in any case, and by what happened', () => {
    expect(names(groupOrder(groups, 'file', { name: ' PAR', which: 'all' }))).toEqual(['Paris', 'Parma']);
    expect(names(groupOrder(groups, 'corrected', { name: 'o', which: 'corrected' }))).toEqual(['Oslo', 'rome']);
    expect(names(groupOrder(groups, 'file', { name: '', which: 'mixed' }))).toEqual(['Lisbon', 'Paris', 'Oslo']);
    expect(groupOrder([], 'corrected', NO_FILTER)).toEqual([]);
  });
});

describe('groupPage(groups, order, from, count)', () => {
  const order = groupOrder(groups, 'corrected', NO_FILTER);
  it('gives rows with their index in the file', () => {
    expect(groupPage(groups, order, 1, 2)).toEqual({
      from: 1,
      total: 5,
      rows: [
        { ...groups[3], index: 3 },
        { ...groups[2], index: 2 },
      ],
    });
  });
  it('gives fewer at the end, and none beyond it', () => {
    expect(groupPage(groups, order, 4, 10).rows.map(({ name }) => name)).toEqual(['Parma']);
    expect(groupPage(groups, order, 9, 10)).toEqual({ from: 5, total: 5, rows: [] });
    expect(groupPage(groups, order, -3, 1).rows.map(({ name }) => name)).toEqual(['Paris']);
    expect(groupPage(groups, order, 0, -1).rows).toEqual([]);
    expect(groupPage([], [], 0, 10)).toEqual({ from: 0, total: 0, rows: [] });
  });
  it('pages put together are the whole list', () => {
    const paged = [0, 2, 4].flatMap((from) => groupPage(groups, order, from, 2).rows.map(({ index }) => index));
    expect(paged).toEqual(order);
  });
});
