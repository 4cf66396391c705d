import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../../tapo/index.ts';
import type { Observation, Task, Tool } from '../types.ts';
import { type Atlas, loadAtlas } from './atlas.ts';
import { type Country, FACT_KINDS, singleFact } from './facts.ts';
import { probeOverviews, toolFreeScore } from './luck.ts';
import { coordinateOfStep, framedItems, gridBoxOf, type Scene, type SceneItem } from './scene.ts';

const folder = fileURLToPath(new URL('../../../public/benchmarks/atlas/', import.meta.url));
const read = (name: string): Uint8Array => readFileSync(path.join(folder, name));
const json = <T>(name: string): T => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as T;

let atlas: Atlas;
const countries = json<Country[]>('facts.json');
const nameOf = new Map(countries.map((c) => [c.code, c.name]));
beforeAll(async () => {
  atlas = await loadAtlas(async (name) => read(name));
});

/** Title that image search puts first for a box in grid steps. */
async function firstTitle(task: Task, steps: readonly number[]): Promise<string> {
  const imageSearch = atlas.tools[1] as Tool;
  const found = (await imageSearch.call({}, { task, variables: {}, images: [steps.map(coordinateOfStep) as unknown as Box] })) as Observation & {
    kind: 'titles';
  };
  return found.results[0]?.title ?? '';
}

/** Every framed item of so many scenes. */
function targets(preset: string, scenes: number): { task: Task; item: SceneItem }[] {
  return Array.from({ length: scenes }, (_, i) => atlas.task(preset, 'train', 7, i)).flatMap((task) =>
    framedItems(task.scene as Scene).map((item) => ({ task, item })),
  );
}

async function share<T>(items: readonly T[], condition: (item: T) => Promise<boolean>): Promise<number> {
  let count = 0;
  for (const item of items) if (await condition(item)) count++;
  return count / items.length;
}

describe('the files of the atlas', () => {
  it('are what npm run build:atlas writes, byte for byte', () => {
    const out = mkdtempSync(path.join(tmpdir(), 'atlas-'));
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-atlas.ts', out], { stdio: 'pipe' });
    const built = readdirSync(out).sort();
    expect(built.length).toBeGreaterThan(5);
    for (const name of built) expect(readFileSync(path.join(out, name)).equals(read(name)), `${name} differs`).toBe(true);
    rmSync(out, { recursive: true });
  });
  it('take less than 2 MB with the base policy', () => {
    const manifest = json<{ files: Record<string, { bytes: number }> }>('manifest.json');
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0) + read('base.safetensors').length;
    expect(bytes).toBeLessThan(2e6);
  });
  it('name the damaged one and what to do', async () => {
    const cut = async (name: string) => (name === 'documents.json' ? read(name).slice(0, 5000) : read(name));
    await expect(loadAtlas(cut)).rejects.toThrow(/atlas\/documents\.json is damaged: expected \d+ bytes with SHA-256 .*, got 5000 bytes .*npm run build:atlas/);
    const broken = async (name: string) => (name === 'manifest.json' ? read(name).slice(0, 40) : read(name));
    await expect(loadAtlas(broken)).rejects.toThrow(/atlas\/manifest\.json is damaged: expected JSON/);
  });
  it('splits by country: no country in two, every one in one', () => {
    const { train, validation, test } = json<Record<string, string[]>>('splits.json') as { train: string[]; validation: string[]; test: string[] };
    const all = [...train, ...validation, ...test];
    expect(new Set(all).size).toBe(all.length);
    expect(all.sort()).toEqual(countries.map((c) => c.code).sort());
  });
});

describe('tasks', () => {
  it('are a pure function of preset, split, seed and index', () => {
    expect(atlas.task('grid', 'train', 3, 5)).toEqual(atlas.task('grid', 'train', 3, 5));
    expect(atlas.task('grid', 'train', 3, 5).question).toBeDefined();
    expect(atlas.task('grid', 'train', 3, 5).scene).not.toEqual(atlas.task('grid', 'train', 4, 5).scene);
    expect(() => atlas.task('maze', 'train', 0, 0)).toThrow('preset must be one of grid, clutter, got "maze"');
  });
  it('never show a test country in training, and ask only about countries of their split', () => {
    const splits = json<Record<string, string[]>>('splits.json');
    for (const split of ['train', 'validation', 'test'] as const)
      for (let i = 0; i < 400; i++) {
        const { scene, type, answer, question } = atlas.task('grid', split, 1, i) as Task<Scene>;
        if (split === 'train') for (const { country } of scene.items) expect(splits.train).toContain(country);
        const kind = FACT_KINDS.find((k) => k === type);
        if (!kind) continue;
        const target = framedItems(scene).find((item) => question.includes(`the ${item.colour} frame`));
        expect(splits[split]).toContain(target?.country);
        expect(singleFact(countries.find((c) => c.code === target?.country) as Country, kind)).toBe(answer);
      }
  });
  it.each(['grid', 'clutter'])('%s: guessing does not pay', (preset) => {
    const counts = new Map<string, Map<string, number>>();
    for (let i = 0; i < 12_000; i++) {
      const { type, answer } = atlas.task(preset, 'validation', 2, i);
      const answers = counts.get(type) ?? new Map<string, number>();
      counts.set(type, answers.set(answer, (answers.get(answer) ?? 0) + 1));
    }
    const looks = [...counts]
      .filter(([type]) => type.startsWith('look'))
      .reduce((sum, [, answers]) => sum + [...answers.values()].reduce((a, b) => a + b, 0), 0);
    expect(looks / 12_000).toBeGreaterThan(0.17);
    expect(looks / 12_000).toBeLessThan(0.23);
    for (const [type, answers] of counts) {
      const total = [...answers.values()].reduce((a, b) => a + b, 0);
      const most = Math.max(...answers.values()) / total;
      const fair = type.startsWith('compare') ? 0.5 : type === 'continent' ? 1 / 6 : type.startsWith('look') ? 1 / 9 : 0.1;
      const noise = 4 * Math.sqrt((fair * (1 - fair)) / total);
      expect(most, `${type}: ${most} of ${total}`).toBeLessThan(fair + noise);
    }
    expect(toolFreeScore(atlas, preset)).toBeCloseTo(atlas.toolFree[preset] as number, 12);
  });
});

