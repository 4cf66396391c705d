// Benchmarks over the network, from the page's own origin.
import { loadAtlas } from '../env/atlas/atlas.ts';
import { BenchmarkFileError } from '../env/benchmarkFiles.ts';
import type { Benchmark } from '../env/types.ts';
import type { BenchmarkName } from '../train/config.ts';

/**
 * `base` is the folder that holds the benchmarks. The code of the almanac is loaded with it, and Python only when a program is run. Throws
 * BenchmarkFileError for a file that is missing or damaged.
 */
export async function fetchBenchmark(base: string, name: BenchmarkName): Promise<Benchmark> {
  const readFile = (file: string): Promise<Uint8Array> => fetchBytes(`${base}${name}/${file}`);
  if (name === 'atlas') return loadAtlas(readFile);
  const { loadAlmanac, python } = await import('./almanac.ts');
  return loadAlmanac(readFile, python(new URL('../pyodide/', base).href));
}

/** A file's bytes. Throws BenchmarkFileError where the server has none. */
export async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new BenchmarkFileError(`${url}: expected a file, the server said ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
