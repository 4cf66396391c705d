// Saves what is edited: the first edit of an author's notebook makes a copy, later ones save it. One save at a time, the latest text wins,
// and nothing is written over what another window has saved.
import type { NotebookDocument } from './notebookDocument.ts';
import { serializeNotebook } from './notebookFile.ts';
import { type CopyEntry, copyTitle, type NotebookCopy, type NotebookShelf } from './notebookShelf.ts';

/** What is being edited: an author's notebook or a file, of which there is no copy yet, or a copy. */
export type Opened =
  | { readonly kind: 'original'; readonly title: string; readonly origin: string | null; readonly originHash: string | null }
  | { readonly kind: 'copy'; readonly entry: CopyEntry };

export type SaveStatus =
  | { readonly kind: 'saving' }
  /** `split`: another window had saved the copy since, so that this is a new one. */
  | { readonly kind: 'saved'; readonly entry: CopyEntry; readonly split: boolean }
  /** The text waits: the next edit or `flush` tries again. */
  | { readonly kind: 'failed'; readonly message: string };

export interface AutosaveOptions {
  readonly shelf: NotebookShelf;
  readonly opened: Opened;
  readonly onStatus: (status: SaveStatus) => void;
  /** Calls back after so many milliseconds, and gives a function that calls it off. */
  readonly schedule: (callback: () => void, milliseconds: number) => () => void;
  /** The longest that an edit waits, milliseconds. */
  readonly delay?: number;
}

export interface Autosave {
  /** The notebook is now this, after so many edits. Its file is written when it is saved, not with every key. */
  edited(document: NotebookDocument, edits: number): void;
  /** Saves what waits, now; resolves when it is done or has failed. Call it when the page is hidden or another notebook is opened. */
  flush(): Promise<void>;
}

export function startAutosave({ shelf, opened, onStatus, schedule, delay = 1000 }: AutosaveOptions): Autosave {
  let current = opened;
  let waiting: { readonly document: NotebookDocument; readonly edits: number } | null = null;
  let cancel: (() => void) | null = null;
  let running: Promise<void> | null = null;

  const addCopy = async (title: string, origin: Pick<CopyEntry, 'origin' | 'originHash'>, change: Pick<NotebookCopy, 'file' | 'edits'>): Promise<CopyEntry> => {
    const taken = (await shelf.list()).map((entry) => entry.title);
    return shelf.add({ title: copyTitle(title, taken), origin: origin.origin, originHash: origin.originHash, ...change });
  };

  const save = async (change: Pick<NotebookCopy, 'file' | 'edits'>): Promise<SaveStatus> => {
    if (current.kind === 'original') return { kind: 'saved', entry: await addCopy(current.title, current, change), split: false };
    const { entry } = current;
    const result = await shelf.save(entry.id, change, entry.updated);
    if (result.kind === 'saved') return { ...result, split: false };
    return { kind: 'saved', entry: await addCopy(entry.title, entry, change), split: result.kind === 'conflict' };
  };

  const saveAll = async (): Promise<void> => {
    while (waiting) {
      const { document, edits } = waiting;
      waiting = null;
      onStatus({ kind: 'saving' });
      try {
        const status = await save({ file: serializeNotebook(document), edits });
        if (status.kind === 'saved') current = { kind: 'copy', entry: status.entry };
        onStatus(status);
      } catch (error) {
        waiting ??= { document, edits };
        onStatus({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
        return;
      }
    }
  };

  const flush = (): Promise<void> => {
    cancel?.();
    cancel = null;
    running ??= saveAll().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    edited(document, edits) {
      waiting = { document, edits };
      cancel ??= schedule(() => void flush(), delay);
    },
    flush,
  };
}
