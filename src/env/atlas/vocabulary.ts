// The closed vocabulary of the atlas: tags, coordinates, words, and one token for every named thing.
import { CONVERSATION_TAGS } from '../parse.ts';
import type { Vocabulary } from '../types.ts';
import { type Country, FACT_KINDS, factValues } from './facts.ts';
import { CELL_WORDS, coordinateOfStep, FRAME_COLOURS, GRID_STEPS } from './scene.ts';

/** Patches of a picture, row by row: one token each, so that a token says where in the picture its patch lies. */
export const PATCH_TOKENS: readonly string[] = Array.from({ length: 9 }, (_, i) => `<patch_${i}>`);

/** Images that a conversation can hold: the overview and one per tool turn. */
export const MAX_IMAGES = 7;

export const TAGS: readonly string[] = [...CONVERSATION_TAGS, 'image_zoom_in_tool', 'image_search_tool', 'text_search_tool'];

/** Every name in the facts, each once. */
export function namesOf(countries: readonly Country[]): readonly string[] {
  return [...new Set(countries.flatMap((c) => [c.name, ...FACT_KINDS.flatMap((kind) => factValues(c, kind))]))].sort();
}

/** Builds the vocabulary from the facts and the other words of the world's texts. */
export function writeVocabulary(countries: readonly Country[], plainWords: Iterable<string>): Vocabulary {
  const images = Array.from({ length: MAX_IMAGES }, (_, i) => `img_${i}`);
  const coordinates = Array.from({ length: GRID_STEPS + 1 }, (_, k) => String(coordinateOfStep(k)));
  const names = {
    country: countries.map((c) => c.name),
    ...Object.fromEntries(FACT_KINDS.map((kind) => [kind, countries.flatMap((c) => factValues(c, kind))])),
  };
  // A name that stands for two kinds of thing (Monaco, Singapore) belongs to neither when worlds are shuffled.
  const kindsOf = new Map<string, Set<string>>();
  for (const [kind, values] of Object.entries(names)) for (const value of values) kindsOf.set(value, (kindsOf.get(value) ?? new Set()).add(kind));
  const ofKind = (kind: string): string[] =>
    [...kindsOf]
      .filter(([, kinds]) => kinds.size === 1 && kinds.has(kind))
      .map(([value]) => value)
      .sort();
  const shared = [...kindsOf]
    .filter(([, kinds]) => kinds.size > 1)
    .map(([value]) => value)
    .sort();
  const fixed = new Set([...Object.keys(FRAME_COLOURS), ...CELL_WORDS, ...coordinates]);
  const words = [...new Set(plainWords)].filter((word) => !fixed.has(word)).sort();
  return {
    groups: [
      { type: 'tag', entity: false, tokens: TAGS },
      { type: 'patch', entity: false, tokens: PATCH_TOKENS },
      { type: 'image', entity: false, tokens: images },
      { type: 'coordinate', entity: false, tokens: coordinates },
      { type: 'colour', entity: false, tokens: Object.keys(FRAME_COLOURS) },
      { type: 'cell', entity: false, tokens: CELL_WORDS },
      { type: 'word', entity: false, tokens: words },
      { type: 'name', entity: false, tokens: shared },
      ...['country', ...FACT_KINDS].map((type) => ({ type, entity: true, tokens: ofKind(type) })),
    ],
  };
}
