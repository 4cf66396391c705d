// What can be done with the notebook: opened, edited, undone, saved.
import { type Autosave, type Opened, startAutosave } from './document/autosave.ts';
import type { Change } from './document/changes.ts';
import { type Cell, type CellMode, newCell } from './document/notebookDocument.ts';
import { parseNotebook, serializeNotebook } from './document/notebookFile.ts';
import type { NotebookShelf } from './document/notebookShelf.ts';
import { commit, freshCellId, redo, startLog, type UndoLog, undo } from './document/undoLog.ts';
import type { Evaluation } from './evaluation.ts';
import { fetchJson } from './fetchJson.ts';
import type { GetState, OpenNotebook, SetState, ShippedNotebook, Toast } from './state.ts';

export interface DocumentParts {
  /** Address of the folder that holds the shipped notebooks, ending in a slash. */
  readonly folder: string;
  readonly evaluation: Evaluation;
  readonly shelf: NotebookShelf;
  /** Hash of a text: what tells whether the author's version has changed. */
  readonly digest: (text: string) => Promise<string>;
  readonly now: () => number;
}

export type DocumentActions = ReturnType<typeof documentActions>;

export function documentActions({ folder, evaluation, shelf, digest, now }: DocumentParts, set: SetState, get: GetState) {
  let autosave: Autosave | null = null;
  let watching = false;
  /** Offers to bring back the cell that was deleted last. */
  let deletion: Toast | null = null;

  const schedule = (callback: () => void, milliseconds: number): (() => void) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  };
  const show = (file: string, opened: Opened): void => {
    const log = startLog(parseNotebook(file));
    void autosave?.flush();
    const [origin, copy] = opened.kind === 'copy' ? [opened.entry.origin, opened.entry] : [opened.origin, null];
    const open: OpenNotebook = { origin, copy, log, saving: null };
    const saver = startAutosave({
      shelf,
      opened,
      schedule,
      onStatus: (saving) => {
        const { open: now } = get();
        if (!now || autosave !== saver) return; // another one was opened meanwhile
        set({ open: { ...now, saving, ...(saving.kind === 'saved' ? { copy: saving.entry } : {}) } });
      },
    });
    autosave = saver;
    set({ open, problem: null, results: new Map(), cell: null, editing: null, focus: null });
    evaluation.soon(0);
  };
  const refuse = (error: unknown): void => set({ problem: error instanceof Error ? error.message : String(error) });
  const replaceLog = (log: UndoLog): void => {
    const { open } = get();
    if (!open || log === open.log) return;
    set({ open: { ...open, log }, ...(deletion && get().toast === deletion ? { toast: null } : {}) }); // its undo would take back this change instead
    if (log.state.document !== open.log.state.document) {
      evaluation.soon();
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
      deletion = { text: `Deleted cell ${at + 1}.`, undo: () => actions.undo() };
      set({ cell: left[Math.min(at, left.length - 1)]?.id ?? null, editing: null, toast: deletion });
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
