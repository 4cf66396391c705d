// One save: files into a new folder, then the record that names them.
import { sha256 } from '../../env/sha256.ts';
import { writingFault } from './faults.ts';
import type { RunRecord } from './runLibrary.ts';
import type { LibraryGround, StoredFile } from './stores.ts';
import type { NamedBlob } from './wishes.ts';

/**
 * Keeps a run. `record` makes the new record from the one that is there. Until the record is written nothing has changed; should writing
 * fail, the folder is nobody's. Throws LibraryError.
 */
export async function commitRun(
  { records, blobs, room, newId }: Pick<LibraryGround, 'records' | 'blobs' | 'room' | 'newId'>,
  id: string,
  files: readonly NamedBlob[],
  record: (earlier: RunRecord | undefined) => RunRecord,
): Promise<RunRecord> {
  const stored: readonly StoredFile[] = await Promise.all(
    files.map(async ({ name, blob }) => ({ name, bytes: blob.size, sha256: await sha256(new Uint8Array(await blob.arrayBuffer())) })),
  );
  const folder = newId();
  let kept: RunRecord | undefined;
  try {
    await blobs.write(
      folder,
      files.map(({ blob }) => blob),
    );
    await records.change(id, (row) => {
      kept = record(row?.record);
      return { id, record: kept, files: stored, folder };
    });
  } catch (error) {
    const bytes = stored.reduce((sum, file) => sum + file.bytes, 0);
    throw writingFault(error, bytes, await room().catch(() => null));
  }
  return kept as RunRecord;
}
