// An archive of runs, opened with suspicion: nothing is unpacked before its list of contents has been looked through.
import { strFromU8, type UnzipFileInfo, unzipSync } from 'fflate';
import { sha256 } from '../../../env/sha256.ts';
import { megabytes } from '../faults.ts';
import { LibraryError } from '../runLibrary.ts';
import { MANIFEST_FILE, type ManifestFile, type ManifestRun, parseManifest } from './manifest.ts';

export interface ArchiveLimits {
  /** Bytes of the zip itself. */
  readonly packed: number;
  /** Bytes of all that is in it. */
  readonly unpacked: number;
  readonly entries: number;
}

export const LIMITS: ArchiveLimits = { packed: 512e6, unpacked: 2e9, entries: 10_000 };

export interface Archive {
  readonly runs: readonly ManifestRun[];
  /** A file's bytes, as the manifest knows them. Rejects with a LibraryError if they are not there, or others. */
  read(run: ManifestRun, file: ManifestFile): Promise<Uint8Array<ArrayBuffer>>;
}

/** Throws LibraryError for what is no zip, no archive of runs, of another version, too large, or has names that lead out of it. */
export async function readArchive(blob: Blob, limits: ArchiveLimits = LIMITS): Promise<Archive> {
  if (blob.size > limits.packed) throw new LibraryError(`expected an archive of at most ${megabytes(limits.packed)}, got ${megabytes(blob.size)}`);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const entries = contentsOf(bytes);
  checkContents(entries, limits);
  const sizes = new Map(entries.map(({ name, originalSize }) => [name, originalSize]));
  if (!sizes.has(MANIFEST_FILE)) throw new LibraryError(`expected a ${MANIFEST_FILE} in the zip, got none; this is no archive of runs`);
  const { runs } = parseManifest(strFromU8(unpack(bytes, MANIFEST_FILE)));
  return {
    runs,
    async read({ folder }, { name, bytes: expected, sha256: digest }) {
      const path = `${folder}/${name}`;
      if (!sizes.has(path)) throw new LibraryError(`expected ${path} in the zip, got none`);
      if (sizes.get(path) !== expected) throw new LibraryError(`${path}: expected ${expected} bytes, got ${sizes.get(path)}`);
      const content = unpack(bytes, path);
      if (content.length !== expected || (await sha256(content)) !== digest) throw new LibraryError(`${path}: its bytes are not those of the manifest`);
      return content;
    },
  };
}

function contentsOf(bytes: Uint8Array): readonly UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        entries.push(entry);
        return false;
      },
    });
  } catch (error) {
    throw new LibraryError(`expected a zip, got something else, or a part of one (${(error as Error).message})`);
  }
  return entries;
}

function checkContents(entries: readonly UnzipFileInfo[], limits: ArchiveLimits): void {
  if (entries.length > limits.entries) throw new LibraryError(`expected at most ${limits.entries} files in the zip, got ${entries.length}`);
  const total = entries.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (!(total <= limits.unpacked)) throw new LibraryError(`expected at most ${megabytes(limits.unpacked)} once unpacked, got ${megabytes(total)}`);
  const outside = entries.find(({ name }) => leadsOut(name));
  if (outside) throw new LibraryError(`"${outside.name}" leads out of the zip; it was not opened`);
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (seen.has(name)) throw new LibraryError(`${name}: expected it once in the zip, got it twice`);
    seen.add(name);
  }
}

function leadsOut(name: string): boolean {
  return /^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').includes('..');
}

/** Never more than the size that the zip gives: fflate unpacks into an array of that length. */
function unpack(bytes: Uint8Array, path: string): Uint8Array<ArrayBuffer> {
  try {
    const content = unzipSync(bytes, { filter: ({ name }) => name === path })[path];
    if (!content) throw new Error('it is not there');
    return content as Uint8Array<ArrayBuffer>;
  } catch (error) {
    throw new LibraryError(`${path}: it cannot be unpacked (${(error as Error).message})`);
  }
}
