// The files of a benchmark: a manifest with their hashes, and the rest checked against it.
import { sha256 } from './sha256.ts';

export interface BenchmarkManifest {
  readonly benchmark: string;
  readonly version: number;
  readonly command: string;
  readonly seed: number;
  readonly sources: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** Success of the best policy without tools, by preset. */
  readonly toolFree: Readonly<Record<string, number>>;
}

/** Reads one file of the benchmark's folder. */
export type ReadFile = (name: string) => Promise<Uint8Array>;

export class BenchmarkFileError extends Error {
  override readonly name = 'BenchmarkFileError';
}

export interface BenchmarkFiles {
  readonly manifest: BenchmarkManifest;
  bytes(name: string): Uint8Array;
  /** The value of a JSON file. Throws BenchmarkFileError if it is none. */
  json<T>(name: string): T;
}

/** Reads all files and checks them against the manifest's hashes. Throws BenchmarkFileError that names the file and what to do. */
export async function readBenchmarkFiles(benchmark: string, readFile: ReadFile): Promise<BenchmarkFiles> {
  const damaged = (name: string, expected: string, got: string): never => {
    throw new BenchmarkFileError(`${benchmark}/${name} is damaged: expected ${expected}, got ${got}; restore the file or run npm run build:${benchmark}`);
  };
  const parse = <T>(name: string, bytes: Uint8Array): T => {
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as T;
    } catch (error) {
      return damaged(name, 'JSON', `${bytes.length} bytes that are not (${(error as Error).message})`);
    }
  };
  const manifest = parse<BenchmarkManifest>('manifest.json', await readFile('manifest.json'));
  const contents = new Map<string, Uint8Array>();
  await Promise.all(
    Object.entries(manifest.files).map(async ([name, expected]) => {
      const bytes = await readFile(name);
      const hash = await sha256(bytes);
      if (hash !== expected.sha256)
        damaged(name, `${expected.bytes} bytes with SHA-256 ${expected.sha256.slice(0, 12)}…`, `${bytes.length} bytes with ${hash.slice(0, 12)}…`);
      contents.set(name, bytes);
    }),
  );
  const bytes = (name: string): Uint8Array => contents.get(name) as Uint8Array;
  return { manifest, bytes, json: (name) => parse(name, bytes(name)) };
}
