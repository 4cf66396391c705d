// The plain twin: a library that lasts as long as the page. For tests, and for browsers that keep nothing.
import { buildRunLibrary } from './buildRunLibrary.ts';
import type { RunLibrary } from './runLibrary.ts';
import type { BlobStore, LibraryGround, LibraryLock, RecordStore, StoredRow } from './stores.ts';

/** `capacity`: bytes of files that it takes, as a browser's quota; none where absent. */
export function memoryRunLibrary({ now, newId, capacity }: Pick<LibraryGround, 'now' | 'newId'> & { readonly capacity?: number }): RunLibrary {
  return buildRunLibrary({ place: 'memory', records: memoryRecords(), blobs: memoryBlobs(capacity), lock: memoryLock(), room: async () => null, now, newId });
}

export function memoryRecords(): RecordStore {
  const rows = new Map<string, StoredRow>();
  return {
    all: async () => [...rows.values()],
    get: async (id) => rows.get(id),
    async change(id, change) {
      const next = change(rows.get(id));
      if (next) rows.set(id, next);
      else rows.delete(id);
    },
  };
}

export function memoryBlobs(capacity = Number.POSITIVE_INFINITY): BlobStore {
  const folders = new Map<string, readonly Blob[]>();
  const used = (): number => [...folders.values()].flat().reduce((sum, { size }) => sum + size, 0);
  return {
    async write(folder, files) {
      if (used() + files.reduce((sum, { size }) => sum + size, 0) > capacity) throw new DOMException('the store is full', 'AbortError');
      folders.set(folder, [...files]);
    },
    async read(folder, index) {
      const file = folders.get(folder)?.[index];
      if (!file) throw new DOMException(`no file ${folder}/${index}`, 'NotFoundError');
      return new Uint8Array(await file.arrayBuffer());
    },
    async remove(folder) {
      folders.delete(folder);
    },
    folders: async () => [...folders.keys()],
  };
}

export function memoryLock(): LibraryLock {
  let working = 0;
  let alone: Promise<void> = Promise.resolve();
  let busy = false;
  return {
    async shared(work) {
      while (busy) await alone.catch(() => {});
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    async alone(work) {
      if (busy || working > 0) return;
      busy = true;
      alone = work().finally(() => {
        busy = false;
      });
      await alone;
    },
  };
}
