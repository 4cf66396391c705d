// The two places that a library keeps things in: small records that change in one step, and files that are written once. Types alone.
import type { RunRecord } from './runLibrary.ts';

export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
}

/** A record, and where its files are: their order is that in the folder. */
export interface StoredRow {
  readonly id: string;
  readonly record: RunRecord;
  /** The state's file first. */
  readonly files: readonly StoredFile[];
  /** Written anew by every save, so that a run is never half of one save and half of another. */
  readonly folder: string;
}

export interface RecordStore {
  all(): Promise<readonly StoredRow[]>;
  get(id: string): Promise<StoredRow | undefined>;
  /**
   * Replaces a row by what `change` makes of it, in one transaction, which is on disk when this resolves; null takes the row away. If
   * `change` throws, nothing happens.
   */
  change(id: string, change: (row: StoredRow | undefined) => StoredRow | null): Promise<void>;
}

export interface BlobStore {
  /** Writes a new folder of files named 0, 1, …; they are on disk when this resolves. Rejects with what stood in the way, the folder gone. */
  write(folder: string, files: readonly Blob[]): Promise<void>;
  /** A file's bytes; rejects if it is not there. */
  read(folder: string, index: number): Promise<Uint8Array<ArrayBuffer>>;
  remove(folder: string): Promise<void>;
  folders(): Promise<readonly string[]>;
}

/** Who may work at the same time, across tabs. */
export interface LibraryLock {
  /** Work that many may do at once, but never beside `alone`. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Work that needs to be alone: done now if nobody else is at work, else not at all. */
  alone(work: () => Promise<void>): Promise<void>;
}

/** All that a library stands on. */
export interface LibraryGround {
  readonly place: 'browser' | 'memory';
  readonly records: RecordStore;
  readonly blobs: BlobStore;
  readonly lock: LibraryLock;
  /** Bytes that are still free, as far as anybody knows. */
  readonly room: () => Promise<number | null>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A name that nobody has. */
  readonly newId: () => string;
}
