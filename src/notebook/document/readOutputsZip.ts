// Opens a zip of outputs that may come from anywhere: inflated piece by piece, so that a zip bomb is refused before it has grown.
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import * as v from 'valibot';
import { type Digest, MANIFEST, nameFault, OUTPUTS_SCHEMA, type OutputsManifest } from './outputsZip.ts';

/** What is opened at most: bytes of the zip and of all files in it, files, and bytes of its manifest. */
export const OUTPUTS_LIMITS = { bytes: 256 * 2 ** 20, files: 10_000, manifestBytes: 4 * 2 ** 20 } as const;
export type OutputsLimits = { readonly [K in keyof typeof OUTPUTS_LIMITS]: number };

export interface Outputs {
  /** Title of the notebook that they belong to. */
  readonly title: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** In words: files that are missing, other than they were, or not named in the manifest. */
  readonly problems: readonly string[];
}

/** A zip that is damaged, hostile, too large, or none of ours. */
export class OutputsFileError extends Error {
  override readonly name = 'OutputsFileError';
}

/**
 * The files in a zip of outputs, without the manifest. Throws OutputsFileError on what is no such zip, on names that lead out of a folder or
 * come twice, and beyond the limits.
 */
export async function readOutputsZip(
  zip: Uint8Array,
  { digest, limits = OUTPUTS_LIMITS }: { readonly digest: Digest; readonly limits?: OutputsLimits },
): Promise<Outputs> {
  const { [MANIFEST]: manifestBytes, ...files } = unzip(zip, limits);
  if (!manifestBytes)
    throw new OutputsFileError(`expected a zip with ${MANIFEST} at its top, got ${Object.keys(files).slice(0, 3).join(', ') || 'an empty one'}`);
  const manifest = readManifest(manifestBytes, limits);
  const named = new Map(manifest.files.map((entry) => [entry.name, entry]));
  const checked = [...named.values()].map(async ({ name, sha256 }) => {
    const bytes = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!bytes) return [`${name} is missing`];
    return (await digest(bytes)) === sha256 ? [] : [`${name} is not as it was saved: its SHA-256 differs`];
  });
  const others = Object.keys(files).filter((name) => !named.has(name));
  return { title: manifest.notebook, files, problems: [...(await Promise.all(checked)).flat(), ...others.map((name) => `${name} is not in the manifest`)] };
}

/** Bytes that are handed to the inflater at a time: they can become at most a thousand times as many. */
const PIECE = 4096;

function unzip(zip: Uint8Array, limits: OutputsLimits): Readonly<Record<string, Uint8Array>> {
  if (zip.length > limits.bytes) throw tooLarge(limits);
  const pieces = new Map<string, Uint8Array[]>();
  let total = 0;
  let open = 0;
  const stream = new Unzip((file: UnzipFile) => {
    if (pieces.size >= limits.files) throw new OutputsFileError(`expected at most ${limits.files} files, got more`);
    const fault = nameFault(file.name.replace(/\/$/, '')); // a folder of its own ends in "/"
    if (fault !== null) throw new OutputsFileError(`expected ${fault}, got ${JSON.stringify(file.name.slice(0, 80))}`);
    if (pieces.has(file.name)) throw new OutputsFileError(`expected every file once, got ${file.name} twice`);
    const parts: Uint8Array[] = [];
    pieces.set(file.name, parts);
    open++;
    file.ondata = (error, part, final) => {
      if (error) throw error;
      total += part.length;
      if (total > limits.bytes) throw tooLarge(limits);
      parts.push(part);
      if (final) open--;
    };
    file.start();
  });
  stream.register(UnzipInflate);
  try {
    for (let at = 0; at < zip.length; at += PIECE) stream.push(zip.subarray(at, at + PIECE), at + PIECE >= zip.length);
  } catch (error) {
    throw error instanceof OutputsFileError ? error : damaged((error as Error).message);
  }
  if (pieces.size === 0) throw damaged('no file in it');
  if (open > 0) throw damaged('it ends in the middle of a file');
  return Object.fromEntries([...pieces].filter(([name]) => !name.endsWith('/')).map(([name, parts]) => [name, joined(parts)]));
}

const ManifestSchema = v.object({
  schema: v.literal(OUTPUTS_SCHEMA),
  notebook: v.string(),
  files: v.array(v.object({ name: v.string(), bytes: v.number(), sha256: v.string() })),
});

function readManifest(bytes: Uint8Array, { manifestBytes }: OutputsLimits): OutputsManifest {
  if (bytes.length > manifestBytes) throw new OutputsFileError(`expected a manifest of at most ${manifestBytes} bytes, got ${bytes.length}`);
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new OutputsFileError(`expected JSON in ${MANIFEST}: ${(error as Error).message}`);
  }
  const newer = v.safeParse(v.object({ schema: v.pipe(v.number(), v.gtValue(OUTPUTS_SCHEMA)) }), written);
  if (newer.success)
    throw new OutputsFileError(`expected outputs of schema ${OUTPUTS_SCHEMA}, got ${newer.output.schema}: a newer version of this page saved them`);
  const manifest = v.safeParse(ManifestSchema, written);
  if (manifest.success) return manifest.output;
  const [issue] = manifest.issues;
  throw new OutputsFileError(`${MANIFEST}: ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const tooLarge = ({ bytes }: OutputsLimits): OutputsFileError => new OutputsFileError(`expected at most ${bytes / 2 ** 20} MB of outputs, got more`);
const damaged = (how: string): OutputsFileError => new OutputsFileError(`expected a zip of outputs; this one is damaged, or no zip: ${how}`);
