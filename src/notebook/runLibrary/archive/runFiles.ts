// The files that stand for a run in an archive: its state, the files that came with it, and what other programs can read.
import { metricsCsv, metricsJsonl, metricsParquet } from '../../exports/metricFiles.ts';
import { evaluationsJsonl, groupsJsonl, rolloutsJsonl } from '../../exports/runTexts.ts';
import type { StoredRun } from '../runLibrary.ts';
import { writeState } from '../stateFile.ts';
import { STATE_FILE } from '../wishes.ts';
import type { ManifestFile } from './manifest.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly kind: ManifestFile['kind'];
  readonly content: Blob;
}

/** A file that came with the run stands in the place of one made from the state: the trainer's own files know more. */
export function archiveFiles({ state, files }: Pick<StoredRun, 'state' | 'files'>): readonly ArchiveFile[] {
  const derived: Readonly<Record<string, () => string | Uint8Array<ArrayBuffer>>> = {
    'config.json': () => `${JSON.stringify(state.config, null, 2)}\n`,
    'metrics.jsonl': () => metricsJsonl(state.metrics),
    'metrics.csv': () => metricsCsv(state.metrics),
    'metrics.parquet': () => metricsParquet(state.metrics),
    'evaluations.jsonl': () => evaluationsJsonl(state.evaluations),
    'groups.jsonl': () => groupsJsonl(state.groups),
    'probe-groups.jsonl': () => groupsJsonl(state.probes),
    'rollouts.jsonl': () => rolloutsJsonl(state.groups),
  };
  return [
    { name: STATE_FILE, kind: 'state', content: new Blob([writeState(state)]) },
    ...Object.entries(files).map(([name, content]) => ({ name, kind: 'kept' as const, content })),
    ...Object.entries(derived)
      .filter(([name]) => !Object.hasOwn(files, name))
      .map(([name, write]) => ({ name, kind: 'derived' as const, content: new Blob([write()]) })),
  ];
}
