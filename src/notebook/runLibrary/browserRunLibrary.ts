// The library that a browser keeps: records in IndexedDB, files in its private file system. Only in pages that came by https or from this
// machine; elsewhere, and in windows that keep nothing, `openRunLibrary` gives the twin in memory.
import Dexie, { type EntityTable } from 'dexie';
import { startBlobs } from '../../workers/blobsClient.ts';
import { buildRunLibrary } from './buildRunLibrary.ts';
import { memoryRunLibrary } from './memoryRunLibrary.ts';
import type { RunLibrary } from './runLibrary.ts';
import type { BlobStore, LibraryGround, LibraryLock, RecordStore, StoredRow } from './stores.ts';

export interface OpenLibrary {
  readonly library: RunLibrary;
  /** Ends the worker and lets go of the database. */
  close(): void;
}

const REAL: Pick<LibraryGround, 'now' | 'newId'> = {
  now: () => Date.now(),
  newId: () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
};

/** Opens the library of this name. Rejects where the browser keeps no files or no records. */
export async function openBrowserLibrary(name: string, { now, newId } = REAL): Promise<OpenLibrary> {
  if (typeof navigator.storage?.getDirectory !== 'function' || typeof navigator.locks === 'undefined')
    throw new Error('expected a browser with a private file system and locks, in a page that came by https or from this machine');
  const records = dexieRecords(name);
  const blobs = startBlobs(name);
  try {
    await records.store.all();
    await blobs.store.folders();
  } catch (error) {
    blobs.close();
    records.close();
    throw error;
  }
  const ground: LibraryGround = { place: 'browser', records: records.store, blobs: asked(blobs.store), lock: browserLock(name), room, now, newId };
  return {
    library: buildRunLibrary(ground),
    close() {
      blobs.close();
      records.close();
    },
  };
}

/** The library of this page: in the browser where it can be, else in memory; `place` tells which. Never rejects. */
export async function openRunLibrary(name = 'tapo-runs'): Promise<OpenLibrary> {
  try {
    return await openBrowserLibrary(name);
  } catch {
    return { library: memoryRunLibrary(REAL), close: () => {} };
  }
}

async function room(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : quota - usage;
}

/** The first save asks the browser not to throw files away when space runs short; the answer changes nothing here. */
function asked(blobs: BlobStore): BlobStore {
  let hasAsked = false;
  return {
    ...blobs,
    write(folder, files) {
      if (!hasAsked) navigator.storage.persist().catch(() => {});
      hasAsked = true;
      return blobs.write(folder, files);
    },
  };
}

/** `strict`: a transaction is on disk when it is done, not only handed to the system. */
function dexieRecords(name: string): { readonly store: RecordStore; close(): void } {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Dexie & { readonly runs: EntityTable<StoredRow, 'id'> };
  database.version(1).stores({ runs: 'id' });
  const { runs } = database;
  return {
    store: {
      all: () => runs.toArray(),
      get: (id) => runs.get(id),
      async change(id, change) {
        await database.transaction('rw', runs, async () => {
          const next = change(await runs.get(id));
          if (next) await runs.put(next);
          else await runs.delete(id);
        });
      },
    },
    close: () => database.close(),
  };
}

/** Locks of the browser hold across tabs, and free themselves when a tab dies. */
function browserLock(name: string): LibraryLock {
  return {
    shared: (work) => navigator.locks.request(name, { mode: 'shared' }, work),
    alone: (work) => navigator.locks.request(name, { mode: 'exclusive', ifAvailable: true }, (lock) => (lock ? work() : Promise.resolve())),
  };
}
