// The benchmark `atlas`, read from its files: facts, documents, flags, splits, vocabulary. Written by `npm run build:atlas`.
import { decode as decodePng } from 'fast-png';
import { resample } from '../picture.ts';
import { sha256 } from '../sha256.ts';
import { buildTextIndex, type SearchDocument } from '../textIndex.ts';
import type { Benchmark, Picture, Split, Task, Vocabulary } from '../types.ts';
import { demonstrate, guessesFrom, type Habits, lesson, NO_HABITS } from './demonstrator.ts';
import type { Country } from './facts.ts';
import { buildImageIndex } from './imageIndex.ts';
import { type FlagPictures, renderOverview, renderScene } from './render.ts';
import { ATLAS_PRESETS, type Scene } from './scene.ts';
import { type AtlasTask, buildTaskSource } from './tasks.ts';
import { atlasTools } from './tools.ts';

/** Side of a flag in the sprite, pixels, and flags in a row. */
export const FLAG_SIDE = 96;
export const FLAGS_PER_ROW = 16;

export interface AtlasManifest {
  readonly benchmark: 'atlas';
  readonly version: number;
  readonly command: string;
  readonly seed: number;
  readonly sources: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** Success of the best policy without tools, by preset; and the probe on overview patches. */
  readonly toolFree: Readonly<Record<string, number>>;
  readonly probe: { readonly accuracy: number; readonly chance: number };
}

/** Full-resolution scenes kept at most: those of one batch of prompts. */
const REMEMBERED_SCENES = 64;

/** Reads one file of the benchmark's folder. */
export type ReadFile = (name: string) => Promise<Uint8Array>;

export class BenchmarkFileError extends Error {
  override readonly name = 'BenchmarkFileError';
}

/** Reads and checks all files against the manifest's hashes. Throws BenchmarkFileError that names the file and what to do. */
export async function loadAtlas(readFile: ReadFile): Promise<Atlas> {
  const manifest = parseJson<AtlasManifest>('manifest.json', await readFile('manifest.json'));
  const contents = new Map<string, Uint8Array>();
  await Promise.all(
    Object.entries(manifest.files).map(async ([name, expected]) => {
      const bytes = await readFile(name);
      const hash = await sha256(bytes);
      if (hash !== expected.sha256)
        throw new BenchmarkFileError(
          `atlas/${name} is damaged: expected ${expected.bytes} bytes with SHA-256 ${expected.sha256.slice(0, 12)}…, got ${bytes.length} bytes with ${hash.slice(0, 12)}…; restore the file or run npm run build:atlas`,
        );
      contents.set(name, bytes);
    }),
  );
  const json = <T>(name: string): T => parseJson<T>(name, contents.get(name) as Uint8Array);
  return buildAtlas({
    countries: json<Country[]>('facts.json'),
    documents: json<SearchDocument[]>('documents.json'),
    splits: json<Record<Split, string[]>>('splits.json'),
    vocabulary: json<Vocabulary>('vocabulary.json'),
    sprite: decodeSprite(contents.get('flags.png') as Uint8Array),
    toolFree: manifest.toolFree,
  });
}

export interface AtlasParts {
  readonly countries: readonly Country[];
  readonly documents: readonly SearchDocument[];
  readonly splits: Readonly<Record<Split, readonly string[]>>;
  readonly vocabulary: Vocabulary;
  readonly sprite: Picture;
  readonly toolFree: Readonly<Record<string, number>>;
}

/** An atlas can also draw its scenes for people. */
export interface Atlas extends Benchmark {
  /** The scene of a task as people see it: flags and frames, 288 · scale pixels a side. */
  picture(task: Task, scale?: number): Picture;
}

export function buildAtlas({ countries, documents, splits, vocabulary, sprite, toolFree }: AtlasParts): Atlas {
  const flags = cutSprite(
    sprite,
    countries.map((country) => country.code),
  );
  const source = buildTaskSource(countries, splits);
  const full = remember(REMEMBERED_SCENES, (task) => renderScene(task.scene as Scene, flags));
  const guesses = guessesFrom(vocabulary);
  const names = new Map(countries.map((country) => [country.code, country.name]));
  return {
    name: 'atlas',
    presets: ATLAS_PRESETS,
    vocabulary,
    tools: atlasTools({ full, images: buildImageIndex(flags), texts: buildTextIndex(documents), names }),
    task: source.task,
    overview: (task) => renderOverview(task.scene as Scene),
    lesson: (task, faults, random) => lesson(task as AtlasTask, { ...NO_HABITS, ...(faults as Partial<Habits>) }, random),
    demonstrate: (task, faults, random) => demonstrate(task as AtlasTask, { ...NO_HABITS, ...(faults as Partial<Habits>) }, guesses, random),
    picture: (task, scale = 1) => renderScene(task.scene as Scene, flags, scale),
    toolFree,
  };
}

/** The flags of a sprite, in the order of the codes, row by row. */
export function cutSprite(sprite: Picture, codes: readonly string[]): FlagPictures {
  return new Map(
    codes.map((code, i) => {
      const [x, y] = [(i % FLAGS_PER_ROW) * FLAG_SIDE, Math.floor(i / FLAGS_PER_ROW) * FLAG_SIDE];
      return [code, resample(sprite, [x, y, x + FLAG_SIDE, y + FLAG_SIDE], FLAG_SIDE, FLAG_SIDE)];
    }),
  );
}

function decodeSprite(bytes: Uint8Array): Picture {
  const { width, height, data, channels } = decodePng(bytes);
  if (channels !== 3) throw new BenchmarkFileError(`atlas/flags.png: expected 3 channels, got ${channels}; run npm run build:atlas`);
  return { width, height, pixels: Uint8Array.from(data) };
}

function parseJson<T>(name: string, bytes: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch (error) {
    throw new BenchmarkFileError(
      `atlas/${name} is damaged: expected JSON, got ${bytes.length} bytes that are not (${(error as Error).message}); restore the file or run npm run build:atlas`,
    );
  }
}

/** Keeps the answers for the last `size` tasks, by id. */
function remember<V>(size: number, compute: (task: Task) => V): (task: Task) => V {
  const known = new Map<string, V>();
  return (task) => {
    const value = known.get(task.id) ?? compute(task);
    known.delete(task.id);
    known.set(task.id, value);
    if (known.size > size) known.delete(known.keys().next().value as string);
    return value;
  };
}
