// What can be done with the notebook: opened, edited, undone, evaluated, saved.

import type { RunData } from '../workers/sandbox.protocol.ts';
import type { CellResult } from './cells/cellResult.ts';
import type { RunReference } from './cells/cellValue.ts';
import type { Evaluator } from './cells/evaluator.ts';
import { runDataOf } from './cells/runData.ts';
import { codeOfText } from './cells/textCell.ts';
import { type Autosave, type Opened, startAutosave } from './document/autosave.ts';
import type { Change } from './document/changes.ts';
import { type Cell, type CellMode, newCell } from './document/notebookDocument.ts';
import { parseNotebook, serializeNotebook } from './document/notebookFile.ts';
import type { NotebookShelf } from './document/notebookShelf.ts';
import { commit, freshCellId, redo, startLog, type UndoLog, undo } from './document/undoLog.ts';
import { fetchJson } from './fetchJson.ts';
import type { RunEntry } from './runEntry.ts';
import type { GetState, OpenNotebook, SetState, ShippedNotebook } from './state.ts';

/** How long after an edit the cells are evaluated, milliseconds. */
const EVALUATE_AFTER = 150;
/** Cells that read a run's data follow it no oftener than this, milliseconds. */
const FOLLOW_EVERY = 1000;

export interface DocumentParts {
  /** Address of the folder that holds the shipped notebooks, ending in a slash. */
  readonly folder: string;
  readonly evaluator: Evaluator;
  readonly shelf: NotebookShelf;
  /** Hash of a text: what tells whether the author's version has changed. */
  readonly digest: (text: string) => Promise<string>;
  readonly now: () => number;
  /** Called with the run that comes first in a notebook that was opened. */
  readonly onFirstRun: (run: RunReference) => void;
}

export type DocumentActions = ReturnType<typeof documentActions>;

