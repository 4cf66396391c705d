// A shelf that lasts as long as the page: for tests, and where the browser keeps nothing.
import { type CopyEntry, type NotebookCopy, type NotebookShelf, newEntry, type ShelfSources, savedEntry, sorted } from './notebookShelf.ts';

export function memoryShelf(sources: ShelfSources): NotebookShelf {
  const copies = new Map<string, NotebookCopy>();
  const listeners = new Set<(entries: readonly CopyEntry[]) => void>();
  const entries = (): readonly CopyEntry[] => [...copies.values()].map(({ file: _, ...entry }) => entry);
  const put = (copy: NotebookCopy): void => {
    copies.set(copy.id, copy);
    for (const listener of listeners) listener(sorted(entries(), { deleted: false }));
  };
  const change = async (id: string, part: (copy: NotebookCopy) => Partial<NotebookCopy>): Promise<void> => {
    const copy = copies.get(id);
    if (copy) put({ ...copy, ...part(copy) });
  };

  return {
    list: async () => sorted(entries(), { deleted: false }),
    listDeleted: async () => sorted(entries(), { deleted: true }),
    open: async (id) => copies.get(id) ?? null,
    async add(copy) {
      const { file, ...entry } = newEntry(copy, sources);
      put({ ...entry, file });
      return entry;
    },
    async save(id, { file, edits }, after) {
      const stored = copies.get(id);
      if (!stored) return { kind: 'missing' };
      const { file: _, ...entry } = stored;
      if (entry.updated !== after) return { kind: 'conflict', entry };
      const saved = savedEntry(entry, edits, sources.now());
      put({ ...saved, file });
      return { kind: 'saved', entry: saved };
    },
    rename: (id, title) => change(id, () => ({ title })),
    remove: (id) => change(id, ({ deleted }) => ({ deleted: deleted ?? sources.now() })),
    restore: (id) => change(id, () => ({ deleted: null })),
    watch(listener) {
      listeners.add(listener);
      listener(sorted(entries(), { deleted: false }));
      return () => listeners.delete(listener);
    },
    close: () => listeners.clear(),
  };
}
