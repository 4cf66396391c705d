// The benchmark `atlas`, read from its files: facts, documents, flags, splits, vocabulary. Written by `npm run build:atlas`.
import { decode as decodePng } from 'fast-png';
import { BenchmarkFileError, type BenchmarkManifest, type ReadFile, readBenchmarkFiles } from '../benchmarkFiles.ts';
import { resample } from '../picture.ts';
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

export interface AtlasManifest extends BenchmarkManifest {
  /** The probe on overview patches. */
  readonly probe: { readonly accuracy: number; readonly chance: number };
}

/** Full-resolution scenes kept at most: those of one batch of prompts. */
const REMEMBERED_SCENES = 64;

/** Reads and checks all files against the manifest's hashes. Throws BenchmarkFileError that names the file and what to do. */
export async function loadAtlas(readFile: ReadFile): Promise<Atlas> {
  const { manifest, bytes, json } = await readBenchmarkFiles('atlas', readFile);
  return buildAtlas({
    countries: json<Country[]>('facts.json'),
    documents: json<SearchDocument[]>('documents.json'),
    splits: json<Record<Split, string[]>>('splits.json'),
    vocabulary: json<Vocabulary>('vocabulary.json'),
    sprite: decodeSprite(bytes('flags.png')),
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
  overview(task: Task): Picture;
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
