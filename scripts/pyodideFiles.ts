// Pyodide's files in the built page and on the development server: they are served from the page's own origin, under pyodide/, and are asked
// for only when a program is run.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Folder of the files, below the page's own. */
export const PYODIDE_FOLDER = 'pyodide/';

const FILES = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
const TYPES: Readonly<Record<string, string>> = {
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
  '.json': 'application/json',
};
const PACKAGE = path.dirname(createRequire(import.meta.url).resolve('pyodide'));

export function pyodideFiles(): Plugin {
  return {
    name: 'pyodide-files',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const name = FILES.find((file) => request.url?.split('?')[0]?.endsWith(`/${PYODIDE_FOLDER}${file}`));
        if (!name) return next();
        response.setHeader('Content-Type', TYPES[path.extname(name)] as string);
        response.end(readFileSync(path.join(PACKAGE, name)));
      });
    },
    generateBundle() {
      for (const name of FILES) this.emitFile({ type: 'asset', fileName: PYODIDE_FOLDER + name, source: readFileSync(path.join(PACKAGE, name)) });
    },
  };
}
