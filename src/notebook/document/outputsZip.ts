// What a notebook's runs left, as one zip beside its file: any files, and a manifest that names each with its SHA-256. readOutputsZip.ts
// opens it.
import { zipSync } from 'fflate';

/** Bytes → SHA-256 in hexadecimal. */
export type Digest = (bytes: Uint8Array) => Promise<string>;

export const OUTPUTS_SCHEMA = 1;
export const MANIFEST = 'manifest.json';

export interface OutputsManifest {
  readonly schema: typeof OUTPUTS_SCHEMA;
  /** Title of the notebook. */
  readonly notebook: string;
  readonly files: readonly OutputEntry[];
}

export interface OutputEntry {
  /** With "/" between folders. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The zip of some files by name, with its manifest first. Equal files make equal bytes. Throws RangeError on a name that no folder should get. */
export async function outputsZip(
  files: Readonly<Record<string, Uint8Array | string>>,
  { title, digest }: { readonly title: string; readonly digest: Digest },
): Promise<Uint8Array> {
  const names = Object.keys(files).sort();
  for (const name of names) {
    const fault = name === MANIFEST ? 'a name other than the manifest’s' : nameFault(name);
    if (fault !== null) throw new RangeError(`outputsZip: expected ${fault}, got ${JSON.stringify(name)}`);
  }
  const contents = names.map((name): [string, Uint8Array] => [name, bytesOf(files[name] as Uint8Array | string)]);
  const entries = await Promise.all(contents.map(async ([name, bytes]): Promise<OutputEntry> => ({ name, bytes: bytes.length, sha256: await digest(bytes) })));
  const manifest: OutputsManifest = { schema: OUTPUTS_SCHEMA, notebook: title, files: entries };
  const zipped = { [MANIFEST]: bytesOf(`${JSON.stringify(manifest, null, 1)}\n`), ...Object.fromEntries(contents) };
  return zipSync(zipped, { mtime: new Date(1980, 0, 1) }); // the earliest that a zip can have, so that bytes do not tell the time
}

/** What a name in a zip must be and this one is not; null: it can be unpacked anywhere without leaving its folder. */
export function nameFault(name: string): string | null {
  const parts = name.split('/');
  if (name === '' || name.length > 255) return 'a name of 1 to 255 characters';
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'a name inside the folder';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\0-\x1f\x7f\\:\p{Surrogate}]/u.test(name)) return 'a name without control characters, half characters, backslash and colon';
  return parts.includes('__proto__') ? 'another name' : null;
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
