import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRollouts } from '../../../tapo/index.ts';
import { memoryRunLibrary } from '../memoryRunLibrary.ts';
import { storedState } from '../testing/runs.ts';
import type { Manifest } from './manifest.ts';
import { LIMITS, readArchive } from './readArchive.ts';

const fresh = () => {
  let ids = 0;
  return memoryRunLibrary({ now: () => Date.UTC(2026, 0, 1), newId: () => `new${++ids}` });
};
let contents: Record<string, Uint8Array>;
let archive: Blob;
beforeAll(async () => {
  const library = fresh();
  await library.save(storedState({ seed: 1 }), { id: 'one', name: 'One: β = 0.8!', machine: 'wasm' }, { 'policy.safetensors': Uint8Array.of(1, 2, 3) });
  await library.save(storedState({ seed: 2 }), { id: 'two', machine: 'wasm' });
  archive = await library.exportRuns(['one', 'two']);
  contents = unzipSync(new Uint8Array(await archive.arrayBuffer()));
});

/** The archive with some of its files replaced, and added to. */
const changed = (files: Zippable): Blob => new Blob([zipSync({ ...contents, ...files })]);
const manifestOf = (): Manifest => JSON.parse(strFromU8(contents['manifest.json'] as Uint8Array)) as Manifest;
const withManifest = (change: (manifest: Manifest) => unknown): Blob => changed({ 'manifest.json': strToU8(JSON.stringify(change(manifestOf()))) });
const importInto = async (blob: Blob) => {
  const library = fresh();
  const report = await library.importRuns(blob);
  return { ...report, list: await library.list() };
};

describe('exportRuns(ids)', () => {
  it('makes one zip with a folder a run, for this library and for other programs', async () => {
    expect(Object.keys(contents).sort()).toEqual(
      [
        ...[
          'config.json',
          'evaluations.jsonl',
          'groups.jsonl',
          'metrics.csv',
          'metrics.jsonl',
          'metrics.parquet',
          'probe-groups.jsonl',
          'rollouts.jsonl',
          'state.json',
        ].flatMap((name) => [`1-one-0-8/${name}`, `2-grpo-credit-tapo-seed-2/${name}`]),
        '1-one-0-8/policy.safetensors',
        'manifest.json',
      ].sort(),
    );
    const file = (name: string): string => strFromU8(contents[`1-one-0-8/${name}`] as Uint8Array);
    const state = storedState({ seed: 1 });
    expect(JSON.parse(file('config.json'))).toEqual(state.config);
    expect(file('metrics.jsonl').split('\n')).toHaveLength(4);
    expect(readRollouts(file('rollouts.jsonl'))).toMatchObject([{ group: 'u1/0', rollout: 'a', update: 1 }]);
    const rows = await parquetReadObjects({ file: (contents['1-one-0-8/metrics.parquet'] as Uint8Array).slice().buffer });
    expect(rows.map((row) => row.accuracy)).toEqual(state.metrics.map(({ accuracy }) => accuracy));
    expect(manifestOf()).toMatchObject({ format: 'tapo-runs', version: 1, runs: [{ id: 'one', folder: '1-one-0-8' }, { id: 'two' }] });
  });
  it('lets a file that came with the run stand in the place of one made from its state', async () => {
    const library = fresh();
    await library.save(storedState(), { id: 'one', machine: '' }, { 'rollouts.jsonl': strToU8('all of them\n') });
    const files = unzipSync(new Uint8Array(await (await library.exportRuns(['one'])).arrayBuffer()));
    expect(strFromU8(files['1-grpo-credit-tapo-seed-1/rollouts.jsonl'] as Uint8Array)).toBe('all of them\n');
  });
});

