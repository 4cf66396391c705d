// npm run build:tapo [-- --out FOLDER] — builds src/tapo as a package of its own: one ES module, its types, no dependency.
// The page's build empties dist/; this one has build/tapo/ for itself.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { libraryBuild, root } from './libraryBuild.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: path.join(root, 'build/tapo') } } });
const out = path.resolve(values.out);

await build(libraryBuild('src/tapo/index.ts', { kind: 'module', outDir: out }));

const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '--project', path.join(root, 'tsconfig.tapo.json'), '--outDir', out], { stdio: 'inherit' });

const { name, version, license, engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
const manifest = {
  name,
  version,
  description: 'TAPO credit transfer and its neighbours: pure functions from rollouts to token weights',
  license,
  type: 'module',
  private: true,
  engines,
  sideEffects: false,
  exports: { './tapo': { types: './index.d.ts', import: './index.js' } },
};
writeFileSync(path.join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync(path.join(root, 'LICENSE'), path.join(out, 'LICENSE'));
