// What only the almanac needs: its world, and Python behind a watchdog.
import type { Python } from '../env/python/python.ts';
import { watchedPython } from '../env/python/watchedPython.ts';
import { pythonWorker } from './python.client.ts';

export { loadAlmanac } from '../env/almanac/almanac.ts';

/** `folder` is the address of Pyodide's files, ending in a slash; nothing is loaded before a program is run. */
export function python(folder: string): Python {
  return watchedPython(() => pythonWorker(folder));
}
