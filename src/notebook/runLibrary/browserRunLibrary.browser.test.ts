// The library on the real thing: IndexedDB, the private file system and a real quota.
import { expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { type OpenLibrary, openBrowserLibrary, openRunLibrary } from './browserRunLibrary.ts';
import { conformanceSuite } from './testing/conformance.ts';
import { storedState } from './testing/runs.ts';

let libraries = 0;
const newName = (): string => `test-${++libraries}-${Date.now()}`;
let ids = 0;
const newId = (): string => `id${++ids}`;

async function folderOf(name: string): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

async function forget(name: string): Promise<void> {
  indexedDB.deleteDatabase(name);
  const folder = await navigator.storage.getDirectory();
  await vi.waitFor(() => folder.removeEntry(name, { recursive: true }), { timeout: 20_000 }); // a worker that was ended holds its files for a moment
}

interface Cdp {
  send(method: string, parameters: object): Promise<unknown>;
}

conformanceSuite('the library in a browser', async () => {
  const name = newName();
  let time = 0;
  const open: OpenLibrary[] = [];
  const openOne = async () => {
    open.push(await openBrowserLibrary(name, { now: () => time, newId }));
    return (open[open.length - 1] as OpenLibrary).library;
  };
  return {
    library: await openOne(),
    reopen: openOne,
    folders: async () => namesIn(await folderOf(name)),
    async damage(folder, index) {
      const file = await (await (await folderOf(name)).getDirectoryHandle(folder)).getFileHandle(String(index));
      const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
      const writable = await file.createWritable();
      await writable.write(bytes.map((byte) => byte ^ 1));
      await writable.close();
    },
    async full(isFull) {
      const { usage = 0 } = await navigator.storage.estimate();
      await (cdp() as unknown as Cdp).send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...(isFull ? { quotaSize: usage + 10e6 } : {}) });
    },
    setTime(now) {
      time = now;
    },
    async close() {
      for (const { close } of open) close();
      await forget(name);
    },
  };
});

it('a page that closes in the middle of a save leaves the run as it was', async () => {
  const name = newName();
  const first = await openBrowserLibrary(name);
  await first.library.save(storedState({}, 1), { id: 'one', machine: 'wasm' });
  // as a dying tab does it: the worker ends while it writes
  const large = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`part-${i}.bin`, new Uint8Array(4e6).fill(i)]));
  void first.library.save(storedState({}, 9), { id: 'one', machine: 'wasm' }, large).catch(() => {});
  await expect.poll(async () => (await namesIn(await folderOf(name))).length, { timeout: 20_000, interval: 5 }).toBe(2);
  first.close();

  const second = await openBrowserLibrary(name);
  expect(await second.library.list()).toMatchObject([{ id: 'one', update: 1 }]);
  expect((await second.library.load('one')).state).toEqual(storedState({}, 1));
  second.close();
  await forget(name);
});

it('openRunLibrary(name) keeps runs in the browser, and in memory where the browser has no private file system', async () => {
  const name = newName();
  const kept = await openRunLibrary(name);
  expect(kept.library.place).toBe('browser');
  kept.close();
  await forget(name);
  const method = Object.getOwnPropertyDescriptor(StorageManager.prototype, 'getDirectory') as PropertyDescriptor;
  Reflect.deleteProperty(StorageManager.prototype, 'getDirectory');
  try {
    const { library } = await openRunLibrary(newName());
    expect(library.place).toBe('memory');
    expect((await library.save(storedState(), { machine: 'wasm' })).update).toBe(3);
  } finally {
    Object.defineProperty(StorageManager.prototype, 'getDirectory', method);
  }
});
