// The runs that ship with the page: an index by key, and their recordings, fetched when something shows them.

import { trainConfig } from '../train/config.ts';
import type { Recording } from '../train/recording.ts';
import { fetchJson } from './fetchJson.ts';

/** A line of recorded/index.json. */
export interface RecordedRun {
  /** The run's key (train/runKey.ts). */
  readonly key: string;
  readonly title: string;
  readonly file: string;
}

export interface RecordedRuns {
  /** The line of a run; undefined where none was recorded. */
  find(key: string): Promise<RecordedRun | undefined>;
  /** Its recording, fetched once. */
  load(run: RecordedRun): Promise<Recording>;
}

/** `folder` is the address of the recordings, ending in a slash. */
export function recordedRuns(folder: string): RecordedRuns {
  let index: Promise<ReadonlyMap<string, RecordedRun>> | null = null;
  const recordings = new Map<string, Promise<Recording>>();
  const fetchIndex = async (): Promise<ReadonlyMap<string, RecordedRun>> => {
    const lines = (await fetchJson(`${folder}index.json`)) as readonly RecordedRun[];
    return new Map(lines.map((line) => [line.key, line]));
  };
  return {
    async find(key) {
      index ??= fetchIndex();
      return (await index).get(key);
    },
    load({ file }) {
      const known = recordings.get(file) ?? fetchJson(folder + file).then((value) => complete(value as Recording));
      recordings.set(file, known);
      return known;
    },
  };
}

/** A recording of an earlier version lacks options that came later: they had their defaults. */
function complete(recording: Recording): Recording {
  return { ...recording, reports: recording.reports.map((report) => (report.kind === 'begun' ? { ...report, config: trainConfig(report.config) } : report)) };
}
