// What "Try it" says and offers of each benchmark, so that the page need not load the benchmark for it.
import type { BenchmarkName } from '../train/config.ts';
import type { OwnAction } from '../train/player/ownTurn.ts';
import type { QuestionPlace } from '../train/player/playView.ts';

export interface TryItWorld {
  /**
   * The question that is asked first: one that the base policy gets right now and then. Its first attempt tells something: on the atlas it
   * guesses, on the almanac a query leaves the fact out.
   */
  readonly first: QuestionPlace;
  /** What the presets are called. */
  readonly presets: string;
  /** What the splits divide. */
  readonly members: string;
  /** A question that a person may write; null: its questions are about pictures, and can only be chosen. */
  readonly example: string | null;
  /** What a person may do in a turn, what is offered at first before the others. */
  readonly moves: readonly OwnMove[];
  /** A trained policy among its recordings. */
  readonly trained: { readonly name: string; readonly file: string } | null;
  /** What there is to know of its tools; null: nothing. */
  readonly note: string | null;
}

export interface OwnMove {
  readonly label: string;
  /** The action before its arguments are given. */
  readonly blank: OwnAction;
  /** What its text is called; null where it takes none. */
  readonly argument: string | null;
  readonly hint: string | null;
}

export const TRY_IT_WORLDS: Readonly<Record<BenchmarkName, TryItWorld>> = {
  atlas: {
    first: { preset: 'grid', split: 'validation', seed: 5, index: 0 },
    presets: 'Scene',
    members: 'Countries',
    example: null,
    moves: [
      {
        label: 'zoom into a box',
        blank: { kind: 'region', tool: 'image_zoom_in_tool', box: [0, 0, 333, 333], image: 0 },
        argument: null,
        hint: null,
      },
      {
        label: 'search by the image seen last',
        blank: { kind: 'image', tool: 'image_search_tool' },
        argument: null,
        hint: 'It takes the image seen last: zoom first, or it searches with the whole scene.',
      },
      {
        label: 'search by text',
        blank: { kind: 'text', tool: 'text_search_tool', query: '' },
        argument: 'Query',
        hint: 'Words of the vocabulary, for example “capital France”.',
      },
      { label: 'answer', blank: { kind: 'answer', text: '' }, argument: 'Answer', hint: null },
    ],
    trained: { name: 'trained: GRPO with TAPO, 150 updates', file: 'grpo-tapo.safetensors' },
    note: null,
  },
  almanac: {
    first: { preset: 'hard', split: 'validation', seed: 21, index: 0 },
    presets: 'Difficulty',
    members: 'Elements',
    example: 'What is the ratio of the mass of Gold to the mass of Iron?',
    moves: [
      {
        label: 'search by text',
        blank: { kind: 'text', tool: 'text_search_tool', query: '' },
        argument: 'Query',
        hint: 'Words of the vocabulary, for example “mass Iron” or “mass every element”.',
      },
      {
        label: 'run a program',
        blank: { kind: 'other', tool: 'python_tool', query: '' },
        argument: 'Program',
        hint: 'Python with the variables that searches have bound, for example “print(v1 + v3)”; the vocabulary has no numbers.',
      },
      {
        label: 'answer',
        blank: { kind: 'answer', text: '' },
        argument: 'Answer',
        hint: 'The name of the variable that holds the number, for example “r1”.',
      },
    ],
    trained: null,
    note: 'Python is fetched when the first program is run, from this page’s own address; that takes some seconds.',
  },
};

/** The move that an action belongs to: that of its tool, or the answer. */
export function moveOf({ moves }: TryItWorld, action: OwnAction): OwnMove {
  const name = moveName(action);
  return moves.find(({ blank }) => moveName(blank) === name) as OwnMove;
}

/** Tells moves apart: the name of the tool, or "answer". */
export function moveName(action: OwnAction): string {
  return action.kind === 'answer' ? 'answer' : action.tool;
}
