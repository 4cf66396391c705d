// The copies that a person's edits make, kept in this browser. Authors' notebooks are never among them: opening one by name always gives the
// author's version, and copies of it are listed beside. notebookStorage.ts keeps them in IndexedDB, memoryShelf.ts in memory.

/** A copy without its text: what lists need. */
export interface CopyEntry {
  readonly id: string;
  /** What the copy is called; the notebook in it has a title of its own. */
  readonly title: string;
  /** Name of the author's notebook that it comes from; null: begun empty, or opened from a file. */
  readonly origin: string | null;
  /** Hash of the author's file at that time. */
  readonly originHash: string | null;
  /** Edits since then. */
  readonly edits: number;
  /** Milliseconds; `updated` grows with every save, and with nothing else. */
  readonly created: number;
  readonly updated: number;
  /** When it was deleted; null: it is not. */
  readonly deleted: number | null;
}

export interface NotebookCopy extends CopyEntry {
  /** The whole file (notebookFile.ts). */
  readonly file: string;
}

export type NewCopy = Pick<NotebookCopy, 'title' | 'origin' | 'originHash' | 'file' | 'edits'>;

export type SaveResult =
  | { readonly kind: 'saved'; readonly entry: CopyEntry }
  /** Somebody else, as another window, has saved it since; nothing was written. */
  | { readonly kind: 'conflict'; readonly entry: CopyEntry }
  | { readonly kind: 'missing' };

export interface NotebookShelf {
  /** All copies, those that were saved last first; the deleted ones apart. */
  list(): Promise<readonly CopyEntry[]>;
  listDeleted(): Promise<readonly CopyEntry[]>;
  /** A copy, also a deleted one; null if there is none. */
  open(id: string): Promise<NotebookCopy | null>;
  add(copy: NewCopy): Promise<CopyEntry>;
  /** Saves over the version that was `updated` at `after`. A deleted copy that is saved is there again. */
  save(id: string, change: Pick<NotebookCopy, 'file' | 'edits'>, after: number): Promise<SaveResult>;
  rename(id: string, title: string): Promise<void>;
  /** Takes it off the list; `restore` puts it back as it was. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Calls back with the list at once and whenever it changes, in other windows too; gives a function that ends this. */
  watch(listener: (entries: readonly CopyEntry[]) => void): () => void;
  close(): void;
}

/** What a shelf needs of the world. */
export interface ShelfSources {
  readonly newId: () => string;
  /** Milliseconds. */
  readonly now: () => number;
}

/** The shelf could not do it: full, closed, not allowed. The message says what to do. */
export class ShelfError extends Error {
  override readonly name = 'ShelfError';
}

/** The copies of an author's notebook. */
export function copiesOf(entries: readonly CopyEntry[], origin: string): readonly CopyEntry[] {
  return entries.filter((entry) => entry.origin === origin);
}

/** Whether the author has changed the notebook since the copy was made. */
export function hasOriginChanged({ originHash }: CopyEntry, authorsHash: string): boolean {
  return originHash !== null && originHash !== authorsHash;
}

/** A name for a copy that no other has: "T (copy)", "T (copy 2)", … */
export function copyTitle(title: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  const base = title.replace(/ \(copy(?: \d+)?\)$/, '');
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${base} (copy)` : `${base} (copy ${n})`;
    if (!names.has(name)) return name;
  }
}

/** Of some entries: those that are deleted or not, the one saved last first. */
export function sorted(entries: readonly CopyEntry[], { deleted }: { readonly deleted: boolean }): readonly CopyEntry[] {
  return entries.filter((entry) => (entry.deleted !== null) === deleted).sort((a, b) => b.updated - a.updated || (a.id < b.id ? -1 : 1));
}

/** A new copy's entry and file. */
export function newEntry({ file, ...copy }: NewCopy, { newId, now }: ShelfSources): NotebookCopy {
  const time = now();
  return { id: newId(), ...copy, file, created: time, updated: time, deleted: null };
}

/** A copy after a save: its time grows even where the clock does not. */
export function savedEntry(entry: CopyEntry, edits: number, now: number): CopyEntry {
  return { ...entry, edits, updated: Math.max(now, entry.updated + 1), deleted: null };
}
