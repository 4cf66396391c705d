import { describe, expect, it } from 'vitest';
import { applyChange, type Change, type LoggedState } from './changes.ts';
import { newCell } from './notebookDocument.ts';

const [one, two, three] = [newCell(1, 'md', '# One'), newCell(2, 'js', 'two'), newCell(5, 'js', 'three')];
const state: LoggedState = { document: { title: 'T', theme: 'air', readOnly: false, cells: [one, two, three] }, deletedRuns: ['b'] };
const idsAfter = (change: Change): readonly number[] => applyChange(state, change).state.document.cells.map(({ id }) => id);

describe('applyChange(state, change)', () => {
  it.each<[Change, Change]>([
    [
      { kind: 'insert', index: 3, cell: newCell(9, 'md', 'x') },
      { kind: 'remove', id: 9 },
    ],
    [
      { kind: 'remove', id: 2 },
      { kind: 'insert', index: 1, cell: two },
    ],
    [
      { kind: 'edit', id: 2, source: 'x' },
      { kind: 'edit', id: 2, source: 'two' },
    ],
    [
      { kind: 'move', id: 5, to: 0 },
      { kind: 'move', id: 5, to: 2 },
    ],
    [
      { kind: 'setMode', id: 1, mode: 'sql' },
      { kind: 'setMode', id: 1, mode: 'md' },
    ],
    [
      { kind: 'setPinned', id: 1, pinned: true },
      { kind: 'setPinned', id: 1, pinned: false },
    ],
    [
      { kind: 'setHidden', id: 1, hidden: true },
      { kind: 'setHidden', id: 1, hidden: false },
    ],
    [
      { kind: 'setTitle', title: 'U' },
      { kind: 'setTitle', title: 'T' },
    ],
    [
      { kind: 'deleteRun', key: 'a' },
      { kind: 'restoreRun', key: 'a' },
    ],
    [
      { kind: 'restoreRun', key: 'b' },
      { kind: 'deleteRun', key: 'b' },
    ],
  ])('%j has an inverse that leads back, and leaves its input as it was', (change, inverse) => {
    const before = structuredClone(state);
    const applied = applyChange(state, change);
    expect(applied.inverse).toEqual(inverse);
    expect(applied.state).not.toEqual(state);
    expect(applyChange(applied.state, applied.inverse)).toEqual({ state, inverse: change });
    expect(state).toEqual(before);
  });
  it('puts cells where they are asked to be', () => {
    expect(idsAfter({ kind: 'insert', index: 0, cell: newCell(9, 'md') })).toEqual([9, 1, 2, 5]);
    expect(idsAfter({ kind: 'move', id: 1, to: 1 })).toEqual([2, 1, 5]);
    expect(idsAfter({ kind: 'move', id: 1, to: 2 })).toEqual([2, 5, 1]);
    expect(applyChange(state, { kind: 'deleteRun', key: 'a' }).state.deletedRuns).toEqual(['a', 'b']);
  });
  it.each<Change>([
    { kind: 'edit', id: 2, source: 'two' },
    { kind: 'move', id: 2, to: 1 },
    { kind: 'setMode', id: 1, mode: 'md' },
    { kind: 'setPinned', id: 1, pinned: false },
    { kind: 'setTitle', title: 'T' },
    { kind: 'deleteRun', key: 'b' },
    { kind: 'restoreRun', key: 'a' },
  ])('%j changes nothing: the very same state', (change) => {
    expect(applyChange(state, change).state).toBe(state);
  });
  it('refuses what cannot be done', () => {
    expect(() => applyChange(state, { kind: 'remove', id: 4 })).toThrow(new RangeError('expected the id of a cell of this notebook, got 4'));
    expect(() => applyChange(state, { kind: 'insert', index: 0, cell: newCell(5, 'md') })).toThrow('insert: expected an id that no cell has, got 5');
    expect(() => applyChange(state, { kind: 'insert', index: 4, cell: newCell(6, 'md') })).toThrow('insert: expected an index from 0 to 3, got 4');
    expect(() => applyChange(state, { kind: 'move', id: 1, to: 3 })).toThrow('move: expected an index from 0 to 2, got 3');
    expect(() => applyChange(state, { kind: 'move', id: 1, to: 0.5 })).toThrow('got 0.5');
  });
});
