// Runs as one zip: a folder each, and a manifest with the digest of every file.
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { sha256 } from '../../../env/sha256.ts';
import { breathe } from '../../../train/breathe.ts';
import type { StoredRun } from '../runLibrary.ts';
import { FORMAT, MANIFEST_FILE, type Manifest, type ManifestFile, type ManifestRun, VERSION } from './manifest.ts';
import { archiveFiles } from './runFiles.ts';

/** Bytes that are packed without a breath. */
const PART = 1 << 20;
/** Zip knows no time before. */
const EARLIEST = Date.UTC(1980, 0, 2);

/** The archive of these runs, loaded one after the other. `now` is the time written into it, milliseconds since 1970. */
export async function writeArchive(runs: readonly (() => Promise<StoredRun>)[], now: number): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const add = async (path: string, content: Uint8Array): Promise<void> => {
    const file = packs(path) ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
    file.mtime = Math.max(EARLIEST, now);
    zip.add(file);
    for (let at = 0; at === 0 || at < content.length; at += PART) {
      file.push(content.subarray(at, at + PART), at + PART >= content.length);
      await breathe();
    }
  };

  const listed: ManifestRun[] = [];
  for (const [index, load] of runs.entries()) {
    const stored = await load();
    const folder = `${index + 1}-${slug(stored.record.name)}`;
    const files: ManifestFile[] = [];
    for (const { name, kind, content } of archiveFiles(stored)) {
      const bytes = new Uint8Array(await content.arrayBuffer());
      await add(`${folder}/${name}`, bytes);
      files.push({ name, kind, bytes: bytes.length, sha256: await sha256(bytes) });
    }
    const { id, key, name, tags, note, created, updated, machine } = stored.record;
    listed.push({ folder, id, key, name, tags: [...tags], note, created, updated, machine, files, problems: [...stored.problems] });
  }
  const manifest: Manifest = { format: FORMAT, version: VERSION, exported: now, runs: listed };
  await add(MANIFEST_FILE, strToU8(JSON.stringify(manifest, null, 2)));
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

/** Weights and Parquet pages hardly shrink. */
function packs(path: string): boolean {
  return !/\.(safetensors|parquet|zip|png)$/.test(path);
}

/** "GRPO, credit none, seed 3" → "grpo-credit-none-seed-3" */
function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain.slice(0, 50) || 'run';
}
