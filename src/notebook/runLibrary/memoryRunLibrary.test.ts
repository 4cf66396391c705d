import { buildRunLibrary } from './buildRunLibrary.ts';
import { memoryBlobs, memoryLock, memoryRecords } from './memoryRunLibrary.ts';
import type { BlobStore } from './stores.ts';
import { conformanceSuite } from './testing/conformance.ts';

conformanceSuite('the library in memory', async () => {
  let [time, ids, isFull] = [0, 0, false];
  const [records, lock, files] = [memoryRecords(), memoryLock(), memoryBlobs()];
  const blobs: BlobStore = {
    ...files,
    write: (folder, given) => (isFull ? memoryBlobs(1000).write(folder, given) : files.write(folder, given)),
  };
  const build = () => buildRunLibrary({ place: 'memory', records, blobs, lock, room: async () => 1e6, now: () => time, newId: () => `id${++ids}` });
  return {
    library: build(),
    reopen: async () => build(),
    folders: () => blobs.folders(),
    async damage(folder, index) {
      const contents: Blob[] = [];
      for (let i = 0; ; i++) {
        const bytes = await blobs.read(folder, i).catch(() => null);
        if (!bytes) break;
        contents.push(new Blob([i === index ? bytes.map((byte) => byte ^ 1) : bytes]));
      }
      await blobs.write(folder, contents);
    },
    async full(now) {
      isFull = now;
    },
    setTime(now) {
      time = now;
    },
    close: async () => {},
  };
});
