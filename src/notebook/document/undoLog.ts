// The log of transactions: undo and redo for everything that is done to a notebook. A plain record; every function gives a new one.
import { applyChange, type Change, type LoggedState } from './changes.ts';
import { fileFault } from './notebookFile.ts';

/** Changes that are undone together. */
export interface Transaction {
  /** What was done, in words: "delete cell 4". */
  readonly label: string;
  readonly changes: readonly Change[];
  /** The way back, in the order in which it is gone. */
  readonly inverses: readonly Change[];
  /** Transactions with equal names that follow each other closely become one; null: this one stays as it is. */
  readonly coalesce: string | null;
  /** When it was last added to, milliseconds. */
  readonly at: number;
}

export interface UndoLog {
  readonly state: LoggedState;
  /** Oldest first. */
  readonly past: readonly Transaction[];
  /** What was undone, the next to be redone last. */
  readonly future: readonly Transaction[];
}

/** Transactions that are kept: older ones cannot be undone any more. */
export const UNDO_DEPTH = 1000;

/** Edits of a cell that are no further apart than this are one, milliseconds. */
export const COALESCE_WITHIN = 1000;

export interface CommitOptions {
  /** In words, for the menu; that of the last change if it is left out. */
  readonly label?: string;
  /** A name for what goes on, as a slider being dragged; left out: edits of one cell. Null: never. */
  readonly coalesce?: string | null;
  /** Milliseconds. */
  readonly now: number;
}

export function startLog(document: LoggedState['document'], deletedRuns: Iterable<string> = []): UndoLog {
  return { state: { document, deletedRuns: [...new Set(deletedRuns)].sort() }, past: [], future: [] };
}

/** A change that would make a notebook larger than its file may be. */
export class NotebookTooLargeError extends Error {
  override readonly name = 'NotebookTooLargeError';
}

/**
 * The log after changes that belong together: all of them or, where one throws, none. What changes nothing leaves no trace. Throws as
 * `applyChange` does, and NotebookTooLargeError where the file would outgrow NOTEBOOK_LIMITS: what is written can always be opened again.
 */
export function commit(log: UndoLog, changes: readonly Change[], { label, coalesce, now }: CommitOptions): UndoLog {
  let { state } = log;
  const inverses: Change[] = [];
  for (const change of changes) {
    const applied = applyChange(state, change);
    if (applied.state !== state) inverses.unshift(applied.inverse);
    state = applied.state;
  }
  if (state === log.state) return log;
  const fault = fileFault(state.document);
  if (fault !== null && fileFault(log.state.document) === null) throw new NotebookTooLargeError(fault);

  const last = changes.at(-1) as Change;
  const added: Transaction = { label: label ?? wordsFor(last), changes, inverses, coalesce: coalesce === undefined ? nameOf(changes) : coalesce, at: now };
  const before = log.past.at(-1);
  const joins = before && log.future.length === 0 && added.coalesce !== null && before.coalesce === added.coalesce && isSoonAfter(before.at, now);
  return joins ? { state, past: log.past.with(-1, join(before, added)), future: [] } : { state, past: [...log.past, added].slice(-UNDO_DEPTH), future: [] };
}

/** The log with its last transaction taken back; the same log if there is none. */
export function undo(log: UndoLog): UndoLog {
  const last = log.past.at(-1);
  if (!last) return log;
  return { state: applyAll(log.state, last.inverses), past: log.past.slice(0, -1), future: [...log.future, last] };
}

/** The log with what was undone last done again; the same log if there is nothing. */
export function redo(log: UndoLog): UndoLog {
  const next = log.future.at(-1);
  if (!next) return log;
  return { state: applyAll(log.state, next.changes), past: [...log.past, { ...next, coalesce: null }], future: log.future.slice(0, -1) };
}

/** The menu's words: "undo: delete cell 4"; null if there is nothing to undo. */
export function undoLabel({ past }: UndoLog): string | null {
  const last = past.at(-1);
  return last ? `undo: ${last.label}` : null;
}

/** "redo: delete cell 4"; null if there is nothing to redo. */
export function redoLabel({ future }: UndoLog): string | null {
  const next = future.at(-1);
  return next ? `redo: ${next.label}` : null;
}

/** An id for a new cell: one that no cell of this log has or had, so that nothing kept under an id ever belongs to another cell. */
export function freshCellId({ state, past, future }: UndoLog): number {
  const used = [...past, ...future].flatMap(({ changes }) =>
    changes.map((change) => ('id' in change ? change.id : change.kind === 'insert' ? change.cell.id : 0)),
  );
  return [...state.document.cells.map(({ id }) => id), ...used].reduce((greatest, id) => Math.max(greatest, id), 0) + 1;
}

/** What a change does, in the words of a menu. */
export function wordsFor(change: Change): string {
  switch (change.kind) {
    case 'insert':
      return `add cell ${change.cell.id}`;
    case 'remove':
      return `delete cell ${change.id}`;
    case 'edit':
      return `edit cell ${change.id}`;
    case 'move':
      return `move cell ${change.id}`;
    case 'setMode':
      return `make cell ${change.id} ${change.mode}`;
    case 'setPinned':
      return `${change.pinned ? 'show' : 'hide'} the source of cell ${change.id}`;
    case 'setHidden':
      return `${change.hidden ? 'hide' : 'show'} the value of cell ${change.id}`;
    case 'setTitle':
      return 'rename the notebook';
    case 'deleteRun':
      return 'delete a run';
    case 'restoreRun':
      return 'restore a run';
    default:
      return change satisfies never;
  }
}

function applyAll(state: LoggedState, changes: readonly Change[]): LoggedState {
  return changes.reduce((at, change) => applyChange(at, change).state, state);
}

/** Edits of one cell, and nothing else, have a name. */
function nameOf(changes: readonly Change[]): string | null {
  const [first] = changes;
  return first?.kind === 'edit' && changes.every((change) => change.kind === 'edit' && change.id === first.id) ? `edit ${first.id}` : null;
}

function isSoonAfter(before: number, now: number): boolean {
  return now >= before && now - before <= COALESCE_WITHIN;
}

/** Two transactions as one. Of edits of one cell only the ends are kept: a long text typed in one go is not kept once a letter. */
function join(before: Transaction, after: Transaction): Transaction {
  const changes = [...before.changes, ...after.changes];
  const inverses = [...after.inverses, ...before.inverses];
  return nameOf(changes) === null ? { ...after, changes, inverses } : { ...after, changes: changes.slice(-1), inverses: inverses.slice(-1) };
}
