// The list of contents of an archive of runs: what is in it, and by which digests it is known to be whole.
import * as v from 'valibot';
import { issueWords } from '../issueWords.ts';
import { LibraryError } from '../runLibrary.ts';
import { isFileName } from '../wishes.ts';

export const MANIFEST_FILE = 'manifest.json';
export const FORMAT = 'tapo-runs';
/** Rises when an older page could no longer read what a newer one writes. */
export const VERSION = 1;

/** Milliseconds since 1970, as far as dates reach. */
const time = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));

const FileSchema = v.object({
  name: v.pipe(v.string(), v.check(isFileName, 'a plain file name')),
  /** state: read on import · kept: came with the run, goes with it · derived: for other programs, made anew by every export */
  kind: v.picklist(['state', 'kept', 'derived']),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
});

const RunSchema = v.object({
  /** Folder in the archive. */
  folder: v.pipe(v.string(), v.check(isFileName, 'a plain folder name')),
  id: v.string(),
  key: v.string(),
  name: v.string(),
  tags: v.array(v.string()),
  note: v.string(),
  created: time,
  updated: time,
  machine: v.pipe(v.string(), v.maxLength(500)),
  files: v.array(FileSchema),
  /** What the run lacked when it was exported, in words. */
  problems: v.optional(v.array(v.string()), []),
});

const ManifestSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  exported: time,
  runs: v.array(RunSchema),
});

export type Manifest = v.InferOutput<typeof ManifestSchema>;
export type ManifestRun = v.InferOutput<typeof RunSchema>;
export type ManifestFile = v.InferOutput<typeof FileSchema>;

/** Throws LibraryError that says what is wrong, a version that is not ours first. */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LibraryError(`${MANIFEST_FILE}: expected JSON, got something else`);
  }
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw new LibraryError(`${MANIFEST_FILE}: expected format "${FORMAT}", got ${JSON.stringify(format)}; this is no archive of runs`);
  if (version !== VERSION)
    throw new LibraryError(`${MANIFEST_FILE}: expected version ${VERSION}, got ${JSON.stringify(version)}; open the archive with the page that wrote it`);
  const result = v.safeParse(ManifestSchema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw new LibraryError(`${MANIFEST_FILE}: ${issueWords(result.issues[0], 'it')}`);
}
