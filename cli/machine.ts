// What the command line needs of Node: the benchmark's folder, the wasm binaries, policy files.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAlmanac } from '../src/env/almanac/almanac.ts';
import { loadAtlas } from '../src/env/atlas/atlas.ts';
import { watchedPython } from '../src/env/python/watchedPython.ts';
import type { Benchmark } from '../src/env/types.ts';
import { type BackendChoice, type BackendReport, startBackend } from '../src/policy/backend.ts';
import { createPolicy } from '../src/policy/createPolicy.ts';
import { readPolicy } from '../src/policy/safetensors.ts';
import type { Policy, PolicyShape, PolicyState } from '../src/policy/types.ts';
import { buildCodec } from '../src/train/codec.ts';
import { BENCHMARKS } from '../src/train/config.ts';
import { pythonThread } from './pythonThread.ts';
import { UserError } from './userError.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder of a benchmark's files. */
export function benchmarkFolder(name: string): string {
  return path.join(ROOT, 'public', 'benchmarks', name);
}

export async function loadBenchmark(name: string): Promise<Benchmark> {
  if (!(BENCHMARKS as readonly string[]).includes(name)) throw new UserError(`--benchmark: expected one of ${BENCHMARKS.join(', ')}, got ${name}`);
  const read = (file: string): Promise<Uint8Array> => readFile(path.join(benchmarkFolder(name), file));
  return name === 'almanac' ? loadAlmanac(read, watchedPython(pythonThread)) : loadAtlas(read);
}

/** Starts tfjs in Node: wasm unless another backend is asked for. */
export async function startNodeBackend(choice: BackendChoice): Promise<BackendReport> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
  try {
    return await startBackend(choice, { wasmFiles: Object.fromEntries(names.map((name) => [name, path.join(folder, name)])) });
  } catch (error) {
    throw new UserError(`--backend: ${(error as Error).message}`);
  }
}

/** A policy file's content, or the base policy of a benchmark. */
export async function readPolicyFile(file: string | undefined, benchmark: Benchmark): Promise<ReturnType<typeof readPolicy>> {
  const name = file ?? path.join(benchmarkFolder(benchmark.name), 'base.safetensors');
  const state = readPolicy(await readFile(name));
  const { vocabularySize } = buildCodec(benchmark.vocabulary)();
  if (state.shape.vocabulary !== vocabularySize)
    throw new UserError(
      `${name}: this policy has a vocabulary of ${state.shape.vocabulary} tokens, but ${benchmark.name} has ${vocabularySize}; use a policy trained on ${benchmark.name}`,
    );
  return state;
}

/** A policy on the current backend; `state` gives its parameters, else they are fresh from the seed. */
export function makePolicy(benchmark: Benchmark, shape: PolicyShape, state: PolicyState | null, seed = 0): Policy {
  const policy = createPolicy(shape, { unwritable: buildCodec(benchmark.vocabulary)().unwritable, seed });
  if (state) policy.load(state);
  return policy;
}

/** Writes a file so that a crash leaves the old one or the new one. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const draft = `${file}.tmp`;
  await writeFile(draft, content);
  await rename(draft, file);
}
