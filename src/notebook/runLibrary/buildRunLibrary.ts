// A library of runs on any ground. A save writes a new folder, then the record, and the record is the one commit point: whatever stops it,
// either the old run is there as a whole or the new one. Folders that no record names are swept up when nobody is at work.
import { sha256 } from '../../env/sha256.ts';
import { writeArchive } from './archive/writeArchive.ts';
import { commitRun } from './commitRun.ts';
import { importArchive } from './importArchive.ts';
import { LibraryError, type RunLibrary, type RunRecord, type StoredRun } from './runLibrary.ts';
import { recordOf } from './runRecord.ts';
import { atRest, readState, writeState } from './stateFile.ts';
import type { LibraryGround, StoredRow } from './stores.ts';
import { checkedAbout, checkedFiles, checkedWords, isId, STATE_FILE } from './wishes.ts';

export function buildRunLibrary(ground: LibraryGround): RunLibrary {
  const { place, records, blobs, lock, now, newId } = ground;

  /** Takes away folders that no record names: those of runs that were replaced or purged, and of saves that a closing page cut off. */
  const sweep = (): Promise<void> =>
    lock.alone(async () => {
      const used = new Set((await records.all()).map(({ folder }) => folder));
      for (const folder of await blobs.folders()) if (!used.has(folder)) await blobs.remove(folder);
    });
  /** What is left lying is swept up next time. */
  const trySweep = (): Promise<void> => sweep().catch(() => {});

  const change = async (id: string, to: (record: RunRecord) => RunRecord): Promise<RunRecord> => {
    let changed: RunRecord | undefined;
    await records.change(id, (row) => {
      changed = to(there(row, id).record);
      return { ...there(row, id), record: changed };
    });
    return changed as RunRecord;
  };

  const load = (id: string): Promise<StoredRun> => lock.shared(async () => readStored(ground, there(await records.get(id), id)));

  return {
    place,
    async list() {
      return (await records.all()).map(({ record }) => record).sort((a, b) => b.updated - a.updated || (a.id < b.id ? -1 : 1));
    },
    async save(run, about, files = {}) {
      const said = { ...checkedAbout(about), id: about.id ?? newId() };
      const state = atRest(run);
      recordOf(state, said, undefined, now()); // refuses a run that has not begun before anything is written
      const all = [{ name: STATE_FILE, blob: new Blob([writeState(state)]) }, ...checkedFiles(files)];
      const record = await lock.shared(() => commitRun(ground, said.id, all, (earlier) => recordOf(state, said, earlier, now())));
      await trySweep();
      return record;
    },
    load,
    async change(id, wish) {
      const { name, tags, note } = checkedWords(wish);
      return change(id, (record) => ({
        ...record,
        ...(name === undefined ? {} : { name }),
        ...(tags ? { tags } : {}),
        ...(note === undefined ? {} : { note }),
      }));
    },
    remove: (id) => change(id, (record) => ({ ...record, deleted: record.deleted ?? now() })),
    restore: (id) => change(id, (record) => ({ ...record, deleted: null })),
    async purge(olderThan) {
      let purged = 0;
      for (const { id } of await records.all())
        await records.change(id, (row) => {
          if (!row || row.record.deleted === null || row.record.deleted >= olderThan) return row ?? null;
          purged += 1;
          return null;
        });
      await trySweep();
      return purged;
    },
    exportRuns: (ids) =>
      writeArchive(
        ids.map((id) => () => load(id)),
        now(),
      ),
    async importRuns(archive) {
      const report = await lock.shared(() => importArchive(ground, archive));
      await trySweep();
      return report;
    },
  };
}

function there(row: StoredRow | undefined, id: string): StoredRow {
  if (!row) throw new LibraryError(`expected a run of this library, got "${isId(id) ? id : 'something else'}"; it may have been purged in another tab`);
  return row;
}

/** The run of a row. Throws LibraryError if its state cannot be read; other files that cannot are named and left out. */
async function readStored({ blobs }: Pick<LibraryGround, 'blobs'>, { record, files, folder }: StoredRow): Promise<StoredRun> {
  const problems: string[] = [];
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [index, { name, bytes, sha256: expected }] of files.entries()) {
    const content = await blobs.read(folder, index).catch(() => null);
    if (content && content.length === bytes && (await sha256(content)) === expected) contents.set(name, content);
    else problems.push(`${name}: ${content ? 'its bytes are not those that were saved' : 'it is not there any more'}`);
  }
  const state = contents.get(STATE_FILE);
  if (!state) throw new LibraryError(`${record.name}: the run cannot be opened: ${problems.join('; ')}`);
  contents.delete(STATE_FILE);
  return {
    record,
    state: readState(state),
    files: Object.fromEntries([...contents].map(([name, content]) => [name, new Blob([content])])),
    problems,
  };
}
