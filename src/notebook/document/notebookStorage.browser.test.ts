import { Dexie } from 'dexie';
import { describe, expect, it, vi } from 'vitest';
import { ShelfError, type ShelfSources } from './notebookShelf.ts';
import { openShelf } from './notebookStorage.ts';
import { describeShelf } from './testing/shelfConformance.ts';

/** A database of its own for every test: one that is still closing blocks nothing. */
let databases = 0;
const freshName = (): string => `tapo-notebooks-test-${++databases}`;
const SOURCES: ShelfSources = { newId: () => crypto.randomUUID(), now: () => 1 };
const COPY = { title: 'T', origin: null, originHash: null, file: 'x', edits: 1 };

describeShelf('openShelf(sources, name)', async (sources) => {
  const name = freshName();
  const { shelf, problem } = await openShelf(sources, name);
  expect(problem).toBe(null);
  const destroy = async (): Promise<void> => {
    shelf.close();
    await Dexie.delete(name);
  };
  return { shelf, reopen: async () => (await openShelf(sources, name)).shelf, destroy };
});

describe('openShelf(sources, name)', () => {
  it('waits for the disk on every write', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const name = freshName();
    const { shelf } = await openShelf(SOURCES, name);
    await shelf.add(COPY);
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes.map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
    transaction.mockRestore();
    shelf.close();
    await Dexie.delete(name);
  });
  it('says what to do where a notebook cannot be saved', async () => {
    const name = freshName();
    const { shelf } = await openShelf(SOURCES, name);
    const put = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('the disk is full', 'QuotaExceededError');
    });
    const error: unknown = await shelf.add(COPY).catch((reason: unknown) => reason);
    put.mockRestore();
    expect(error).toBeInstanceOf(ShelfError);
    expect((error as Error).message).toBe(
      'This browser could not save a notebook (its storage is full: delete what is not needed). Save the notebook as a file.',
    );
    expect(await shelf.list()).toEqual([]);
    shelf.close();
    await expect(shelf.list()).rejects.toThrow(ShelfError);
    await Dexie.delete(name);
  });
  it('keeps notebooks in memory where the browser keeps none', async () => {
    const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    const { shelf, problem } = await openShelf(SOURCES, freshName());
    open.mockRestore();
    expect(problem).toContain('your edits last until the page is closed. Save them as a file.');
    const { id } = await shelf.add(COPY);
    expect((await shelf.open(id))?.file).toBe('x');
  });
});