export function documentActions({ folder, evaluator, shelf, digest, now, onFirstRun }: DocumentParts, set: SetState, get: GetState) {
  let evaluating: ReturnType<typeof setTimeout> | null = null;
  let autosave: Autosave | null = null;
  let watching = false;
  let working: Promise<void> = Promise.resolve();

  const schedule = (callback: () => void, milliseconds: number): (() => void) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  };
  const show = (file: string, opened: Opened): void => {
    const log = startLog(parseNotebook(file));
    void autosave?.flush();
    const [origin, copy] = opened.kind === 'copy' ? [opened.entry.origin, opened.entry] : [opened.origin, null];
    const open: OpenNotebook = { origin, copy, log, saving: null };
    autosave = startAutosave({
      shelf,
      opened,
      schedule,
      onStatus: (saving) => {
        const { open: now } = get();
        if (now?.origin !== origin) return; // another one was opened meanwhile
        set({ open: { ...now, saving, ...(saving.kind === 'saved' ? { copy: saving.entry } : {}) } });
      },
    });
    set({ open, problem: null, results: new Map(), cell: null, editing: null, focus: null });
    actions.evaluateSoon(0);
  };
  const refuse = (error: unknown): void => set({ problem: error instanceof Error ? error.message : String(error) });
  const replaceLog = (log: UndoLog): void => {
    const { open } = get();
    if (!open || log === open.log) return;
    set({ open: { ...open, log } });
    if (log.state.document !== open.log.state.document) {
      actions.evaluateSoon();
      autosave?.edited(log.state.document, log.past.length);
    }
  };

  const actions = {
    /** Fetches the list of shipped notebooks. */
    async introduceNotebooks(): Promise<void> {
      set({ shipped: (await fetchJson(`${folder}index.json`)) as readonly ShippedNotebook[] });
    },
    /** Reads which copies are in this browser, and follows them from now on. */
    listCopies(): void {
      if (watching) return;
      watching = true;
      shelf.watch((copies) => set({ copies }));
    },
    /** Opens the author's version of a shipped notebook, whatever copies there are; `adjust` sets it up for a lesson. */
    async openShipped(name: string, adjust: (file: string) => Promise<string> = async (file) => file): Promise<void> {
      try {
        if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`notebook "${name}": expected the name of one that ships with the page`);
        const response = await fetch(`${folder}${name}.html`);
        if (!response.ok) throw new Error(`notebook "${name}": there is none of this name here; the library lists those there are`);
        const file = await response.text();
        show(await adjust(file), { kind: 'original', title: parseNotebook(file).title, origin: name, originHash: await digest(file) });
      } catch (error) {
        refuse(error);
      }
    },
    /** Opens a copy of the reader's own. */
    async openCopy(id: string): Promise<void> {
      try {
        const copy = await shelf.open(id);
        if (!copy) throw new Error('this copy is not in this browser any more; the list of notebooks has those that are');
        const { file, ...entry } = copy;
        show(file, { kind: 'copy', entry });
      } catch (error) {
        refuse(error);
      }
    },
    /** Opens the text of a notebook file. The open one stays if it is none. */
    openFile(text: string): void {
      try {
        show(text, { kind: 'original', title: parseNotebook(text).title, origin: null, originHash: null });
      } catch (error) {
        refuse(error);
      }
    },

    /** Makes changes that belong together. A refusal is shown; nothing is lost. */
    change(changes: readonly Change[], label?: string): void {
      const { open } = get();
      if (!open) return;
      try {
        replaceLog(commit(open.log, changes, { now: now(), ...(label === undefined ? {} : { label }) }));
      } catch (error) {
        refuse(error);
      }
    },
    undo(): void {
      const { open } = get();
      if (open) replaceLog(undo(open.log));
    },
    redo(): void {
      const { open } = get();
      if (open) replaceLog(redo(open.log));
    },
    edit(id: number, source: string): void {
      actions.change([{ kind: 'edit', id, source }]);
    },
    /** A new cell below one (null: at the top), which is then edited. */
    insertBelow(id: number | null, mode: CellMode): void {
      const { open } = get();
      if (!open) return;
      const index = id === null ? 0 : open.log.state.document.cells.findIndex((cell) => cell.id === id) + 1;
      const cell = newCell(freshCellId(open.log), mode);
      actions.change([{ kind: 'insert', index, cell }]);
      set({ cell: cell.id, editing: cell.id });
    },
    insertAbove(id: number, mode: CellMode): void {
      const at = cells().findIndex((cell) => cell.id === id);
      actions.insertBelow(cells()[at - 1]?.id ?? null, mode);
    },
    remove(id: number): void {
      const at = cells().findIndex((cell) => cell.id === id);
      actions.change([{ kind: 'remove', id }]);
      const left = cells();
      set({ cell: left[Math.min(at, left.length - 1)]?.id ?? null, editing: null, toast: { text: `Deleted cell ${at + 1}.`, undo: () => actions.undo() } });
    },
    /** Makes the cell above or below the one that keys act on. */
    stepCell(by: number): void {
      const at = cells().findIndex((cell) => cell.id === get().cell);
      const next = cells()[Math.max(0, Math.min(cells().length - 1, at + by))];
      if (next) set({ cell: next.id });
    },
    move(id: number, by: number): void {
      const to = cells().findIndex((cell) => cell.id === id) + by;
      if (to >= 0 && to < cells().length) actions.change([{ kind: 'move', id, to }]);
    },
    /** The cell that keys act on. */
    selectCell(cell: number | null): void {
      if (get().cell !== cell) set({ cell });
    },
    editCell(id: number | null): void {
      set(id === null ? { editing: null } : { cell: id, editing: id });
    },

    evaluateSoon(after: number = EVALUATE_AFTER): void {
      if (evaluating !== null) clearTimeout(evaluating);
      evaluating = setTimeout(() => {
        evaluating = null;
        working = actions.evaluate();
      }, after);
    },
    async evaluate(): Promise<void> {
      const { open, runs } = get();
      if (!open) return;
      const programs = open.log.state.document.cells.flatMap((cell) => {
        const source = codeOf(cell);
        return source === null ? [] : [{ id: cell.id, source }];
      });
      const results = await evaluator.evaluate(programs, Object.values(runs).map(dataOf));
      const { open: still, focus, results: before } = get();
      if (still?.log.state.document !== open.log.state.document) return;
      const next = focusAmong(
        programs.map(({ id }) => ({ before: experimentOf(before.get(id)), after: experimentOf(results.get(id)) })),
        focus,
      );
      set({ results, focus: next });
      if (focus === null && next) onFirstRun(next);
    },
    /** Resolves when what was edited has been evaluated. */
    async settled(): Promise<void> {
      if (evaluating !== null) {
        clearTimeout(evaluating);
        evaluating = null;
        working = actions.evaluate();
      }
      await working;
    },
    /** Called when runs changed: cells that read their data are evaluated again. */
    follow(changed: readonly string[]): void {
      if (evaluating !== null) return;
      const read = [...get().results.values()].some((result) => result.kind === 'ok' && result.usesRuns.some((key) => changed.includes(key)));
      if (read) actions.evaluateSoon(FOLLOW_EVERY);
    },

    /** Takes a copy off the list. */
    async removeCopy(id: string): Promise<void> {
      const { copies } = get();
      await shelf.remove(id);
      set({ toast: { text: `Deleted the copy “${copies.find((copy) => copy.id === id)?.title}”.`, undo: () => void shelf.restore(id) } });
    },
    /** Saves what waits, as when the page is left. */
    flush: async (): Promise<void> => autosave?.flush(),
    /** The notebook for Jupyter. */
    async ipynb(): Promise<string> {
      const { open } = get();
      if (!open) return '';
      const { toIpynb } = await import('./document/ipynb.ts');
      return toIpynb(open.log.state.document);
    },
    /** The notebook as a file. */
    file: (): string => {
      const { open } = get();
      return open ? serializeNotebook(open.log.state.document) : '';
    },
    dismissProblem(): void {
      set({ problem: null });
    },
  };
  const cells = (): readonly Cell[] => get().open?.log.state.document.cells ?? [];
  return actions;
}

/** The runs of the experiment that a cell shows. */
function experimentOf(result: CellResult | undefined): readonly RunReference[] {
  return result?.kind === 'ok' ? result.values.flatMap((value) => (value.kind === 'view' && value.view.kind === 'experiment' ? value.view.runs : [])) : [];
}

/** The run that the bar drives: the notebook's first, until another is chosen; where its cell was edited, the cell's first. */
export function focusAmong(
  cells: readonly { readonly before: readonly RunReference[]; readonly after: readonly RunReference[] }[],
  focus: RunReference | null,
): RunReference | null {
  if (focus === null) return cells.flatMap(({ after }) => after)[0] ?? null;
  const has = (runs: readonly RunReference[]): boolean => runs.some(({ key }) => key === focus.key);
  return cells.find(({ before, after }) => has(before) && !has(after))?.after[0] ?? focus;
}

const data = new WeakMap<RunEntry, RunData>();

/** The same data for the same entry, so that nothing is sent twice. */
function dataOf(entry: RunEntry): RunData {
  const known = data.get(entry) ?? runDataOf(entry, entry.state);
  data.set(entry, known);
  return known;
}

/** What a cell gives the engine to evaluate; null: nothing. */
function codeOf({ mode, source }: Cell): string | null {
  if (mode === 'js') return source;
  return mode === 'md' ? codeOfText(source) : null;
}
