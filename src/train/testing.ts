// What tests of the loop share: benchmarks from disk, a wasm backend in Node, the base policy.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadAlmanac } from '../env/almanac/almanac.ts';
import { type Atlas, loadAtlas } from '../env/atlas/atlas.ts';
import type { SearchDocument } from '../env/textIndex.ts';
import type { Benchmark } from '../env/types.ts';
import { startBackend } from '../policy/backend.ts';
import { createReferencePolicy } from '../policy/reference.ts';
import { readPolicy } from '../policy/safetensors.ts';
import type { Policy } from '../policy/types.ts';
import { buildCodec } from './codec.ts';

export function atlasFromDisk(): Promise<Atlas> {
  return loadAtlas((name) => readFile(new URL(`../../public/benchmarks/atlas/${name}`, import.meta.url)));
}

/** Its Python has no watchdog. */
export async function almanacFromDisk(): Promise<Benchmark> {
  const { inProcessPython } = await import('../env/python/testing/inProcessPython.ts');
  return loadAlmanac((name) => readFile(new URL(`../../public/benchmarks/almanac/${name}`, import.meta.url)), inProcessPython);
}

/** What the sandbox's text search looks through. */
export async function atlasDocuments(): Promise<readonly SearchDocument[]> {
  return JSON.parse(await readFile(new URL('../../public/benchmarks/atlas/documents.json', import.meta.url), 'utf8'));
}

export async function wasmInNode(): Promise<void> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
  await startBackend('wasm', { wasmFiles: Object.fromEntries(names.map((name) => [name, path.join(folder, name)])) });
}

/** The base policy that ships with the atlas. */
export async function basePolicy(atlas: Atlas): Promise<Policy> {
  const state = readPolicy(await readFile(new URL('../../public/benchmarks/atlas/base.safetensors', import.meta.url)));
  const policy = createReferencePolicy(state.shape, { unwritable: buildCodec(atlas.vocabulary)().unwritable });
  policy.load(state);
  return policy;
}
