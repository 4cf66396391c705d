// The build's part in working offline: writes the service worker with the list of all files and a version that their contents make.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { PYODIDE_FOLDER } from './pyodideFiles.ts';

/** Emits `sw.js` beside the page. Files of `public` are listed too: benchmarks, notebooks, samples; those of Pyodide are kept once they were used. */
export function offline(): Plugin {
  let publicFolder = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      publicFolder = config.publicDir;
    },
    generateBundle(_, bundle) {
      const hash = createHash('sha256');
      const built = Object.entries(bundle).map(([name, file]) => {
        hash.update(name).update(file.type === 'chunk' ? file.code : file.source);
        return name;
      });
      const copied = filesBelow(publicFolder).map((name) => {
        hash.update(name).update(readFileSync(path.join(publicFolder, name)));
        return name;
      });
      const files = [
        './',
        ...[...built.filter((name) => name !== 'index.html' && !name.startsWith(PYODIDE_FOLDER)), ...copied].sort().map((name) => `./${name}`),
      ];
      const worker = readFileSync(fileURLToPath(new URL('./offlineWorker.js', import.meta.url)), 'utf8');
      const source = worker
        .replace('__VERSION__', `tapo-${hash.digest('hex').slice(0, 16)}`)
        .replace("'__FILES__'", JSON.stringify(files))
        .replace('__USED__', PYODIDE_FOLDER);
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(folder, name)).isFile());
}
