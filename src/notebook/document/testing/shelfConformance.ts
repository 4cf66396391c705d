// What every shelf must do, wherever it keeps its notebooks: run in Node on the one in memory, in a browser on IndexedDB.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CopyEntry, NewCopy, NotebookShelf, ShelfSources } from '../notebookShelf.ts';

const COPY: NewCopy = { title: 'T (copy)', origin: 'tapo', originHash: 'abc', file: '<notebook>\ud83d\ude00\r\n\0</notebook>', edits: 1 };

/** `reopen` gives a second shelf over the same notebooks, as another window has; absent where there can be none. */
export function describeShelf(
  name: string,
  make: (
    sources: ShelfSources,
  ) => Promise<{ readonly shelf: NotebookShelf; readonly reopen?: () => Promise<NotebookShelf>; readonly destroy: () => Promise<void> }>,
): void {
  describe(name, () => {
    let now = 0;
    let made: Awaited<ReturnType<typeof make>>;
    let shelf: NotebookShelf;
    beforeEach(async () => {
      now = 100;
      let ids = 0;
      made = await make({ newId: () => `id-${++ids}`, now: () => now });
      shelf = made.shelf;
    });
    afterEach(() => made.destroy());

    it('add(copy), open(id) give back every character', async () => {
      const entry = await shelf.add(COPY);
      expect(entry).toEqual({ id: 'id-1', title: 'T (copy)', origin: 'tapo', originHash: 'abc', edits: 1, created: 100, updated: 100, deleted: null });
      expect(await shelf.open('id-1')).toEqual({ ...entry, file: COPY.file });
      expect(await shelf.open('nothing')).toBe(null);
      const large = 'é'.repeat(500_000);
      expect((await shelf.open((await shelf.add({ ...COPY, file: large })).id))?.file === large).toBe(true);
    });

    it('list() has the last saved first, without files', async () => {
      expect(await shelf.list()).toEqual([]);
      const first = await shelf.add(COPY);
      now = 200;
      const second = await shelf.add({ ...COPY, origin: null, originHash: null });
      expect(await shelf.list()).toEqual([second, first]);
      now = 300;
      const saved = await shelf.save(first.id, { file: 'x', edits: 2 }, first.updated);
      expect(saved).toEqual({ kind: 'saved', entry: { ...first, edits: 2, updated: 300 } });
      expect((await shelf.list()).map(({ id }) => id)).toEqual([first.id, second.id]);
    });

    it('save(id, change, after) writes over nothing that it has not seen', async () => {
      const entry = await shelf.add(COPY);
      const saved = await shelf.save(entry.id, { file: 'mine', edits: 2 }, entry.updated);
      expect(saved).toMatchObject({ kind: 'saved', entry: { updated: 101 } }); // the clock stood still
      expect(await shelf.save(entry.id, { file: 'theirs', edits: 2 }, entry.updated)).toEqual({
        kind: 'conflict',
        entry: { ...entry, edits: 2, updated: 101 },
      });
      expect((await shelf.open(entry.id))?.file).toBe('mine');
      expect(await shelf.save('nothing', { file: '', edits: 0 }, 0)).toEqual({ kind: 'missing' });
    });

    it('rename(id, title) leaves the rest, so that an open copy can still be saved', async () => {
      const entry = await shelf.add(COPY);
      now = 500;
      await shelf.rename(entry.id, 'U');
      expect(await shelf.list()).toEqual([{ ...entry, title: 'U' }]);
      expect(await shelf.save(entry.id, { file: 'x', edits: 2 }, entry.updated)).toMatchObject({ kind: 'saved', entry: { title: 'U' } });
      await shelf.rename('nothing', 'U');
    });

    it('remove(id) takes off the list, restore(id) puts back, and a save does too', async () => {
      const entry = await shelf.add(COPY);
      now = 500;
      await shelf.remove(entry.id);
      now = 600;
      await shelf.remove(entry.id);
      expect([await shelf.list(), await shelf.listDeleted()]).toEqual([[], [{ ...entry, deleted: 500 }]]);
      expect((await shelf.open(entry.id))?.file).toBe(COPY.file);
      await shelf.restore(entry.id);
      expect([await shelf.list(), await shelf.listDeleted()]).toEqual([[entry], []]);
      await shelf.remove(entry.id);
      expect(await shelf.save(entry.id, { file: 'x', edits: 2 }, entry.updated)).toMatchObject({ kind: 'saved', entry: { deleted: null } });
      expect(await shelf.list()).toHaveLength(1);
    });

    it('watch(listener) tells at once and of every change, until it is ended', async () => {
      const seen: (readonly CopyEntry[])[] = [];
      const end = shelf.watch((entries) => seen.push(entries));
      await vi.waitFor(() => expect(seen).toEqual([[]]));
      const entry = await shelf.add(COPY);
      await vi.waitFor(() => expect(seen.at(-1)).toEqual([entry]));
      await shelf.remove(entry.id);
      await vi.waitFor(() => expect(seen.at(-1)).toEqual([]));
      end();
      const { length } = seen;
      await shelf.restore(entry.id);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(seen).toHaveLength(length);
    });

    it('is the same notebooks in another window, where it is kept', async () => {
      if (!made.reopen) return;
      const entry = await shelf.add(COPY);
      const other = await made.reopen();
      expect(await other.open(entry.id)).toEqual({ ...entry, file: COPY.file });
      const seen: (readonly CopyEntry[])[] = [];
      const end = shelf.watch((entries) => seen.push(entries));
      expect(await other.save(entry.id, { file: 'theirs', edits: 2 }, entry.updated)).toMatchObject({ kind: 'saved' });
      await vi.waitFor(() => expect(seen.at(-1)?.[0]?.edits).toBe(2));
      expect(await shelf.save(entry.id, { file: 'mine', edits: 2 }, entry.updated)).toMatchObject({ kind: 'conflict' });
      end();
      other.close();
    });
  });
}
