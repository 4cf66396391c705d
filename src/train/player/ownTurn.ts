// A turn that a person plays: what a form holds, its text, and its tokens.
import type { Box } from '../../tapo/index.ts';
import type { Codec } from '../codec.ts';
import { TURN_TOKENS } from '../rollout.ts';

/** By kind of tool, as env/parse.ts reads their arguments; or an answer. */
export type OwnAction =
  | { readonly kind: 'region'; readonly tool: string /** Relative 0–1000 in that image. */; readonly box: Box; readonly image: number }
  | { readonly kind: 'image'; readonly tool: string }
  | { readonly kind: 'text' | 'other'; readonly tool: string; readonly query: string }
  | { readonly kind: 'answer'; readonly text: string };

export interface OwnTurn {
  /** Words, or nothing: then the turn has no thought. */
  readonly thought: string;
  readonly action: OwnAction;
}

/** A turn that cannot be written with the vocabulary. */
export class OwnTurnError extends Error {
  override readonly name = 'OwnTurnError';
}

/** The turn as a policy would write it. */
export function turnText({ thought, action }: OwnTurn): string {
  const call = action.kind === 'answer' ? `<answer> ${action.text} </answer>` : `<tool_call> ${action.tool} ${argumentsOf(action)} </tool_call>`;
  return thought.trim() === '' ? call : `<think> ${thought} </think> ${call}`;
}

function argumentsOf(action: Exclude<OwnAction, { kind: 'answer' }>): string {
  switch (action.kind) {
    case 'region':
      return `${action.box.join(' ')} img_${action.image}`;
    case 'image':
      return '';
    case 'text':
    case 'other':
      return action.query;
    default:
      return action satisfies never;
  }
}

/** The turn's tokens. Throws OwnTurnError for a word that the vocabulary lacks, a tag in the text, and a turn that is too long. */
export function tokensOfTurn(turn: OwnTurn, codec: Codec): number[] {
  const free = [turn.thought, 'query' in turn.action ? turn.action.query : '', 'text' in turn.action ? turn.action.text : ''].join(' ');
  if (free.includes('<')) throw new OwnTurnError('expected plain words, got a tag or its sign <; the form writes the tags itself');
  const text = turnText(turn);
  const tokens = codec.encodeTurn(text);
  const unknown = firstMissing(codec.split(text), codec.decodeTurn(tokens).flatMap(codec.split));
  if (unknown !== null) throw new OwnTurnError(`the vocabulary has no word “${unknown}”; the policy could neither read nor write it`);
  if (tokens.length > TURN_TOKENS) throw new OwnTurnError(`expected at most ${TURN_TOKENS} tokens a turn, got ${tokens.length}; leave words out`);
  return tokens;
}

/** The first of the wanted pieces that is not among the kept ones, in order and in any case; null if none is missing. */
function firstMissing(wanted: readonly string[], kept: readonly string[]): string | null {
  let at = 0;
  for (const piece of wanted) {
    if (kept[at]?.toLowerCase() !== piece.toLowerCase()) return piece;
    at++;
  }
  return null;
}

/** The token of a single word, as alternatives name them. Throws OwnTurnError if there is none. */
export function tokenOfWord(word: string, codec: Codec): number {
  const [token, ...more] = codec.encodeTurn(word);
  if (token === undefined || more.length > 0 || codec.decodeTurn([token])[0] !== word) throw new OwnTurnError(`the vocabulary has no word “${word}”`);
  return token;
}
