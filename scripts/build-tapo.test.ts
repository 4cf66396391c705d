// The library as others get it: built, packed and installed into an empty folder, then run, bundled and type-checked from there.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as source from '../src/tapo/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = mkdtempSync(path.join(tmpdir(), 'tapo-package-'));
const built = path.join(temporary, 'built');
const consumer = path.join(temporary, 'consumer');

const node = (folder: string, ...args: readonly string[]): string => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
const npm = (folder: string, ...args: readonly string[]): string =>
  execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length;

/** What a bundler makes of a module of the consumer's: minified code. */
async function bundled(code: string): Promise<string> {
  const entry = path.join(consumer, 'entry.js');
  writeFileSync(entry, code);
  const output = await build({ root: consumer, configFile: false, logLevel: 'silent', build: { write: false, rolldownOptions: { input: entry } } });
  return (output as Rolldown.RolldownOutput).output[0].code;
}

beforeAll(() => {
  node(root, '--import', 'tsx', 'scripts/build-tapo.ts', '--out', built);
  mkdirSync(consumer);
  writeFileSync(path.join(consumer, 'package.json'), '{ "private": true, "type": "module" }');
  const tarball = npm(built, 'pack', '--pack-destination', temporary).trim();
  npm(consumer, 'install', '--offline', path.join(temporary, tarball));
}, 120_000);
afterAll(() => rmSync(temporary, { recursive: true }));

describe('the packed library', () => {
  it('brings nothing with it: one package, and a module that imports nothing', () => {
    const installed = path.join(consumer, 'node_modules');
    expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual(['tapo-notebook']);
    expect(readFileSync(path.join(installed, 'tapo-notebook/index.js'), 'utf8')).not.toMatch(/\bimport\b|\brequire\b/);
  });

  it('runs in plain Node: rewards 1, 0, 0, 0 give A = −0.5 and an equal call is set free, min(0, −0.5 + 0.8 · 1.5) = 0', () => {
    writeFileSync(
      path.join(consumer, 'run.js'),
      `import { groupAdvantages, misassignmentRates, transferCredit } from 'tapo-notebook/tapo';
       const search = (query) => ({ tokens: 5, tool: { name: 'search', kind: 'text', arguments: { query } } });
       const queries = ['capital of France', 'Capital of France?', 'France', 'flag'];
       const group = queries.map((query, i) => ({ group: 'q', rollout: String(i), reward: i === 0 ? 1 : 0, correct: i === 0, steps: [search(query)] }));
       const credited = transferCredit(group, groupAdvantages([1, 0, 0, 0], { epsilon: 0 }), { theta: 0.5 });
       console.log(JSON.stringify([credited.rollouts.map((r) => r.steps[0]), misassignmentRates([credited]).action]));`,
    );
    const [steps, rates] = JSON.parse(node(consumer, 'run.js')) as [source.CreditedStep[], Record<string, number>];
    expect(steps.map((step) => step.advantage)).toEqual([1.5, -0.5, -0.5, -0.5]);
    expect(steps.map((step) => step.reason)).toEqual(['success', 'transferred', 'transferred', 'below-theta']);
    // token F1 of "france" with "capital of france" is 2 · 1 / (1 + 3) = 0.5, so −0.5 + 0.8 · 0.5 · 1.5 = 0.1, clamped
    expect(steps.map((step) => step.corrected)).toEqual([1.5, 0, 0, -0.5]);
    expect(rates).toEqual({ '0.5': 2 / 3, '0.6': 1 / 3, '0.7': 1 / 3, '0.8': 1 / 3, '0.9': 1 / 3, '1.0': 1 / 3 });
  });

  it('exports what src/tapo/index.ts exports', () => {
    const names = node(consumer, '--input-type=module', '--eval', "console.log(Object.keys(await import('tapo-notebook/tapo')).join())");
    expect(names.trim().split(',').sort()).toEqual(Object.keys(source).sort());
  });

  it('weighs under 12 kB gzipped', () => {
    expect(gzipped(readFileSync(path.join(built, 'index.js'), 'utf8'))).toBeLessThan(12_000);
  });

  it('leaves out of a bundle what is not used', async () => {
    expect((await bundled("import 'tapo-notebook/tapo';")).trim()).toBe('');
    const one = await bundled("import { groupAdvantages } from 'tapo-notebook/tapo'; console.log(groupAdvantages([1, 0]));");
    expect(one).toContain('groupAdvantages');
    expect(gzipped(one)).toBeLessThan(1500);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('type-checks in a strict program, module %s, resolution %s', (module, moduleResolution) => {
    writeFileSync(
      path.join(consumer, 'consumer.ts'),
      `import { type CreditedGroup, type CreditReason, groupAdvantages, grpoWeights, type Rollout, transferCredit } from 'tapo-notebook/tapo';
       const group: readonly Rollout[] = [{ group: 'q', rollout: 'a', reward: 1, steps: [{ tokens: 2 }] }];
       const credited: CreditedGroup = transferCredit(group, groupAdvantages(group.map((r) => r.reward)), { theta: 0.8 });
       export const reason: CreditReason | undefined = credited.rollouts[0]?.steps[0]?.reason;
       export const weights: Float32Array = grpoWeights({ shape: [1, 1], logProbs: [0], oldLogProbs: [0], advantages: [1], mask: [1] }).weights;
       // @ts-expect-error an option that is not there
       transferCredit(group, [0], { thetta: 0.8 });
       // @ts-expect-error a reward that is no number
       groupAdvantages(['1']);\n`,
    );
    const options = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2023', lib: ['es2023'], types: [], module, moduleResolution };
    writeFileSync(path.join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }));
    expect(node(consumer, path.join(root, 'node_modules/typescript/bin/tsc'))).toBe('');
  });
});

describe('the repository as a package', () => {
  it('packs the folder that build:tapo writes, and exports it', () => {
    const installed = path.join(temporary, 'repository/node_modules/tapo-notebook');
    cpSync(built, path.join(installed, 'build/tapo'), { recursive: true });
    cpSync(path.join(root, 'package.json'), path.join(installed, 'package.json'));
    const [packed] = JSON.parse(npm(installed, 'pack', '--dry-run', '--json', '--ignore-scripts')) as { files: { path: string }[] }[];
    expect(packed?.files.map((file) => file.path)).toEqual(expect.arrayContaining(['build/tapo/index.js', 'build/tapo/index.d.ts', 'build/tapo/credit.d.ts']));
    const script = "import { groupAdvantages } from 'tapo-notebook/tapo'; console.log(groupAdvantages([3])[0].toFixed(3));";
    expect(node(path.join(temporary, 'repository'), '--input-type=module', '--eval', script).trim()).toBe('3.000');
  });
});
