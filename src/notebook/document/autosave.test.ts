import { describe, expect, it } from 'vitest';
import { type Opened, type SaveStatus, startAutosave } from './autosave.ts';
import { memoryShelf } from './memoryShelf.ts';
import { EMPTY_NOTEBOOK, type NotebookDocument } from './notebookDocument.ts';
import { parseNotebook } from './notebookFile.ts';
import { copiesOf, copyTitle, hasOriginChanged, type NotebookShelf } from './notebookShelf.ts';

const titled = (title: string): NotebookDocument => ({ ...EMPTY_NOTEBOOK, title });
const titleOf = (file: string | undefined): string | null => (file === undefined ? null : parseNotebook(file).title);
const AUTHORS: Opened = { kind: 'original', title: 'What is it?', origin: 'what', originHash: 'abc' };

function setUp(opened: Opened = AUTHORS, change: (shelf: NotebookShelf) => NotebookShelf = (shelf) => shelf) {
  let ids = 0;
  const shelf = memoryShelf({ newId: () => `id-${++ids}`, now: () => 1 });
  const statuses: SaveStatus[] = [];
  const timers: { callback: () => void; milliseconds: number; off: boolean }[] = [];
  const start = (what: Opened) =>
    startAutosave({
      shelf: change(shelf),
      opened: what,
      onStatus: (status) => statuses.push(status),
      schedule(callback, milliseconds) {
        const timer = { callback, milliseconds, off: false };
        timers.push(timer);
        return () => {
          timer.off = true;
        };
      },
    });
  return { shelf, statuses, timers, start, autosave: start(opened) };
}

describe('startAutosave(options)', () => {
  it('makes a named copy of an author’s notebook with the first edit, and saves it from then on', async () => {
    const { shelf, statuses, timers, autosave } = setUp();
    expect(await shelf.list()).toEqual([]);
    autosave.edited(titled('a'), 1);
    autosave.edited(titled('ab'), 2);
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([1000]);
    timers[0]?.callback();
    await autosave.flush();
    expect(statuses.map(({ kind }) => kind)).toEqual(['saving', 'saved']);
    autosave.edited(titled('abc'), 3);
    await autosave.flush();
    expect(timers.map(({ off }) => off)).toEqual([true, true]);
    expect(await shelf.list()).toMatchObject([{ title: 'What is it? (copy)', origin: 'what', originHash: 'abc', edits: 3 }]);
    expect(titleOf((await shelf.open('id-1'))?.file)).toBe('abc');
    await autosave.flush();
    expect(statuses).toHaveLength(4);
  });
  it('saves one at a time, and what came meanwhile after it, without what was in between', async () => {
    const files: string[] = [];
    const { autosave } = setUp(AUTHORS, (shelf) => ({
      ...shelf,
      add: async (copy) => {
        files.push(`add ${titleOf(copy.file)}`);
        return shelf.add(copy);
      },
      save: async (id, change, after) => {
        files.push(`save ${titleOf(change.file)}`);
        return shelf.save(id, change, after);
      },
    }));
    autosave.edited(titled('a'), 1);
    const first = autosave.flush();
    autosave.edited(titled('b'), 2);
    autosave.edited(titled('c'), 3);
    await Promise.all([first, autosave.flush()]);
    expect(files).toEqual(['add a', 'save c']);
  });
  it('makes another copy where another window has saved since', async () => {
    const { shelf, statuses, start } = setUp();
    const entry = await shelf.add({ title: 'T (copy)', origin: 'what', originHash: 'abc', file: '', edits: 1 });
    const [one, two] = [start({ kind: 'copy', entry }), start({ kind: 'copy', entry })];
    one.edited(titled('one'), 2);
    await one.flush();
    two.edited(titled('two'), 2);
    await two.flush();
    expect(statuses.at(-1)).toMatchObject({ kind: 'saved', split: true, entry: { title: 'T (copy 2)', origin: 'what' } });
    one.edited(titled('one more'), 3);
    two.edited(titled('two more'), 3);
    await Promise.all([one.flush(), two.flush()]);
    const files = await Promise.all((await shelf.list()).map(async ({ id }) => titleOf((await shelf.open(id))?.file ?? '')));
    expect(files.sort()).toEqual(['one more', 'two more']);
  });
  it('makes a copy anew where it is gone', async () => {
    const { shelf, autosave } = setUp({ kind: 'copy', entry: { ...AUTHORS, id: 'gone', edits: 4, created: 1, updated: 1, deleted: null } });
    autosave.edited(titled('a'), 5);
    await autosave.flush();
    expect(await shelf.list()).toMatchObject([{ id: 'id-1', edits: 5 }]);
  });
  it('keeps what could not be saved, and tries again', async () => {
    let full = true;
    const { shelf, statuses, autosave } = setUp(AUTHORS, (inner) => ({
      ...inner,
      add: (copy) => (full ? Promise.reject(new Error('full')) : inner.add(copy)),
    }));
    autosave.edited(titled('a'), 1);
    await autosave.flush();
    expect(statuses.at(-1)).toEqual({ kind: 'failed', message: 'full' });
    full = false;
    await autosave.flush();
    expect(statuses.at(-1)?.kind).toBe('saved');
    expect(titleOf((await shelf.open('id-1'))?.file)).toBe('a');
  });
});

describe('copyTitle(title, taken)', () => {
  it('is a name that no other copy has', () => {
    expect(copyTitle('T', [])).toBe('T (copy)');
    expect(copyTitle('T', ['T (copy)', 'T (copy 2)'])).toBe('T (copy 3)');
    expect(copyTitle('T (copy 2)', ['T (copy)', 'T (copy 2)'])).toBe('T (copy 3)');
  });
});

describe('copiesOf(entries, origin), hasOriginChanged(entry, hash)', () => {
  it('tell which copies an author’s notebook has, and whether it has changed since', async () => {
    const { shelf } = setUp();
    const add = (origin: string | null, originHash: string | null) => shelf.add({ title: '', origin, originHash, file: '', edits: 1 });
    const [first, , third] = [await add('what', 'abc'), await add('other', 'abc'), await add(null, null)];
    expect(copiesOf(await shelf.list(), 'what')).toEqual([first]);
    expect([hasOriginChanged(first, 'abc'), hasOriginChanged(first, 'def'), hasOriginChanged(third, 'def')]).toEqual([false, true, false]);
  });
});
