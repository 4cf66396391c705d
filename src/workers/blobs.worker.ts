// The worker that keeps files: only in a worker does the private file system let one flush to disk, and it does so in every browser.
import { expose, transfer } from 'comlink';
import { answer } from './answer.ts';
import type { BlobsApi } from './blobs.protocol.ts';
import './trustedTypes.ts';

let root: FileSystemDirectoryHandle | null = null;

function opened(): FileSystemDirectoryHandle {
  if (!root) throw new Error('blobs: no folder is open; call open first');
  return root;
}

const api: BlobsApi = {
  open: (name) =>
    answer(async () => {
      root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
    }),
  write: (folder, files) =>
    answer(async () => {
      const home = opened();
      const directory = await home.getDirectoryHandle(folder, { create: true });
      try {
        for (const [index, file] of files.entries()) await writeFlushed(await directory.getFileHandle(String(index), { create: true }), file);
      } catch (error) {
        await removeIfThere(home, folder);
        throw error;
      }
    }),
  async read(folder, index) {
    const read = await answer(async () => {
      const directory = await opened().getDirectoryHandle(folder);
      const file = await (await directory.getFileHandle(String(index))).getFile();
      return new Uint8Array(await file.arrayBuffer());
    });
    return read.kind === 'ok' ? transfer(read, [read.value.buffer]) : read;
  },
  remove: (folder) => answer(() => removeIfThere(opened(), folder)),
  folders: () =>
    answer(async () => {
      const names: string[] = [];
      for await (const name of opened().keys()) names.push(name);
      return names;
    }),
};

/** Bytes that are in memory at a time. */
const PART = 4 << 20;

async function writeFlushed(handle: FileSystemFileHandle, file: Blob): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    for (let at = 0; at < file.size; at += PART) access.write(new Uint8Array(await file.slice(at, at + PART).arrayBuffer()), { at });
    access.flush();
    // what `write` returns is no proof: beyond the quota Chromium tells of bytes that are not there
    if (access.getSize() !== file.size) throw new DOMException(`${access.getSize()} of ${file.size} bytes could be written`, 'QuotaExceededError');
  } finally {
    access.close();
  }
}

async function removeIfThere(home: FileSystemDirectoryHandle, folder: string): Promise<void> {
  try {
    await home.removeEntry(folder, { recursive: true });
  } catch (error) {
    if ((error as Error).name !== 'NotFoundError') throw error;
  }
}

expose(api);
