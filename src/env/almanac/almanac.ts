// The benchmark `almanac`, read from its files: facts, documents, splits, vocabulary. Written by `npm run build:almanac`.
import { type ReadFile, readBenchmarkFiles } from '../benchmarkFiles.ts';
import type { Python } from '../python/python.ts';
import { buildTextIndex } from '../textIndex.ts';
import type { Benchmark, Split, Vocabulary } from '../types.ts';
import { demonstrate, type Habits, NO_HABITS } from './demonstrator.ts';
import type { NumberedDocument } from './documents.ts';
import type { Element } from './facts.ts';
import { ALMANAC_PRESETS } from './presets.ts';
import { type AlmanacTask, buildTaskSource } from './tasks.ts';
import { almanacTools } from './tools.ts';

/** Reads and checks all files against the manifest's hashes. Throws BenchmarkFileError that names the file and what to do. */
export async function loadAlmanac(readFile: ReadFile, python: Python): Promise<Benchmark> {
  const { manifest, json } = await readBenchmarkFiles('almanac', readFile);
  return buildAlmanac({
    elements: json<Element[]>('facts.json'),
    documents: json<NumberedDocument[]>('documents.json'),
    splits: json<Record<Split, string[]>>('splits.json'),
    vocabulary: json<Vocabulary>('vocabulary.json'),
    toolFree: manifest.toolFree,
    python,
  });
}

export interface AlmanacParts {
  readonly elements: readonly Element[];
  readonly documents: readonly NumberedDocument[];
  readonly splits: Readonly<Record<Split, readonly string[]>>;
  readonly vocabulary: Vocabulary;
  readonly toolFree: Readonly<Record<string, number>>;
  readonly python: Python;
}

export function buildAlmanac({ elements, documents, splits, vocabulary, toolFree, python }: AlmanacParts): Benchmark {
  const byId = new Map(documents.map((document) => [document.id, document]));
  return {
    name: 'almanac',
    presets: ALMANAC_PRESETS,
    vocabulary,
    tools: almanacTools({ texts: buildTextIndex(documents), documents: byId, python }),
    ...buildTaskSource(elements, splits),
    overview: () => null,
    lesson: (task) => task,
    demonstrate: (task, faults, random) => demonstrate(task as AlmanacTask, { ...NO_HABITS, ...(faults as Partial<Habits>) }, random),
    toolFree,
  };
}
