// The closed vocabulary of the almanac: tags, variables, enough of Python to compute with them, words, and one token an element.
import { CONVERSATION_TAGS } from '../parse.ts';
import type { Vocabulary } from '../types.ts';
import { EVERY_ELEMENT } from './documents.ts';
import { type Element, FACT_KINDS } from './facts.ts';
import { TOOL_TURNS } from './tasks.ts';

/** Numbers that a search can bind at most: one in each of three documents. */
const NUMBERS_A_SEARCH = 3;

/** What programs are written with. A sign of "less than" is left out: it would look like a tag. */
export const PYTHON_TOKENS: readonly string[] = [
  'print',
  'sum',
  'len',
  'max',
  'min',
  'abs',
  '(',
  ')',
  '[',
  ']',
  ',',
  '+',
  '-',
  '*',
  '/',
  '>',
  'x',
  'for',
  'in',
];

/** Builds the vocabulary from the names of the elements and the other words of the world's texts. */
export function writeVocabulary(elements: readonly Element[], plainWords: Iterable<string>): Vocabulary {
  const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
  const named = [...FACT_KINDS, EVERY_ELEMENT];
  const words = [...new Set(plainWords)].filter((word) => !PYTHON_TOKENS.includes(word) && !named.includes(word)).sort();
  return {
    groups: [
      { type: 'tag', entity: false, tokens: [...CONVERSATION_TAGS, 'text_search_tool', 'python_tool'] },
      { type: 'variable', entity: false, tokens: [...numbered('v', NUMBERS_A_SEARCH * TOOL_TURNS), ...numbered('r', TOOL_TURNS)] },
      { type: 'python', entity: false, tokens: PYTHON_TOKENS },
      { type: 'fact', entity: false, tokens: named },
      { type: 'word', entity: false, tokens: words },
      { type: 'element', entity: true, tokens: elements.map(({ name }) => name) },
    ],
  };
}
