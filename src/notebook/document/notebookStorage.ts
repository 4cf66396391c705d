// The shelf in IndexedDB, through Dexie: entries and files in two tables, so that lists read no files; every change is one transaction that is
// on the disk before it counts as done.
import { Dexie, type EntityTable, liveQuery } from 'dexie';
import { memoryShelf } from './memoryShelf.ts';
import { type CopyEntry, type NotebookShelf, newEntry, ShelfError, type ShelfSources, savedEntry, sorted } from './notebookShelf.ts';

export const SHELF_NAME = 'tapo-notebooks';

type ShelfDatabase = Dexie & {
  readonly entries: EntityTable<CopyEntry, 'id'>;
  readonly files: EntityTable<{ readonly id: string; readonly file: string }, 'id'>;
};

/**
 * The shelf of this browser. Where it keeps nothing (storage is blocked, or belongs to a newer version of the page) a shelf in memory stands
 * in, and `problem` says so in words.
 */
export async function openShelf(sources: ShelfSources, name = SHELF_NAME): Promise<{ readonly shelf: NotebookShelf; readonly problem: string | null }> {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as ShelfDatabase;
  database.version(1).stores({ entries: 'id', files: 'id' });
  try {
    await database.open();
    return { shelf: dexieShelf(database, sources), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      shelf: memoryShelf(sources),
      problem: `This browser keeps no notebooks (${reason}): your edits last until the page is closed. Save them as a file.`,
    };
  }
}

function dexieShelf(database: ShelfDatabase, sources: ShelfSources): NotebookShelf {
  const { entries, files } = database;
  const list = async (deleted: boolean): Promise<readonly CopyEntry[]> => sorted(await entries.toArray(), { deleted });
  const change = (id: string, part: (entry: CopyEntry) => Partial<CopyEntry>): Promise<void> =>
    kept('change a notebook', async () => {
      await database.transaction('rw', entries, async () => {
        const entry = await entries.get(id);
        if (entry) await entries.put({ ...entry, ...part(entry) });
      });
    });

  return {
    list: () => kept('list notebooks', () => list(false)),
    listDeleted: () => kept('list notebooks', () => list(true)),
    open: (id) =>
      kept('open a notebook', () =>
        database.transaction('r', entries, files, async () => {
          const [entry, file] = await Promise.all([entries.get(id), files.get(id)]);
          return entry && file ? { ...entry, file: file.file } : null;
        }),
      ),
    add: (copy) =>
      kept('save a notebook', () =>
        database.transaction('rw', entries, files, async () => {
          const { file, ...entry } = newEntry(copy, sources);
          await Promise.all([entries.add(entry), files.add({ id: entry.id, file })]);
          return entry;
        }),
      ),
    save: (id, { file, edits }, after) =>
      kept('save a notebook', () =>
        database.transaction('rw', entries, files, async () => {
          const entry = await entries.get(id);
          if (!entry) return { kind: 'missing' };
          if (entry.updated !== after) return { kind: 'conflict', entry };
          const saved = savedEntry(entry, edits, sources.now());
          await Promise.all([entries.put(saved), files.put({ id, file })]);
          return { kind: 'saved', entry: saved };
        }),
      ),
    rename: (id, title) => change(id, () => ({ title })),
    remove: (id) => change(id, ({ deleted }) => ({ deleted: deleted ?? sources.now() })),
    restore: (id) => change(id, () => ({ deleted: null })),
    watch(listener) {
      const subscription = liveQuery(() => list(false)).subscribe({ next: listener, error: () => {} }); // a closed shelf has no list any more
      return () => subscription.unsubscribe();
    },
    close: () => database.close(),
  };
}

/** Turns what the storage says into what a person can do. A full disk shows as an aborted transaction. */
async function kept<T>(intent: string, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, message } = error as Error;
    const full = name === 'QuotaExceededError' || name === 'AbortError';
    const advice = full ? 'its storage is full: delete what is not needed' : message;
    throw new ShelfError(`This browser could not ${intent} (${advice}). Save the notebook as a file.`, { cause: error });
  }
}
