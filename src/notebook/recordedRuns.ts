// What ships with the page of a benchmark: an index of recorded runs and truth reports, and the files themselves, fetched when something shows them.

import { type BenchmarkName, trainConfig } from '../train/config.ts';
import type { TruthReport } from '../train/creditComparison.ts';
import type { Recording } from '../train/recording.ts';
import { fetchJson } from './fetchJson.ts';

/** recorded/index.json */
export interface RecordedIndex {
  readonly runs: readonly RecordedRun[];
  /** Files of truth reports (npx tapo truth --out). */
  readonly truths: readonly string[];
}

export interface RecordedRun {
  /** The run's key (train/runKey.ts). */
  readonly key: string;
  readonly title: string;
  readonly file: string;
}

export interface RecordedTruth extends TruthReport {
  /** Whose policy, in words. */
  readonly title: string;
  readonly command: string;
}

export interface RecordedRuns {
  /** The line of a run; undefined where none was recorded. */
  find(key: string): Promise<RecordedRun | undefined>;
  /** Its recording, fetched once. */
  load(run: RecordedRun): Promise<Recording>;
  /** All truth reports. */
  truths(): Promise<readonly RecordedTruth[]>;
}

/** Address of a benchmark's recordings, ending in a slash; `base` is that of the folder of benchmarks. */
export function recordedFolder(base: string, benchmark: BenchmarkName): string {
  return `${base}${benchmark}/recorded/`;
}

/** `folder` is the address of the recordings, ending in a slash. */
export function recordedRuns(folder: string): RecordedRuns {
  let fetching: Promise<RecordedIndex> | null = null;
  const recordings = new Map<string, Promise<Recording>>();
  const index = (): Promise<RecordedIndex> => {
    fetching ??= (fetchJson(`${folder}index.json`) as Promise<RecordedIndex>).catch((error: unknown) => {
      fetching = null; // it may come the next time
      throw error;
    });
    return fetching;
  };
  return {
    find: async (key) => (await index()).runs.find((run) => run.key === key),
    load({ file }) {
      const known = recordings.get(file) ?? fetchJson(folder + file).then((value) => complete(value as Recording));
      recordings.set(file, known);
      return known;
    },
    truths: async () => Promise.all((await index()).truths.map((file) => fetchJson(folder + file) as Promise<RecordedTruth>)),
  };
}

/** A recording of an earlier version lacks options that came later: they had their defaults. */
function complete(recording: Recording): Recording {
  return { ...recording, reports: recording.reports.map((report) => (report.kind === 'begun' ? { ...report, config: trainConfig(report.config) } : report)) };
}
