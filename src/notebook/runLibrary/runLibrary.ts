// The library of runs: what the page can ask of it. Types, and the one error that it throws.
import type { TrainConfig } from '../../train/config.ts';
import type { RunStatus } from '../../workers/trainer.protocol.ts';
import type { RunState } from '../runs.ts';

/** What a list shows of a run. */
export interface RunRecord {
  readonly id: string;
  /** The flags that repeat it (train/runKey.ts). */
  readonly key: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly note: string;
  /** Milliseconds since 1970, as all times here. */
  readonly created: number;
  readonly updated: number;
  readonly config: TrainConfig;
  readonly status: RunStatus;
  /** Whole updates. */
  readonly update: number;
  /** Backend and adapter in words. */
  readonly machine: string;
  /** Newest values; null where there is none yet. */
  readonly summary: {
    /** Training accuracy of the newest update. */
    readonly accuracy: number | null;
    /** Of the newest evaluation. */
    readonly sampled: number | null;
    readonly greedy: number | null;
    /** Newest action misassignment rate at τ = 0.7. */
    readonly actionRate: number | null;
  };
  /** When it was deleted; null while it was not. */
  readonly deleted: number | null;
}

/** What is said of a run when it is saved. What is absent stays as it was, or is made up for a new run. */
export interface RunAbout {
  /** Replaces the run of this id, or makes one with it; absent: a new run. */
  readonly id?: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly machine: string;
}

/** Names of files: letters, digits, dot, dash and underscore. */
export type RunFiles = Readonly<Record<string, Blob | Uint8Array<ArrayBuffer>>>;

export interface StoredRun {
  readonly record: RunRecord;
  readonly state: RunState;
  readonly files: Readonly<Record<string, Blob>>;
  /** Files that are there no more as they were saved, each in words; they are left out of `files`. */
  readonly problems: readonly string[];
}

export interface RunChange {
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
}

export interface ImportReport {
  readonly imported: readonly RunRecord[];
  /** What was not taken in, and why; one line a run, or one for the whole file. */
  readonly problems: readonly string[];
}

/** Every method rejects with a LibraryError that says in words what was expected, what came, and what to do. */
export interface RunLibrary {
  /** browser: kept in this browser · memory: kept until the page is closed. */
  readonly place: 'browser' | 'memory';
  /** All runs, deleted ones too until they are purged; those changed last come first. */
  list(): Promise<readonly RunRecord[]>;
  /**
   * Keeps a run that has begun. A run of the same id is replaced as a whole, or not at all; its name, tags and note stay unless others are
   * given. Saving a deleted run brings it back.
   */
  save(run: RunState, about: RunAbout, files?: RunFiles): Promise<RunRecord>;
  /** A run as it was saved, at rest: nothing is under way in it. */
  load(id: string): Promise<StoredRun>;
  change(id: string, change: RunChange): Promise<RunRecord>;
  /** Marks a run as deleted; `restore` takes that back. */
  remove(id: string): Promise<RunRecord>;
  restore(id: string): Promise<RunRecord>;
  /** Forgets runs that were deleted before this time, for good; gives their number. */
  purge(olderThan: number): Promise<number>;
  /** One zip with all that is known of these runs; docs/runs.md says what it holds. */
  exportRuns(ids: readonly string[]): Promise<Blob>;
  /** Takes in the runs of such a zip, each as a whole or not at all. Never rejects for what is in the file. */
  importRuns(archive: Blob): Promise<ImportReport>;
}

export class LibraryError extends Error {
  override readonly name = 'LibraryError';
}
