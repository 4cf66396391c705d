// What the scripts that build a benchmark share: where its files go, how they are written, and the manifest that vouches for them.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { BenchmarkManifest } from '../src/env/benchmarkFiles.ts';
import { splitPieces } from '../src/policy/tokenizer.ts';
import { hash32 } from '../src/tapo/index.ts';

export const PACKAGES = new URL('../node_modules/', import.meta.url);

/** Writes the files of a benchmark and their manifest into its folder, or the one named on the command line; gives their size in bytes. */
export function writeBenchmark<M extends Omit<BenchmarkManifest, 'files'>>(manifest: M, files: Readonly<Record<string, Uint8Array>>): number {
  const { benchmark, version, command, seed, sources, ...rest } = manifest;
  const folder = process.argv[2] ? pathToFileURL(`${process.argv[2]}/`) : new URL(`../public/benchmarks/${benchmark}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(new URL(name, folder), bytes);
  const hashes = Object.entries(files).map(([name, bytes]) => [name, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }]);
  writeFileSync(new URL('manifest.json', folder), json({ benchmark, version, command, seed, sources, files: Object.fromEntries(hashes), ...rest }));
  return Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0);
}

export function versionOf(name: string): string {
  return (JSON.parse(readFileSync(new URL(`${name}/package.json`, PACKAGES), 'utf8')) as { version: string }).version;
}

/** What comes from where, with the licence texts of the packages. */
export function licences(says: string, packages: readonly string[]): Uint8Array {
  const texts = packages.map((name) => `${name} ${versionOf(name)}\n\n${readFileSync(new URL(`${name}/LICENSE`, PACKAGES), 'utf8').trim()}\n`);
  return new TextEncoder().encode(`${says}\n\n${texts.join('\n---\n\n')}`);
}

/** Depends on the words of a text alone. */
export function hashOfText(text: string): number {
  return hash32(...splitPieces(text).flatMap((piece) => [...piece].map((c) => c.codePointAt(0) as number)));
}

/** 60 : 20 : 20 of the members of a stratum, by a hash of each. */
export function splitStratum<T>(members: readonly T[], hashOf: (member: T) => number): Record<'train' | 'validation' | 'test', T[]> {
  const split = { train: [] as T[], validation: [] as T[], test: [] as T[] };
  const ranked = members.map((member) => ({ member, rank: hashOf(member) })).sort((a, b) => a.rank - b.rank);
  ranked.forEach(({ member }, i) => {
    const share = (i + 0.5) / ranked.length;
    split[share < 0.6 ? 'train' : share < 0.8 ? 'validation' : 'test'].push(member);
  });
  return split;
}

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}

/** A JSON list, one entry a line: small, and a change shows as a line. */
export function jsonLines(values: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(`[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]\n`);
}
