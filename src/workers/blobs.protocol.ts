// What the page asks of the worker that keeps files. Types alone. A folder is written once and as a whole.
import type { Answer } from './answer.ts';

export interface BlobsApi {
  /** Uses this folder of the browser's private file system. */
  open(root: string): Promise<Answer<void>>;
  /** Writes files 0, 1, … into a new folder, each flushed to disk. On an error the folder is taken away again. */
  write(folder: string, files: readonly Blob[]): Promise<Answer<void>>;
  read(folder: string, index: number): Promise<Answer<Uint8Array<ArrayBuffer>>>;
  /** A folder that is not there is no error. */
  remove(folder: string): Promise<Answer<void>>;
  folders(): Promise<Answer<readonly string[]>>;
}
