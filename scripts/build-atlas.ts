// npm run build:atlas [FOLDER] — makes public/benchmarks/atlas/ (or FOLDER) from countries-list and flag-icons, the same bytes each time.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { type ICountry, languages, countries as listed } from 'countries-list';
import { encode as encodePng } from 'fast-png';
import { buildAtlas, FLAG_SIDE, FLAGS_PER_ROW } from '../src/env/atlas/atlas.ts';
import { DEMONSTRATION_WORDS } from '../src/env/atlas/demonstrator.ts';
import { writeDocuments } from '../src/env/atlas/documents.ts';
import type { Country } from '../src/env/atlas/facts.ts';
import { probeOverviews, toolFreeScore } from '../src/env/atlas/luck.ts';
import { ATLAS_PRESETS } from '../src/env/atlas/scene.ts';
import { QUESTION_TEXTS } from '../src/env/atlas/tasks.ts';
import { writeVocabulary } from '../src/env/atlas/vocabulary.ts';
import { ERROR_TEXTS } from '../src/env/errors.ts';
import { filled, paint } from '../src/env/picture.ts';
import { SPLITS } from '../src/env/types.ts';
import { buildTokenizer, splitPieces } from '../src/policy/tokenizer.ts';
import { hash32 } from '../src/tapo/index.ts';
import { hashOfText, json, jsonLines, licences, PACKAGES, splitStratum, versionOf, writeBenchmark } from './benchmarkFolder.ts';

const SEED = 20260604;
const LISTED: Readonly<Record<string, ICountry & { readonly partOf?: string }>> = listed;

const CONTINENTS: Readonly<Record<string, string>> = {
  AF: 'Africa',
  AN: 'Antarctica',
  AS: 'Asia',
  EU: 'Europe',
  NA: 'North America',
  OC: 'Oceania',
  SA: 'South America',
};

/** Territories fly the flag of a state pixel for pixel: the state keeps it, the territories are left out. */
const OWNERS_OF_SHARED_FLAGS: readonly string[] = ['AU', 'FR', 'GB', 'NL', 'US'];

const flags = drawFlags();
const countries = writeFacts(flags);
const sprite = filled(FLAGS_PER_ROW * FLAG_SIDE, Math.ceil(countries.length / FLAGS_PER_ROW) * FLAG_SIDE, [255, 255, 255]);
countries.forEach(({ code }, i) => {
  paint(
    sprite,
    { width: FLAG_SIDE, height: FLAG_SIDE, pixels: flags.get(code) as Uint8Array },
    (i % FLAGS_PER_ROW) * FLAG_SIDE,
    Math.floor(i / FLAGS_PER_ROW) * FLAG_SIDE,
  );
});
const documents = writeDocuments(countries, (key) => hash32(SEED, hashOfText(key)));
const splits = splitByCountry(countries);
const vocabulary = writeVocabulary(countries, plainWords());
const tokens = vocabulary.groups.flatMap((group) => group.tokens);
const tokenizer = buildTokenizer(tokens);
for (const { id, text } of documents) if (tokenizer.encode(text).length === 0) throw new Error(`document ${id} ("${text}") has no known word`);

const atlas = buildAtlas({ countries, documents, splits, vocabulary, sprite, toolFree: {} });
const probe = probeOverviews(atlas, SEED);
if (probe.accuracy > 2 * probe.chance)
  throw new Error(`overview patches name ${(100 * probe.accuracy).toFixed(1)} % of flags, more than twice chance (${(100 * probe.chance).toFixed(1)} %)`);
const toolFree = Object.fromEntries(ATLAS_PRESETS.map((preset) => [preset, toolFreeScore(atlas, preset)]));

