// A shelf that is opened when it is first asked for something: readers who edit nothing never load its database.
import type { CopyEntry, NotebookShelf } from './notebookShelf.ts';

export function lazyShelf(open: () => Promise<NotebookShelf>): NotebookShelf {
  let opened: Promise<NotebookShelf> | null = null;
  const shelf = (): Promise<NotebookShelf> => {
    opened ??= open();
    return opened;
  };
  return {
    list: async () => (await shelf()).list(),
    listDeleted: async () => (await shelf()).listDeleted(),
    open: async (id) => (await shelf()).open(id),
    add: async (copy) => (await shelf()).add(copy),
    save: async (id, change, after) => (await shelf()).save(id, change, after),
    rename: async (id, title) => (await shelf()).rename(id, title),
    remove: async (id) => (await shelf()).remove(id),
    restore: async (id) => (await shelf()).restore(id),
    watch(listener) {
      let end = (): void => {};
      let ended = false;
      const tell = (entries: readonly CopyEntry[]): void => {
        if (!ended) listener(entries);
      };
      void shelf().then((each) => {
        if (!ended) end = each.watch(tell);
      });
      return () => {
        ended = true;
        end();
      };
    },
    close: () => void opened?.then((each) => each.close()),
  };
}
