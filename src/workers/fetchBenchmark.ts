// The atlas over the network, from the page's own origin.
import { type Atlas, BenchmarkFileError, loadAtlas } from '../env/atlas/atlas.ts';

/** `base` is the folder that holds the benchmarks. Throws BenchmarkFileError for a file that is missing or damaged. */
export function fetchAtlas(base: string): Promise<Atlas> {
  return loadAtlas((name) => fetchBytes(`${base}atlas/${name}`));
}

/** A file's bytes. Throws BenchmarkFileError where the server has none. */
export async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new BenchmarkFileError(`${url}: expected a file, the server said ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