const bytes = writeBenchmark(
  {
    benchmark: 'atlas',
    version: 1,
    command: 'npm run build:atlas',
    seed: SEED,
    sources: Object.fromEntries(['countries-list', 'flag-icons', '@resvg/resvg-js'].map((name) => [name, versionOf(name)])),
    toolFree,
    probe,
  },
  {
    'facts.json': jsonLines(countries),
    'documents.json': jsonLines(documents),
    'splits.json': json(splits),
    'vocabulary.json': json(vocabulary),
    'flags.png': encodePng({ ...sprite, data: sprite.pixels, channels: 3, depth: 8 }, { zlib: { level: 9 } }),
    'LICENCES.txt': licences('Facts come from countries-list, flags from flag-icons, both under the MIT licence.', ['countries-list', 'flag-icons']),
  },
);

console.log(`atlas: ${countries.length} countries, ${documents.length} documents, ${tokens.length} tokens, ${(bytes / 1e6).toFixed(2)} MB`);
console.log(`splits: ${SPLITS.map((split) => `${split} ${splits[split].length}`).join(', ')}`);
console.log(`without tools: ${ATLAS_PRESETS.map((preset) => `${preset} ${(100 * (toolFree[preset] as number)).toFixed(1)} %`).join(', ')}`);
console.log(`probe on overview patches: ${(100 * probe.accuracy).toFixed(2)} %, chance ${(100 * probe.chance).toFixed(2)} %`);

/** Square flags of 96 × 96 on white, one per distinct picture. */
function drawFlags(): Map<string, Uint8Array> {
  const bySource = new Map<string, string[]>();
  const pixels = new Map<string, Uint8Array>();
  for (const code of Object.keys(LISTED).sort()) {
    const file = new URL(`flag-icons/flags/1x1/${code.toLowerCase()}.svg`, PACKAGES);
    if (!existsSync(file)) continue;
    const drawn = new Resvg(readFileSync(file, 'utf8'), { fitTo: { mode: 'width', value: FLAG_SIDE }, background: 'white' }).render();
    const rgb = new Uint8Array(drawn.pixels.filter((_, i) => i % 4 !== 3));
    pixels.set(code, rgb);
    const key = createHash('sha256').update(rgb).digest('hex');
    bySource.set(key, [...(bySource.get(key) ?? []), code]);
  }
  for (const codes of bySource.values()) {
    if (codes.length === 1) continue;
    for (const code of codes) if (!OWNERS_OF_SHARED_FLAGS.includes(code)) pixels.delete(code);
  }
  return pixels;
}

function writeFacts(drawn: ReadonlyMap<string, Uint8Array>): Country[] {
  return [...drawn.keys()].map((code) => {
    const { name, capital, currency, languages: spoken, continent, phone } = LISTED[code] as ICountry;
    return {
      code,
      name,
      capital,
      currencies: currency,
      languages: spoken.map((language) => languages[language].name),
      continent: CONTINENTS[continent] as string,
      callingCodes: phone.map((number) => `+${number}`),
    };
  });
}

/** 60 : 20 : 20 within each continent, by a hash of the code. */
function splitByCountry(all: readonly Country[]): Record<'train' | 'validation' | 'test', string[]> {
  const split = { train: [] as string[], validation: [] as string[], test: [] as string[] };
  for (const continent of Object.values(CONTINENTS)) {
    const members = all.filter((country) => country.continent === continent).map(({ code }) => code);
    const parts = splitStratum(members, (code) => hash32(SEED, hashOfText(code)));
    for (const name of SPLITS) split[name].push(...parts[name]);
  }
  for (const codes of Object.values(split)) codes.sort();
  return split;
}

/** Words of documents, questions, errors and the agent's own speech: all that is no name. */
function plainWords(): Set<string> {
  const nobody: Country = { code: '', name: '·', capital: '··', currencies: ['·'], languages: ['·'], continent: '·', callingCodes: ['·'] };
  const texts = [...writeDocuments([nobody], () => 0).map(({ title, text }) => `${title} ${text}`), ...QUESTION_TEXTS, ...DEMONSTRATION_WORDS, ...ERROR_TEXTS];
  return new Set(texts.flatMap(splitPieces).map((piece) => piece.toLowerCase()));
}
