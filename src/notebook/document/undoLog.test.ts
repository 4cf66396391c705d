import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, LoggedState } from './changes.ts';
import { CELL_MODES, newCell } from './notebookDocument.ts';
import { NOTEBOOK_LIMITS, serializeNotebook } from './notebookFile.ts';
import { hostileText } from './testing/arbitraryNotebook.ts';
import { commit, freshCellId, NotebookTooLargeError, redo, redoLabel, startLog, UNDO_DEPTH, type UndoLog, undo, undoLabel } from './undoLog.ts';

const DOCUMENT = { title: 'T', theme: 'air', readOnly: false, cells: [newCell(1, 'md', '# One'), newCell(2, 'js', 'two')] };
const edit = (id: number, source: string): Change => ({ kind: 'edit', id, source });
const sourceOf = (log: UndoLog, id: number): string | undefined => log.state.document.cells.find((cell) => cell.id === id)?.source;
const undoAll = (log: UndoLog): UndoLog => (log.past.length === 0 ? log : undoAll(undo(log)));
const redoAll = (log: UndoLog): UndoLog => (log.future.length === 0 ? log : redoAll(redo(log)));

describe('commit(log, changes, options)', () => {
  it('takes edits of one cell that follow within a second as one', () => {
    let log = startLog(DOCUMENT);
    for (const [now, source] of [
      [0, 'a'],
      [1000, 'ab'],
      [2000, 'abc'],
    ] as const)
      log = commit(log, [edit(2, source)], { now });
    expect(log.past).toEqual([{ label: 'edit cell 2', changes: [edit(2, 'abc')], inverses: [edit(2, 'two')], coalesce: 'edit 2', at: 2000 }]);
    log = commit(log, [edit(2, 'abcd')], { now: 3001 });
    expect(log.past).toHaveLength(2);
    expect(sourceOf(undo(log), 2)).toBe('abc');
    expect(sourceOf(undo(undo(log)), 2)).toBe('two');
  });
  it('does not join edits of another cell, after an undo or redo, before the clock was set back, or where null says so', () => {
    const first = commit(startLog(DOCUMENT), [edit(2, 'a')], { now: 0 });
    expect(commit(first, [edit(1, 'b')], { now: 1 }).past).toHaveLength(2);
    expect(commit(first, [edit(2, 'b')], { now: -1 }).past).toHaveLength(2);
    expect(commit(first, [edit(2, 'b')], { now: 1, coalesce: null }).past).toHaveLength(2);
    expect(commit(redo(undo(first)), [edit(2, 'b')], { now: 1 }).past).toHaveLength(2);
    const undone = undo(commit(first, [edit(1, 'b')], { now: 1 }));
    expect(commit(undone, [edit(2, 'b')], { now: 2 }).past).toHaveLength(2);
  });
  it('joins what the caller gives one name, whatever it is', () => {
    let log = startLog(DOCUMENT);
    log = commit(log, [{ kind: 'setTitle', title: 'U' }], { now: 0, coalesce: 'title', label: 'rename' });
    log = commit(log, [{ kind: 'setTitle', title: 'UV' }, edit(1, 'UV')], { now: 9, coalesce: 'title' });
    expect(log.past).toHaveLength(1);
    expect(undoLabel(log)).toBe('undo: edit cell 1');
    expect(undo(log).state).toEqual(startLog(DOCUMENT).state);
    expect(redo(undo(log)).state).toEqual(log.state);
  });
  it('does all changes or none', () => {
    const log = startLog(DOCUMENT);
    expect(() => commit(log, [edit(1, 'x'), { kind: 'remove', id: 9 }], { now: 0 })).toThrow('got 9');
    expect(log).toEqual(startLog(DOCUMENT));
  });
  it('of what changes nothing is the very same log', () => {
    const log = undo(commit(startLog(DOCUMENT), [edit(1, 'x')], { now: 0 }));
    expect(commit(log, [edit(1, '# One')], { now: 0 })).toBe(log);
    expect(commit(log, [], { now: 0 })).toBe(log);
  });
  it('ends what was undone', () => {
    const log = commit(undo(commit(startLog(DOCUMENT), [edit(1, 'x')], { now: 0 })), [edit(1, 'y')], { now: 5000 });
    expect(redo(log)).toBe(log);
    expect(redoLabel(log)).toBe(null);
  });
  it('refuses to outgrow the file, and lets a notebook that does so shrink', () => {
    const log = startLog(DOCUMENT);
    const large = 'x'.repeat(NOTEBOOK_LIMITS.bytes);
    expect(() => commit(log, [edit(1, large)], { now: 0 })).toThrow(NotebookTooLargeError);
    const tooLarge = startLog({ ...DOCUMENT, cells: [newCell(1, 'md', `${large}xx`)] });
    expect(sourceOf(commit(tooLarge, [edit(1, large)], { now: 0 }), 1)).toBe(large);
  });
  it('keeps the last thousand', () => {
    let log = startLog(DOCUMENT);
    for (let i = 0; i < UNDO_DEPTH + 5; i++) log = commit(log, [edit(1, String(i))], { now: i * 2000 });
    expect(log.past).toHaveLength(UNDO_DEPTH);
    expect(sourceOf(undoAll(log), 1)).toBe('4');
  });
});

