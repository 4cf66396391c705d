// Text ↔ token ids over a closed vocabulary: longest match over words, Unicode aware; what the vocabulary lacks becomes nothing.

export interface Tokenizer {
  /** Number of tokens. */
  readonly size: number;
  /** Token ids of a text; unknown words are left out. The longest name in its own case wins, then the longest in any case. */
  encode(text: string): number[];
  /** The pieces of a text, known or not, in their own case: words and tags, and signs where the vocabulary has any. */
  split(text: string): readonly string[];
  /** Texts of the tokens, joined by single spaces. Throws RangeError for an id outside the vocabulary. */
  decode(ids: Iterable<number>): string;
  /** Id of a token by its exact text. Throws RangeError if there is none. */
  idOf(token: string): number;
  /** Text of a token by its id. */
  textOf(id: number): string;
}

/** Pieces that texts are matched by: tags, and words with their digits, marks, underscores and a leading plus sign. */
const PIECES = /<\/?[a-z_0-9]+>|\+?[\p{L}\p{N}\p{M}_]+/gu;

/** The words and tags of a text, in their own case. */
export function splitPieces(text: string): readonly string[] {
  return cutText(text, PIECES);
}

function cutText(text: string, pieces: RegExp): readonly string[] {
  return text.normalize('NFC').match(pieces) ?? [];
}

/** An ASCII sign. */
const SIGN = '[!-/:-@[-^`{-~]';

/**
 * What pieces are where tokens of ASCII signs alone stand for themselves, as in a programming language: `known` are what text is encoded by,
 * `all` have the other signs too.
 */
function piecesWith(tokens: readonly string[]): { readonly known: RegExp; readonly all: RegExp } {
  const signs = tokens.filter((token) => new RegExp(`^${SIGN}+$`).test(token));
  if (signs.length === 0) return { known: PIECES, all: PIECES };
  const [tag, word] = PIECES.source.split('|') as [string, string];
  const ofThese = signs.map((sign) => sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const piecesOf = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), PIECES.flags);
  return { known: piecesOf(tag, ...ofThese, word), all: piecesOf(tag, ...ofThese, SIGN, word) };
}

/** Ids by the pieces of their tokens, joined by spaces; in lower case where `fold` is set. */
interface TokenTable {
  readonly ids: Map<string, number>;
  readonly fold: boolean;
}

/** Throws RangeError if a token has no piece, or two tokens have the same pieces. A token of signs alone, as +, is a piece of its own. */
export function buildTokenizer(tokens: readonly string[]): Tokenizer {
  const exact: TokenTable = { ids: new Map(), fold: false };
  const folded: TokenTable = { ids: new Map(), fold: true };
  const byText = new Map<string, number>();
  const { known, all } = piecesWith(tokens);
  let longest = 1;
  tokens.forEach((token, id) => {
    const pieces = cutText(token, known);
    const key = pieces.join(' ');
    if (pieces.length === 0) throw new RangeError(`buildTokenizer: token ${id} ("${token}") has no letter or digit`);
    const other = exact.ids.get(key);
    if (other !== undefined) throw new RangeError(`buildTokenizer: tokens ${other} ("${tokens[other]}") and ${id} ("${token}") have the same words`);
    exact.ids.set(key, id);
    byText.set(token, id);
    if (!folded.ids.has(key.toLowerCase())) folded.ids.set(key.toLowerCase(), id);
    longest = Math.max(longest, pieces.length);
  });

  const textOf = (id: number): string => {
    const text = tokens[id];
    if (text === undefined) throw new RangeError(`tokenizer: expected an id from 0 to ${tokens.length - 1}, got ${id}`);
    return text;
  };
  return {
    size: tokens.length,
    textOf,
    idOf(token) {
      const id = byText.get(token);
      if (id === undefined) throw new RangeError(`tokenizer: no token "${token}" in this vocabulary`);
      return id;
    },
    encode(text) {
      const pieces = cutText(text, known);
      const ids: number[] = [];
      for (let i = 0; i < pieces.length; ) {
        const match = longestMatch(pieces, i, exact, longest) ?? longestMatch(pieces, i, folded, longest);
        if (match) ids.push(match.id);
        i += match?.length ?? 1;
      }
      return ids;
    },
    split: (text) => cutText(text, all),
    decode: (ids) => Array.from(ids, textOf).join(' '),
  };
}

/** The longest run of pieces from `start` on that is a token of the table. */
function longestMatch(
  pieces: readonly string[],
  start: number,
  { ids, fold }: TokenTable,
  longest: number,
): { readonly id: number; readonly length: number } | null {
  for (let length = Math.min(longest, pieces.length - start); length >= 1; length--) {
    const key = pieces.slice(start, start + length).join(' ');
    const id = ids.get(fold ? key.toLowerCase() : key);
    if (id !== undefined) return { id, length };
  }
  return null;
}
