// Everything that can be done to a notebook, as data: each change has an inverse, from which undoing, saving and labels come.
import type { Cell, CellMode, NotebookDocument } from './notebookDocument.ts';

export interface LoggedState {
  readonly document: NotebookDocument;
  /** Keys of runs that are deleted (train/runKey.ts), in the order of the alphabet. */
  readonly deletedRuns: readonly string[];
}

export type Change =
  | { readonly kind: 'insert'; readonly index: number; readonly cell: Cell }
  | { readonly kind: 'remove'; readonly id: number }
  | { readonly kind: 'edit'; readonly id: number; readonly source: string }
  /** `to` is the index that the cell then has. */
  | { readonly kind: 'move'; readonly id: number; readonly to: number }
  | { readonly kind: 'setMode'; readonly id: number; readonly mode: CellMode }
  | { readonly kind: 'setPinned'; readonly id: number; readonly pinned: boolean }
  | { readonly kind: 'setHidden'; readonly id: number; readonly hidden: boolean }
  | { readonly kind: 'setTitle'; readonly title: string }
  | { readonly kind: 'deleteRun'; readonly key: string }
  | { readonly kind: 'restoreRun'; readonly key: string };

export interface Applied {
  /** The very same state where the change changes nothing. */
  readonly state: LoggedState;
  /** What leads back. */
  readonly inverse: Change;
}

/** The state after a change. Throws RangeError on a cell that is not there, an id that is taken, or a place outside the notebook. */
export function applyChange(state: LoggedState, change: Change): Applied {
  const { document, deletedRuns } = state;
  const { cells } = document;
  const withCells = (next: readonly Cell[]): LoggedState => ({ ...state, document: { ...document, cells: next } });
  const withCell = (id: number, part: Partial<Cell>, inverse: Change): Applied => {
    const same = Object.entries(part).every(([name, value]) => cells[indexOf(state, id)]?.[name as keyof Cell] === value);
    return { state: same ? state : withCells(cells.map((cell) => (cell.id === id ? { ...cell, ...part } : cell))), inverse };
  };
  switch (change.kind) {
    case 'insert': {
      const { index, cell } = change;
      if (cells.some(({ id }) => id === cell.id)) throw new RangeError(`insert: expected an id that no cell has, got ${cell.id}`);
      const next = withCells(cells.toSpliced(place('insert', index, cells.length), 0, cell));
      return { state: next, inverse: { kind: 'remove', id: cell.id } };
    }
    case 'remove': {
      const index = indexOf(state, change.id);
      return { state: withCells(cells.toSpliced(index, 1)), inverse: { kind: 'insert', index, cell: cells[index] as Cell } };
    }
    case 'move': {
      const index = indexOf(state, change.id);
      const to = place('move', change.to, cells.length - 1);
      const next = cells.toSpliced(index, 1).toSpliced(to, 0, cells[index] as Cell);
      return { state: to === index ? state : withCells(next), inverse: { kind: 'move', id: change.id, to: index } };
    }
    case 'edit':
      return withCell(change.id, { source: change.source }, { ...change, source: cellAt(state, change.id).source });
    case 'setMode':
      return withCell(change.id, { mode: change.mode }, { ...change, mode: cellAt(state, change.id).mode });
    case 'setPinned':
      return withCell(change.id, { pinned: change.pinned }, { ...change, pinned: cellAt(state, change.id).pinned });
    case 'setHidden':
      return withCell(change.id, { hidden: change.hidden }, { ...change, hidden: cellAt(state, change.id).hidden });
    case 'setTitle': {
      const next = { ...state, document: { ...document, title: change.title } };
      return { state: change.title === document.title ? state : next, inverse: { kind: 'setTitle', title: document.title } };
    }
    case 'deleteRun': {
      const { key } = change;
      if (deletedRuns.includes(key)) return { state, inverse: change };
      return { state: { ...state, deletedRuns: [...deletedRuns, key].sort() }, inverse: { kind: 'restoreRun', key } };
    }
    case 'restoreRun': {
      const { key } = change;
      if (!deletedRuns.includes(key)) return { state, inverse: change };
      return { state: { ...state, deletedRuns: deletedRuns.filter((each) => each !== key) }, inverse: { kind: 'deleteRun', key } };
    }
    default:
      return change satisfies never;
  }
}

function indexOf({ document }: LoggedState, id: number): number {
  const index = document.cells.findIndex((cell) => cell.id === id);
  if (index < 0) throw new RangeError(`expected the id of a cell of this notebook, got ${id}`);
  return index;
}

function cellAt(state: LoggedState, id: number): Cell {
  return state.document.cells[indexOf(state, id)] as Cell;
}

function place(kind: 'insert' | 'move', index: number, most: number): number {
  if (!Number.isInteger(index) || index < 0 || index > most) throw new RangeError(`${kind}: expected an index from 0 to ${most}, got ${index}`);
  return index;
}