describe('what the overview gives away', () => {
  it('is frames, not flags: the nearest patch names a flag no better than chance', () => {
    const { accuracy, chance } = probeOverviews(atlas, 99, 120);
    expect(accuracy).toBeLessThan(2 * chance);
  });
  it('does not depend on the flags', () => {
    const task = atlas.task('grid', 'train', 1, 1) as Task<Scene>;
    const others = {
      ...task,
      scene: { ...task.scene, items: task.scene.items.map((item, i, all) => ({ ...item, country: (all[(i + 1) % all.length] as SceneItem).country })) },
    };
    expect(atlas.overview(others)).toEqual(atlas.overview(task));
  });
});

describe('image search', () => {
  it('names the flag in an exact crop of the grid ≥ 95 %, with one side a step short 50–75 %, in the whole scene < 5 %', async () => {
    const items = targets('grid', 70);
    expect(items.length).toBeGreaterThan(400);
    const right = ({ task, item }: { task: Task; item: SceneItem }, steps: readonly number[]) =>
      firstTitle(task, steps).then((title) => title === nameOf.get(item.country));
    expect(await share(items, (each) => right(each, gridBoxOf(each.item)))).toBeGreaterThanOrEqual(0.95);
    const short = await share(items, (each) =>
      right(
        each,
        gridBoxOf(each.item).map((s, side) => (side === 0 ? s + 1 : s)),
      ),
    );
    expect(short).toBeGreaterThan(0.5);
    expect(short).toBeLessThan(0.75);
    expect(await share(items, (each) => right(each, [0, 0, 12, 12]))).toBeLessThan(0.05);
  });
  it('names the flag in the nearest crop of clutter more often than not', async () => {
    const items = targets('clutter', 40);
    expect(await share(items, ({ task, item }) => firstTitle(task, gridBoxOf(item)).then((title) => title === nameOf.get(item.country)))).toBeGreaterThan(0.6);
  });
});

it('zoom and image search know no picture from elsewhere', async () => {
  const context = { task: atlas.task('grid', 'train', 1, 0), images: [[0, 0, 1000, 1000], null] } as const;
  const unknown = { kind: 'error', cause: 'model', message: 'unknown image' };
  expect(await atlas.tools[0]?.call({ bbox_2d: [0, 0, 333, 333], img_idx: 1 }, context)).toEqual(unknown);
  expect(await atlas.tools[1]?.call({}, context)).toEqual(unknown);
});

describe('text search', () => {
  it('finds the fact that is asked for, and nothing useful for a bare country name', async () => {
    const textSearch = atlas.tools[2] as Tool;
    const task = atlas.task('grid', 'train', 1, 0);
    let found = 0;
    let asked = 0;
    let bare = 0;
    for (const country of countries)
      for (const kind of FACT_KINDS) {
        const value = singleFact(country, kind);
        if (value === null) continue;
        const search = async (query: string) =>
          ((await textSearch.call({ query }, { task, images: [], variables: {} })) as Observation & { kind: 'documents' }).results.map(({ text }) => text);
        const fact = `The ${kind} of ${country.name} is ${value}.`;
        asked++;
        if ((await search(`${kind} ${country.name}`))[0] === fact) found++;
        if ((await search(country.name)).includes(fact)) bare++;
      }
    expect(found / asked).toBeGreaterThan(0.98);
    expect(bare / asked).toBeLessThan(0.05);
  });
  it('answers as it did (golden)', async () => {
    const textSearch = atlas.tools[2] as Tool;
    const titles = async (query: string) =>
      (
        (await textSearch.call({ query }, { task: atlas.task('grid', 'train', 1, 0), images: [], variables: {} })) as Observation & { kind: 'documents' }
      ).results.map(({ title, text }) => `${title}: ${text}`);
    expect(await Promise.all(['capital France', 'currency Guinea', 'capital Republic of the Congo', 'EUR', 'nothing at all'].map(titles))).toMatchSnapshot();
  });
});
