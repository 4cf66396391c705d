// The page's end of the worker that keeps files.
import { wrap } from 'comlink';
import { unwrap } from './answer.ts';
import type { BlobsApi } from './blobs.protocol.ts';

export interface BlobsClient {
  readonly store: {
    write(folder: string, files: readonly Blob[]): Promise<void>;
    read(folder: string, index: number): Promise<Uint8Array<ArrayBuffer>>;
    remove(folder: string): Promise<void>;
    folders(): Promise<readonly string[]>;
  };
  /** Ends the worker at once; a folder that is being written then belongs to nobody. */
  close(): void;
}

/** Starts the worker on a folder of the private file system; the first call that needs it rejects if the browser has none. */
export function startBlobs(root: string): BlobsClient {
  const worker = new Worker(new URL('./blobs.worker.ts', import.meta.url), { type: 'module', name: 'blobs' });
  const api = wrap<BlobsApi>(worker);
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`worker: ${event.message || 'its script could not be loaded'}`)));
  });
  const opening = Promise.race([api.open(root).then(unwrap), broken]);
  opening.catch(() => {}); // told to whoever calls next
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    await opening;
    return Promise.race([work(), broken]);
  };
  return {
    store: {
      write: (folder, files) => call(async () => unwrap(await api.write(folder, files))),
      read: (folder, index) => call(async () => unwrap(await api.read(folder, index))),
      remove: (folder) => call(async () => unwrap(await api.remove(folder))),
      folders: () => call(async () => unwrap(await api.folders())),
    },
    close: () => worker.terminate(),
  };
}
