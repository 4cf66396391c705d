// Takes the runs of an archive into a library, each as a whole or not at all.
import type { ManifestRun } from './archive/manifest.ts';
import { type Archive, readArchive } from './archive/readArchive.ts';
import { commitRun } from './commitRun.ts';
import { type ImportReport, LibraryError, type RunRecord } from './runLibrary.ts';
import { recordOf } from './runRecord.ts';
import { atRest, readState, writeState } from './stateFile.ts';
import type { LibraryGround, StoredRow } from './stores.ts';
import { checkedAbout, checkedFiles, isId, type NamedBlob, STATE_FILE } from './wishes.ts';

export async function importArchive(ground: LibraryGround, blob: Blob): Promise<ImportReport> {
  const imported: RunRecord[] = [];
  const problems: string[] = [];
  let archive: Archive;
  try {
    archive = await readArchive(blob);
  } catch (error) {
    return { imported, problems: [wordsOf(error)] };
  }
  if (archive.runs.length === 0) problems.push('the archive holds no runs');
  for (const run of archive.runs) {
    try {
      imported.push(await importRun(ground, archive, run));
      problems.push(...run.problems.map((problem) => `${run.name}: it was exported without ${problem}`));
    } catch (error) {
      problems.push(`${run.name}: ${wordsOf(error)}`);
    }
  }
  return { imported, problems };
}

async function importRun(ground: LibraryGround, archive: Archive, run: ManifestRun): Promise<RunRecord> {
  const [stateFile, ...others] = run.files.filter(({ kind }) => kind === 'state');
  if (!stateFile || others.length > 0)
    throw new LibraryError(`expected one file of kind "state", got ${run.files.filter(({ kind }) => kind === 'state').length}`);
  const state = atRest(readState(await archive.read(run, stateFile)));
  const kept: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const file of run.files) if (file.kind === 'kept') kept[file.name] = await archive.read(run, file);
  const files: NamedBlob[] = [{ name: STATE_FILE, blob: new Blob([writeState(state)]) }, ...checkedFiles(kept)];

  const there = isId(run.id) ? await ground.records.get(run.id) : undefined;
  if (there && holds(there, run)) return bringBack(ground, there);
  const id = isId(run.id) && !there ? run.id : ground.newId();
  const about = { ...checkedAbout({ ...run, id }), id, name: there ? `${run.name} (imported)` : run.name };
  return commitRun(ground, id, files, (earlier) => {
    if (earlier) throw new LibraryError('a run of the same id came in meanwhile; import it again');
    return { ...recordOf(state, about, undefined, run.updated), created: run.created };
  });
}

/** Whether a run of the library has the very files that the archive has. */
function holds({ files }: StoredRow, run: ManifestRun): boolean {
  const digests = (list: readonly { readonly name: string; readonly sha256: string }[]): string =>
    JSON.stringify(list.map(({ name, sha256 }) => `${name} ${sha256}`).sort());
  return digests(files) === digests(run.files.filter(({ kind }) => kind !== 'derived'));
}

/** A deleted run that comes again is brought back; one that is there needs nothing. */
async function bringBack({ records }: LibraryGround, { id, record }: StoredRow): Promise<RunRecord> {
  if (record.deleted === null) throw new LibraryError('it is in the library already; nothing was changed');
  const restored = { ...record, deleted: null };
  await records.change(id, (row) => (row ? { ...row, record: { ...row.record, deleted: null } } : null));
  return restored;
}

function wordsOf(error: unknown): string {
  if (error instanceof LibraryError) return error.message;
  return `it could not be taken in: ${error instanceof Error ? error.message : String(error)}`;
}
