// How a folder of pure functions becomes one file without imports: an ES module for others (build-tapo.ts), or a script for the code sandbox
// (iifeSources.ts).
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

export const root = fileURLToPath(new URL('..', import.meta.url));

type LibraryFormat =
  | { readonly kind: 'module'; readonly outDir: string }
  /** `readable`: keeps all names, also of parameters, since people read them in errors and in shown functions. */
  | { readonly kind: 'script'; readonly name: string; readonly readable: boolean };

/** Vite's configuration for it. A script is not written to disk, and gives its exports as the variable `name`. */
export function libraryBuild(entry: string, format: LibraryFormat): InlineConfig {
  const module = format.kind === 'module';
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      target: 'es2023',
      ...(module ? { outDir: format.outDir, emptyOutDir: true, sourcemap: true } : { write: false }),
      lib: module ? { entry, formats: ['es'], fileName: () => 'index.js' } : { entry, formats: ['iife'], name: format.name },
      // for a library Vite alone would keep the white space
      rolldownOptions: {
        checks: { bundlerTimings: false }, // on a busy machine it would tell of them, also on the command line
        output: { minify: module ? true : { compress: true, mangle: format.readable ? false : { keepNames: true }, codegen: true } },
      },
    },
  };
}