describe('importRuns(archive)', () => {
  it('takes in what is whole and names what is not', async () => {
    const flipped = (contents['1-one-0-8/state.json'] as Uint8Array).map((byte, i) => (i === 50 ? byte ^ 1 : byte));
    const { imported, problems, list } = await importInto(changed({ '1-one-0-8/state.json': flipped }));
    expect(imported).toMatchObject([{ id: 'two' }]);
    expect(list).toEqual(imported);
    expect(problems).toEqual(['One: β = 0.8!: 1-one-0-8/state.json: its bytes are not those of the manifest']);
  });
  it('leaves a run out as a whole if any of its own files is missing, longer or changed', async () => {
    const path = '1-one-0-8/policy.safetensors';
    const { [path]: _, ...without } = contents;
    for (const [blob, words] of [
      [new Blob([zipSync(without)]), /expected 1-one-0-8\/policy\.safetensors in the zip, got none/],
      [changed({ [path]: Uint8Array.of(1, 2, 3, 4) }), /expected 3 bytes, got 4/],
      [changed({ [path]: Uint8Array.of(1, 2, 4) }), /its bytes are not those of the manifest/],
    ] as const) {
      const { problems, list } = await importInto(blob);
      expect(problems).toEqual([expect.stringMatching(words)]);
      expect(list.map(({ id }) => id)).toEqual(['two']);
    }
  });
  it('does not mind other files, or changed ones that are made anew anyway', async () => {
    const { imported } = await importInto(changed({ '.DS_Store': strToU8('x'), '1-one-0-8/metrics.csv': strToU8('edited') }));
    expect(imported).toHaveLength(2);
  });
  it.each([
    ['../evil.txt', /"\.\.\/evil\.txt" leads out of the zip/],
    ['a/../../evil.txt', /leads out/],
    ['/etc/evil', /leads out/],
    ['C:\\evil', /leads out/],
  ])('refuses a zip with the name %s as a whole', async (name, words) => {
    const { imported, problems, list } = await importInto(changed({ [name]: strToU8('x') }));
    expect([imported, list]).toEqual([[], []]);
    expect(problems).toEqual([expect.stringMatching(words)]);
  });
  it.each<[string, (manifest: Manifest) => unknown, RegExp]>([
    ['another version', (m) => ({ ...m, version: 2 }), /expected version 1, got 2; open the archive with the page that wrote it/],
    ['another format', (m) => ({ ...m, format: 'x' }), /expected format "tapo-runs", got "x"/],
    ['no object', () => null, /expected format/],
    ['a folder that leads out', (m) => ({ ...m, runs: m.runs.map((run) => ({ ...run, folder: '..' })) }), /runs\.0\.folder: expected a plain folder name/],
    [
      'a digest that is none',
      (m) => ({ ...m, runs: m.runs.map((run) => ({ ...run, files: run.files.map((f) => ({ ...f, sha256: 'x' })) })) }),
      /sha256: expected 64 hex/,
    ],
    ['a date beyond all dates', (m) => ({ ...m, runs: m.runs.map((run) => ({ ...run, created: 1e300 })) }), /runs\.0\.created: expected/],
    ['no runs', (m) => ({ ...m, runs: [] }), /the archive holds no runs/],
  ])('refuses a manifest with %s', async (_, change, words) => {
    const { problems, list } = await importInto(withManifest(change));
    expect(problems).toEqual([expect.stringMatching(words)]);
    expect(list).toEqual([]);
  });
  it('refuses a run with a bad name, two states or a file that takes the state’s place, and makes a new id for a bad one', async () => {
    const run = (change: (run: Manifest['runs'][number]) => object) =>
      withManifest((m) => ({ ...m, runs: m.runs.slice(1).map((each) => ({ ...each, ...change(each) })) }));
    expect((await importInto(run(() => ({ name: ' ' })))).problems[0]).toMatch(/name: expected at least one letter/);
    expect((await importInto(run(({ files }) => ({ files: [...files, ...files.slice(0, 1)] })))).problems[0]).toMatch(/one file of kind "state", got 2/);
    const twice = run(({ files }) => ({ files: [...files, { ...files[0], kind: 'kept' }] }));
    expect((await importInto(twice)).problems[0]).toMatch(/files: expected a name .* other than state\.json/);
    expect((await importInto(run(() => ({ id: '../x' })))).imported).toMatchObject([{ id: 'new1' }]);
  });
  it('says what a run lacked when it was exported', async () => {
    const report = await importInto(withManifest((m) => ({ ...m, runs: [{ ...m.runs[0], problems: ['log.txt: it is not there any more'] }] })));
    expect(report.imported).toHaveLength(1);
    expect(report.problems).toEqual(['One: β = 0.8!: it was exported without log.txt: it is not there any more']);
  });
});

describe('readArchive(blob, limits)', () => {
  it('refuses what is too large, before it unpacks anything', async () => {
    await expect(readArchive(archive, { ...LIMITS, packed: 100 })).rejects.toThrow(/expected an archive of at most 0\.0 MB, got/);
    await expect(readArchive(archive, { ...LIMITS, entries: 3 })).rejects.toThrow(/expected at most 3 files in the zip, got 20/);
    const bomb = new Blob([zipSync({ 'manifest.json': contents['manifest.json'] as Uint8Array, zeros: new Uint8Array(30e6) })]);
    expect(bomb.size).toBeLessThan(100_000);
    await expect(readArchive(bomb, { ...LIMITS, unpacked: 20e6 })).rejects.toThrow(/at most 20\.0 MB once unpacked, got 30\.0 MB/);
  });
  it('unpacks no more than a file is said to hold, and finds it out', async () => {
    const bytes = new Uint8Array(await archive.arrayBuffer());
    const view = new DataView(bytes.buffer);
    // the list of contents at the end says how long the state is: make it say 10 bytes, as a zip bomb would
    const name = strToU8('1-one-0-8/state.json');
    let at = -1;
    for (let i = 0; i < bytes.length - 46 - name.length; i++)
      if (view.getUint32(i, true) === 0x02014b50 && name.every((byte, j) => bytes[i + 46 + j] === byte)) at = i;
    view.setUint32(at + 24, 10, true);
    const { runs, read } = await readArchive(new Blob([bytes]));
    const [run] = runs;
    const state = run?.files.find(({ kind }) => kind === 'state');
    if (!run || !state) throw new Error('expected a run with a state');
    await expect(read(run, state)).rejects.toThrow(/expected \d+ bytes, got 10/);
    await expect(read(run, { ...state, bytes: 10 })).rejects.toThrow(/not those of the manifest|cannot be unpacked/);
  });
});
