// Between a world's texts and pictures and a policy's tokens: what a question, an observation and a turn look like as ids and patches.

import { TURN_ENDS } from '../env/parse.ts';
import type { Observation, Picture, Task, Vocabulary } from '../env/types.ts';
import { joinFloats } from '../policy/floats.ts';
import { buildTokenizer } from '../policy/tokenizer.ts';
import type { Segment } from '../policy/types.ts';
import type { RandomStream } from '../tapo/index.ts';

/** Side of an image patch, pixels; a patch has side · side · 3 numbers. */
export const PATCH_SIDE = 8;
export const PATCH_LENGTH = PATCH_SIDE * PATCH_SIDE * 3;

/** Tokens of a document's text that the policy gets to read. */
export const DOCUMENT_TOKENS = 8;

export interface Codec {
  readonly vocabularySize: number;
  /** Tokens that end a turn. */
  readonly stopTokens: readonly number[];
  /** Tokens that a policy may read but never writes. */
  readonly unwritable: readonly number[];
  question(task: Task, overview: Picture | null): Segment;
  observation(observation: Observation): Segment;
  /** A turn's tokens from its text. */
  encodeTurn(text: string): number[];
  /** The pieces of a text, whether the vocabulary has them or not. */
  split(text: string): readonly string[];
  /** The words of a turn, one a token. */
  decodeTurn(tokens: readonly number[]): string[];
}

/** A bijection of token ids: names within each kind, everything else stays. */
export interface Renaming {
  readonly forward: Int32Array;
  readonly inverse: Int32Array;
}

/**
 * Shuffled names: every country, capital, currency … gets another's token, so that nothing can be known by heart, only looked up.
 * The world itself stays: searches run on real names and are renamed on the way in and out.
 */
export function shuffleNames({ groups }: Vocabulary, random: RandomStream): Renaming {
  const size = groups.reduce((total, { tokens }) => total + tokens.length, 0);
  const forward = Int32Array.from({ length: size }, (_, id) => id);
  let first = 0;
  for (const { entity, tokens } of groups) {
    if (entity) forward.set(random.shuffle(tokens.map((_, i) => first + i)), first);
    first += tokens.length;
  }
  const inverse = new Int32Array(size);
  forward.forEach((to, from) => {
    inverse[to] = from;
  });
  return { forward, inverse };
}

/** The codec of a vocabulary, with real names or renamed ones. */
export function buildCodec(vocabulary: Vocabulary): (renaming?: Renaming) => Codec {
  const tokens = vocabulary.groups.flatMap((group) => group.tokens);
  const tokenizer = buildTokenizer(tokens);
  const patchTokens = vocabulary.groups.find(({ type }) => type === 'patch')?.tokens.map(tokenizer.idOf) ?? [];
  const read = ['<pad>', '<question>', '</question>', '<tool_response>', '</tool_response>', '<document>'];
  const unwritable = [...read.map(tokenizer.idOf), ...patchTokens];
  const stopTokens = TURN_ENDS.map(tokenizer.idOf);

  return (renaming) => {
    const renamed = (ids: readonly number[]): number[] => (renaming ? ids.map((id) => renaming.forward[id] as number) : [...ids]);
    const text = (words: string): number[] => renamed(tokenizer.encode(words));
    const picture = (index: number, image: Picture): Segment => {
      const patches = cutPatches(image);
      const count = patches.length / PATCH_LENGTH;
      return { tokens: [tokenizer.idOf(`img_${index}`), ...patchTokens.slice(0, count)], patchAt: Array.from({ length: count }, (_, i) => i + 1), patches };
    };
    const response = (body: Segment): Segment => join([plain(tokenizer.encode('<tool_response>')), body, plain(tokenizer.encode('</tool_response>'))]);

    return {
      vocabularySize: tokens.length,
      stopTokens,
      unwritable,
      question: (task, overview) => join([plain(text(`<question> ${task.question} </question>`)), ...(overview ? [picture(0, overview)] : [])]),
      observation(observation) {
        switch (observation.kind) {
          case 'image':
            return response(picture(observation.index, observation.picture));
          case 'picture': // its patches fit no context
            return response(plain(text(observation.text)));
          case 'titles':
            return response(plain(observation.results.flatMap(({ title }) => text(title))));
          case 'documents':
            return response(
              plain(observation.results.flatMap((d) => [tokenizer.idOf('<document>'), ...text(d.title), ...text(d.text).slice(0, DOCUMENT_TOKENS)])),
            );
          case 'output':
            return response(plain(text(observation.text)));
          case 'error':
            return response(plain(text(`error ${observation.message}`)));
          default:
            return observation satisfies never;
        }
      },
      encodeTurn: text,
      split: tokenizer.split,
      decodeTurn: (ids) => ids.map((id) => tokenizer.textOf(renaming ? (renaming.inverse[id] as number) : id)),
    };
  };
}

/** 8 × 8 px patches of a picture, row by row, each number scaled from 0–255 to −1–1. */
function cutPatches({ width, height, pixels }: Picture): Float32Array {
  const [columns, rows] = [width / PATCH_SIDE, height / PATCH_SIDE];
  const patches = new Float32Array(columns * rows * PATCH_LENGTH);
  let at = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let y = 0; y < PATCH_SIDE; y++) {
        const from = ((row * PATCH_SIDE + y) * width + column * PATCH_SIDE) * 3;
        for (let i = 0; i < PATCH_SIDE * 3; i++) patches[at++] = (pixels[from + i] as number) / 127.5 - 1;
      }
  return patches;
}

function plain(tokens: readonly number[]): Segment {
  return { tokens, patchAt: [], patches: new Float32Array(0) };
}

function join(segments: readonly Segment[]): Segment {
  const tokens: number[] = [];
  const patchAt: number[] = [];
  for (const segment of segments) {
    for (const at of segment.patchAt) patchAt.push(tokens.length + at);
    tokens.push(...segment.tokens);
  }
  return { tokens, patchAt, patches: joinFloats(segments.map(({ patches }) => patches)) };
}
