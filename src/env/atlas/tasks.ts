// Questions about scenes: a pure function of (preset, split, seed, index). Answers are balanced, so that guessing does not pay.
import { hash32, type RandomStream, randomStream } from '../../tapo/index.ts';
import type { Split, Task } from '../types.ts';
import { type Country, FACT_KINDS, type FactKind, singleFact } from './facts.ts';
import { ATLAS_PRESETS, type AtlasPreset, CELL_WORDS, cellOf, drawScene, framedItems, type Scene, type SceneItem } from './scene.ts';

export type AtlasTask = Task<Scene>;

/** Every word that questions and their answers are made of, for the vocabulary. */
export const QUESTION_TEXTS: readonly string[] = [
  'What is the of the country in the frame? Do the countries in the frame and the frame share a? yes no',
  'Which colour frames cell? Which cell has the frame?',
  ...FACT_KINDS,
];

/** Facts that two countries are compared by. */
const COMPARED: readonly FactKind[] = ['continent', 'language', 'currency'];

/** Share of each family of questions, in percent: where something is needs no search, so that *when* to search matters. */
const FACT_SHARE = 65;
const COMPARE_SHARE = 15;

/** Countries of a split by the value of a fact: a question draws the value first, so that no answer is more frequent than another. */
type ByValue = readonly { readonly value: string; readonly countries: readonly Country[] }[];

export interface TaskSource {
  task(preset: string, split: Split, seed: number, index: number): AtlasTask;
}

/** `splits` holds country codes; flags beside the targets come from every split but test, except in test itself. */
export function buildTaskSource(countries: readonly Country[], splits: Readonly<Record<Split, readonly string[]>>): TaskSource {
  const byCode = new Map(countries.map((country) => [country.code, country]));
  const membersOf = (split: Split): Country[] => splits[split].map((code) => byCode.get(code) as Country);
  const tables = Object.fromEntries(
    (['train', 'validation', 'test'] as const).map((split) => [
      split,
      Object.fromEntries(FACT_KINDS.map((kind) => [kind, groupByValue(membersOf(split), kind)])),
    ]),
  ) as Record<Split, Record<FactKind, ByValue>>;
  const beside: Record<Split, readonly string[]> = {
    train: splits.train,
    validation: [...splits.train, ...splits.validation],
    test: countries.map((country) => country.code),
  };

  return {
    task(preset, split, seed, index) {
      if (!ATLAS_PRESETS.includes(preset as AtlasPreset)) throw new RangeError(`task: preset must be one of ${ATLAS_PRESETS.join(', ')}, got "${preset}"`);
      const random = randomStream(hash32(seed, index), ATLAS_PRESETS.indexOf(preset as AtlasPreset), SPLIT_KEYS[split]);
      const id = `${preset}-${split}-${seed}-${index}`;
      const draft = draftQuestion(tables[split], random);
      for (;;) {
        const others = random.shuffle(beside[split]).filter((code) => !draft.targets.includes(code));
        const scene = placeTargets(preset as AtlasPreset, draft.targets, others, random);
        const asked = scene && phrase(draft, scene, random);
        if (asked) return { id, preset, split, type: draft.type, ...asked, image: id, scene };
      }
    },
  };
}

const SPLIT_KEYS: Readonly<Record<Split, number>> = { train: 0, validation: 1, test: 2 };

/** A question before its scene: the countries it is about, and what it asks. */
interface Draft {
  readonly type: string;
  readonly targets: readonly string[];
  readonly kind: FactKind | null;
  readonly answer: string | null;
}

function draftQuestion(tables: Record<FactKind, ByValue>, random: RandomStream): Draft {
  const family = random.below(100);
  if (family < FACT_SHARE) {
    const kind = random.pick(FACT_KINDS);
    const { value, countries } = random.pick(tables[kind]);
    return { type: kind, targets: [random.pick(countries).code], kind, answer: value };
  }
  if (family < FACT_SHARE + COMPARE_SHARE) {
    const kind = random.pick(COMPARED);
    const shared = tables[kind].filter(({ countries }) => countries.length >= 2);
    const { value, countries } = random.pick(shared);
    const first = random.pick(countries);
    const same = random.below(2) === 0;
    // The first country is drawn alike for yes and no, so that one of the two facts tells nothing.
    const second = same
      ? random.pick(countries.filter((c) => c !== first))
      : random.pick(random.pick(shared.filter((entry) => entry.value !== value)).countries);
    return { type: `compare ${kind}`, targets: random.shuffle([first.code, second.code]), kind, answer: same ? 'yes' : 'no' };
  }
  return { type: random.below(2) === 0 ? 'look colour' : 'look cell', targets: [], kind: null, answer: null };
}

/** A scene in which every target has a frame; null if the draw did not give one. */
function placeTargets(preset: AtlasPreset, targets: readonly string[], others: readonly string[], random: RandomStream): Scene | null {
  const scene = drawScene(preset, random.shuffle([...targets, ...others.slice(0, 9 - targets.length)]), random);
  const framed = framedItems(scene).map((item) => item.country);
  return targets.every((code) => framed.includes(code)) ? scene : null;
}

function phrase(draft: Draft, scene: Scene, random: RandomStream): { readonly question: string; readonly answer: string } | null {
  const colourOf = (code: string): string => scene.items.find((item) => item.country === code)?.colour as string;
  if (draft.type === 'look colour' || draft.type === 'look cell') {
    const item = random.pick(framedItems(scene));
    if (!aloneInCell(item, scene)) return null;
    const cell = CELL_WORDS[cellOf(item)] as string;
    return draft.type === 'look colour'
      ? { question: `Which colour frames cell ${cell}?`, answer: item.colour }
      : { question: `Which cell has the ${item.colour} frame?`, answer: cell };
  }
  const [first, second] = draft.targets as [string, string?];
  const answer = draft.answer as string;
  return second === undefined
    ? { question: `What is the ${draft.kind} of the country in the ${colourOf(first)} frame?`, answer }
    : { question: `Do the countries in the ${colourOf(first)} frame and the ${colourOf(second)} frame share a ${draft.kind}?`, answer };
}

function aloneInCell(item: SceneItem, scene: Scene): boolean {
  return scene.items.filter((other) => cellOf(other) === cellOf(item)).length === 1;
}

function groupByValue(countries: readonly Country[], kind: FactKind): ByValue {
  const groups = new Map<string, Country[]>();
  for (const country of countries) {
    const value = singleFact(country, kind);
    if (value === null || (kind === 'continent' && value === 'Antarctica')) continue;
    groups.set(value, [...(groups.get(value) ?? []), country]);
  }
  return [...groups].map(([value, members]) => ({ value, countries: members })).sort((a, b) => (a.value < b.value ? -1 : 1));
}
