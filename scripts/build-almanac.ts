// npm run build:almanac [FOLDER] — makes public/benchmarks/almanac/ (or FOLDER) from periodic-table-data, the same bytes each time.
import { readFileSync } from 'node:fs';
import { buildAlmanac } from '../src/env/almanac/almanac.ts';
import { DEMONSTRATION_WORDS } from '../src/env/almanac/demonstrator.ts';
import { writeDocuments } from '../src/env/almanac/documents.ts';
import { type Element, FACT_KINDS, type FactKind } from '../src/env/almanac/facts.ts';
import { toolFreeScore } from '../src/env/almanac/luck.ts';
import { ALMANAC_PRESETS } from '../src/env/almanac/presets.ts';
import { QUESTION_TEXTS } from '../src/env/almanac/tasks.ts';
import { writeVocabulary } from '../src/env/almanac/vocabulary.ts';
import { PROGRAM_ERROR_TEXTS } from '../src/env/errors.ts';
import { SPLITS } from '../src/env/types.ts';
import { buildTokenizer, splitPieces } from '../src/policy/tokenizer.ts';
import { hash32 } from '../src/tapo/index.ts';
import { hashOfText, json, jsonLines, licences, PACKAGES, splitStratum, versionOf, writeBenchmark } from './benchmarkFolder.ts';

const SEED = 20251007;

/** The share of questions of a preset that a policy without tools may get right at most; more would be luck to live on. */
const LUCK_LIMIT = 0.2;

interface Listed extends Readonly<Record<string, unknown>> {
  readonly atomicNumber: number;
  readonly name: string;
  readonly yearDiscovered: string;
}

/** Our names of facts, and the source's. */
const SOURCE_FIELDS: Readonly<Record<FactKind, string>> = {
  mass: 'atomicMass',
  density: 'density',
  'melting point': 'meltingPoint',
  'boiling point': 'boilingPoint',
  radius: 'atomicRadius',
};

const elements = readElements();
const documents = writeDocuments(elements, (key) => hash32(SEED, hashOfText(key)));
const splits = splitByElement();
const vocabulary = writeVocabulary(elements, plainWords());
const tokens = vocabulary.groups.flatMap((group) => group.tokens);
const tokenizer = buildTokenizer(tokens);
for (const { id, text } of documents) if (tokenizer.encode(text).length === 0) throw new Error(`document ${id} ("${text}") has no known word`);

const python = { run: () => Promise.reject(new Error('a build runs no program')), close: () => {} };
const almanac = buildAlmanac({ elements, documents, splits, vocabulary, toolFree: {}, python });
const toolFree = Object.fromEntries(ALMANAC_PRESETS.map((preset) => [preset, toolFreeScore(almanac, preset)]));
for (const [preset, score] of Object.entries(toolFree))
  if (score > LUCK_LIMIT) throw new Error(`a policy without tools is right on ${(100 * score).toFixed(1)} % of ${preset}, more than ${100 * LUCK_LIMIT} %`);

const bytes = writeBenchmark(
  {
    benchmark: 'almanac',
    version: 1,
    command: 'npm run build:almanac',
    seed: SEED,
    sources: { 'periodic-table-data': versionOf('periodic-table-data') },
    toolFree,
  },
  {
    'facts.json': jsonLines(elements),
    'documents.json': jsonLines(documents),
    'splits.json': json(splits),
    'vocabulary.json': json(vocabulary),
    'LICENCES.txt': licences('Facts come from periodic-table-data, under the MIT licence.', ['periodic-table-data']),
  },
);

console.log(`almanac: ${elements.length} elements, ${documents.length} documents, ${tokens.length} tokens, ${(bytes / 1e6).toFixed(2)} MB`);
console.log(`splits: ${SPLITS.map((split) => `${split} ${splits[split].length}`).join(', ')}`);
console.log(`facts: ${FACT_KINDS.map((kind) => `${kind} ${elements.filter(({ facts }) => facts[kind] !== undefined).length}`).join(', ')}`);
console.log(`without tools: ${ALMANAC_PRESETS.map((preset) => `${preset} ${(100 * (toolFree[preset] as number)).toFixed(1)} %`).join(', ')}`);

function readElements(): Element[] {
  const listed = JSON.parse(readFileSync(new URL('periodic-table-data/periodicTableData.json', PACKAGES), 'utf8')) as Listed[];
  return listed.map((entry) => {
    const facts = FACT_KINDS.flatMap((kind) => {
      const value = entry[SOURCE_FIELDS[kind]];
      return typeof value === 'number' && value > 0 ? [[kind, value] as const] : [];
    });
    const year = Number(entry.yearDiscovered);
    return { number: entry.atomicNumber, name: entry.name, discovered: Number.isInteger(year) ? year : null, facts: Object.fromEntries(facts) };
  });
}

/** 60 : 20 : 20 within each ten of the atomic number, by a hash of the name, so that light and heavy elements are in every split. */
function splitByElement(): Record<'train' | 'validation' | 'test', string[]> {
  const split = { train: [] as string[], validation: [] as string[], test: [] as string[] };
  for (let first = 0; first < elements.length; first += 10) {
    const members = elements.slice(first, first + 10).map(({ name }) => name);
    const parts = splitStratum(members, (name) => hash32(SEED, hashOfText(name)));
    for (const name of SPLITS) split[name].push(...parts[name]);
  }
  return split;
}

/** Words of documents, questions, errors and the agent's own speech: all that is no name. */
function plainWords(): Set<string> {
  const nothing: Element = { number: 0, name: '·', discovered: 1, facts: Object.fromEntries(FACT_KINDS.map((kind) => [kind, 1])) };
  const texts = [
    ...writeDocuments([nothing], () => 0).map(({ title, text }) => `${title} ${text}`),
    ...QUESTION_TEXTS,
    ...DEMONSTRATION_WORDS,
    ...PROGRAM_ERROR_TEXTS,
  ];
  return new Set(texts.flatMap(splitPieces).map((piece) => piece.toLowerCase()));
}
