// A kill at every step of a save, of a purge and of an import: what a page that is opened afterwards finds.
import { describe, expect, it } from 'vitest';
import { buildRunLibrary } from './buildRunLibrary.ts';
import { memoryBlobs, memoryLock, memoryRecords } from './memoryRunLibrary.ts';
import type { RunLibrary } from './runLibrary.ts';
import type { BlobStore, LibraryGround, RecordStore } from './stores.ts';
import { storedState } from './testing/runs.ts';

/** Stores that outlive pages, and pages that die: after so many steps nothing that a page began goes on. */
function mortalGround() {
  const [records, blobs] = [memoryRecords(), memoryBlobs()];
  let ids = 0;
  let die = (): void => {};
  const page = (steps: number): RunLibrary => {
    let left = steps;
    const step = (): boolean => {
      left -= 1;
      if (left < 0) die();
      return left >= 0;
    };
    const mortalBlobs: BlobStore = {
      async write(folder, files) {
        for (let written = 0; written < files.length; written++) {
          if (!step()) return never;
          await blobs.write(folder, files.slice(0, written + 1)); // the folder is there before all of its files are
        }
      },
      read: (folder, index) => blobs.read(folder, index),
      remove: (folder) => (step() ? blobs.remove(folder) : never),
      folders: () => blobs.folders(),
    };
    const mortalRecords: RecordStore = { ...records, change: (id, change) => (step() ? records.change(id, change) : never) };
    const ground: Omit<LibraryGround, 'lock'> = {
      place: 'memory',
      records: mortalRecords,
      blobs: mortalBlobs,
      room: async () => null,
      now: () => 5,
      newId: () => `id${++ids}`,
    };
    return buildRunLibrary({ ...ground, lock: memoryLock() }); // locks die with their page
  };
  /** Waits until work is done or its page has died. */
  const settled = (work: () => Promise<unknown>): Promise<unknown> => {
    const death = new Promise<void>((resolve) => {
      die = resolve;
    });
    return Promise.race([work(), death]);
  };
  return { page, settled, folders: () => blobs.folders() };
}

const never = new Promise<never>(() => {});
const files = (value: number) => ({ 'a.bin': Uint8Array.of(value), 'b.bin': Uint8Array.of(value) });
const byteOf = async (blob: Blob | undefined): Promise<number | undefined> => new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))[0];

describe('a library whose page dies', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('after %i steps of a save has the old run or the new one, as a whole', async (steps) => {
    const { page, settled, folders } = mortalGround();
    await page(100).save(storedState({}, 1), { id: 'one', name: 'Mine', machine: '' }, files(1));
    await settled(() => page(steps).save(storedState({}, 2), { id: 'one', machine: '' }, files(2)));

    const { record, state, files: found, problems } = await page(100).load('one');
    const updates = steps < 4 ? 1 : 2; // three files, then the record: the fourth step is the commit
    expect(problems).toEqual([]);
    expect(record).toMatchObject({ name: 'Mine', update: updates });
    expect(state).toEqual(storedState({}, updates));
    expect([await byteOf(found['a.bin']), await byteOf(found['b.bin'])]).toEqual([updates, updates]);
    await page(100).save(storedState({ seed: 2 }), { id: 'two', machine: '' });
    expect(await folders()).toHaveLength(2);
  });

  it.each([0, 1, 2, 3])('after %i steps of a purge has each run as a whole or not at all', async (steps) => {
    const { page, settled, folders } = mortalGround();
    for (const id of ['one', 'two']) {
      await page(100).save(storedState(), { id, machine: '' });
      await page(100).remove(id);
    }
    await settled(() => page(steps).purge(10));
    const left = await page(100).list();
    expect(left).toHaveLength(Math.max(0, 2 - steps));
    for (const { id } of left) expect((await page(100).load(id)).problems).toEqual([]);
    await page(100).purge(0);
    expect(await folders()).toHaveLength(left.length);
  });

  it.each([0, 1, 2, 3, 4, 5])('after %i steps of an import has whole runs only, and the rest can be imported again', async (steps) => {
    const { page: source } = mortalGround();
    for (const id of ['one', 'two']) await source(100).save(storedState({ seed: id.length }), { id, machine: '' });
    const archive = await source(100).exportRuns(['one', 'two']);

    const { page, settled } = mortalGround();
    await settled(() => page(steps).importRuns(archive)); // of each run one file and the record: two steps
    expect((await page(100).list()).map(({ id }) => id).sort()).toEqual(['one', 'two'].slice(0, Math.floor(steps / 2)));
    const { problems } = await page(100).importRuns(archive);
    expect(problems).toHaveLength(Math.min(2, Math.floor(steps / 2)));
    for (const id of ['one', 'two']) expect((await page(100).load(id)).problems).toEqual([]);
  });
});

it('a library goes on after its lock was held for a sweep that failed', async () => {
  const blobs: BlobStore = { ...memoryBlobs(), folders: () => Promise.reject(new Error('the disk is gone')) };
  const library = buildRunLibrary({
    place: 'memory',
    records: memoryRecords(),
    blobs,
    lock: memoryLock(),
    room: () => Promise.reject(new Error('unknown')),
    now: () => 0,
    newId: () => 'x',
  });
  await library.save(storedState(), { id: 'one', machine: '' });
  expect((await library.load('one')).state).toEqual(storedState());
});