describe('undoLabel(log), redoLabel(log)', () => {
  it('say what would be undone or done again', () => {
    const log = commit(startLog(DOCUMENT), [{ kind: 'remove', id: 2 }], { now: 0 });
    expect([undoLabel(log), redoLabel(log)]).toEqual(['undo: delete cell 2', null]);
    expect([undoLabel(undo(log)), redoLabel(undo(log))]).toEqual([null, 'redo: delete cell 2']);
    expect(undo(undo(log))).toEqual(undo(log));
  });
});

describe('freshCellId(log)', () => {
  it('is an id that no cell has or had', () => {
    const log = commit(startLog(DOCUMENT), [{ kind: 'insert', index: 0, cell: newCell(7, 'md') }, { kind: 'remove', id: 7 }, edit(1, 'x')], { now: 0 });
    expect(freshCellId(startLog(DOCUMENT))).toBe(3);
    expect([freshCellId(log), freshCellId(undo(log))]).toEqual([8, 8]);
    expect(freshCellId(startLog({ ...DOCUMENT, cells: [] }))).toBe(1);
  });
});

// Random work, held against a model that keeps whole states.
interface Model {
  readonly states: LoggedState[];
  at: number;
  /** What the next commit may join: its name, and when. */
  open: { readonly name: string; readonly now: number } | null;
  now: number;
}
interface Real {
  log: UndoLog;
}

const draw = fc.nat({ max: 1000 });

/** A change that can be done to a state, by drawn numbers. */
function changeFor({ log }: Real, [kind, a, b]: readonly [number, number, number], text: string): Change {
  const { cells } = log.state.document;
  const id = cells[a % Math.max(1, cells.length)]?.id;
  const key = `run ${b % 4}`;
  const whole: readonly Change[] = [
    { kind: 'insert', index: a % (cells.length + 1), cell: newCell(freshCellId(log), CELL_MODES[b % CELL_MODES.length] ?? 'md', text) },
    { kind: 'setTitle', title: text },
    { kind: 'deleteRun', key },
    { kind: 'restoreRun', key },
  ];
  const inside: readonly Change[] =
    id === undefined
      ? []
      : [
          { kind: 'edit', id, source: text },
          { kind: 'edit', id, source: text },
          { kind: 'remove', id },
          { kind: 'move', id, to: b % cells.length },
          { kind: 'setMode', id, mode: CELL_MODES[b % CELL_MODES.length] ?? 'md' },
          { kind: 'setPinned', id, pinned: b % 2 === 0 },
          { kind: 'setHidden', id, hidden: b % 2 === 0 },
        ];
  const all = [...whole, ...inside];
  return all[kind % all.length] as Change;
}

type Draws = readonly (readonly [number, number, number])[];

/** Some changes that can be done, after a wait, perhaps under a name. */
function committing(draws: Draws, text: string, wait: number, given: string | undefined): fc.Command<Model, Real> {
  return {
    check: () => true,
    run(model, real) {
      model.now += wait;
      let trial = real.log;
      const changes = draws.map((drawn) => {
        const change = changeFor({ log: trial }, drawn, text);
        trial = commit(trial, [change], { now: 0, coalesce: null });
        return change;
      });
      const before = real.log;
      real.log = commit(before, changes, { now: model.now, ...(given ? { coalesce: given } : {}) });
      if (real.log === before) return;
      const edited = new Set(changes.map((change) => (change.kind === 'edit' ? change.id : null)));
      const [id = null] = edited;
      const name = given ?? (edited.size === 1 && id !== null ? `edit ${id}` : null);
      const joins = model.open !== null && model.open.name === name && model.now - model.open.now <= 1000;
      model.states.length = model.at + 1;
      if (joins) model.states[model.at] = real.log.state;
      else model.at = model.states.push(real.log.state) - 1;
      model.open = name === null ? null : { name, now: model.now };
    },
    toString: () => `commit(${JSON.stringify([draws, text, wait, given])})`,
  };
}

/** Undoing (−1) or redoing (+1) once: the state is the one that the model kept. */
function stepping(by: 1 | -1): fc.Command<Model, Real> {
  return {
    check: ({ states, at }) => states[at + by] !== undefined,
    run(model, real) {
      real.log = by === 1 ? redo(real.log) : undo(real.log);
      model.at += by;
      model.open = null;
      expect(real.log.state).toEqual(model.states[model.at]);
    },
    toString: () => (by === 1 ? 'redo' : 'undo'),
  };
}

describe('undo(log), redo(log)', () => {
  it('lead through every state there was, and all the way back to the same file', () => {
    const commits = fc
      .tuple(
        fc.array(fc.tuple(draw, draw, draw), { minLength: 1, maxLength: 3 }),
        hostileText,
        fc.constantFrom(0, 400, 1000, 1001, 9000),
        fc.constantFrom(undefined, undefined, 'slider'),
      )
      .map((values) => committing(...values));
    const steps = fc.constantFrom(-1 as const, 1 as const).map((by) => stepping(by));
    fc.assert(
      fc.property(fc.commands([commits, commits, steps], { maxCommands: 60 }), (commands) => {
        const initial = startLog(DOCUMENT, ['run 1']);
        const model: Model = { states: [initial.state], at: 0, open: null, now: 0 };
        const real: Real = { log: initial };
        fc.modelRun(() => ({ model, real }), commands);
        const back = undoAll(real.log);
        expect(back.state).toEqual(initial.state);
        expect(serializeNotebook(back.state.document)).toBe(serializeNotebook(DOCUMENT));
        expect(redoAll(back).state).toEqual(model.states.at(-1));
      }),
      { numRuns: 300 },
    );
  });
});
