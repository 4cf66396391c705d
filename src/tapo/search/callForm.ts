// The form under which an index files a call: a box, or a set of tokens. Calls whose forms share nothing have similarity exactly 0.
import { canonicalJson } from '../canonicalJson.ts';
import { hasOwnSimilarity } from '../ownSimilarity.ts';
import type { Box } from '../rollout.ts';
import type { ArgumentValue, PreparedCall, SimilarityOptions } from '../similarity.ts';
import type { TextSimilarity } from '../text.ts';
import { ROUNDING } from './searchGoal.ts';

/** Similarity is at most the IoU, and 0 to another image. */
export interface BoxForm {
  readonly kind: 'box';
  /** Forms of equal signature, on one image, are equally similar to every other. */
  readonly signature: () => string;
  readonly image: string;
  readonly box: Box;
}

/** Similarity is 0 to calls without a token of these. */
export interface TokenForm {
  readonly kind: 'tokens';
  /** Forms of equal signature are equally similar to every other. */
  readonly signature: () => string;
  /** Distinct. */
  readonly tokens: readonly string[];
  /** Number of words, characters, or arguments: what the bound needs to know of a call. */
  readonly size: number;
  /** The greatest similarity to a call of a size that has at most `shared` of the tokens, at least 1. */
  readonly bound: (shared: number, size: number) => number;
  /** The same, whatever the size. */
  readonly most: (shared: number) => number;
}

/** How a call is filed with the calls that it is compared with by what its kind is for; null if it is compared by its arguments. */
export function ownForm(call: PreparedCall, options: SimilarityOptions): BoxForm | TokenForm | null {
  if (hasOwnSimilarity(call, options)) return { ...wholeForm(''), signature: () => call.identity }; // nothing bounds it: all share one token
  const { kind, region } = call.call;
  if (kind === 'region' && call.place) {
    const { image, box, resolved } = call.place;
    const signature = () => (options.region === 'iouLabel' ? call.identity : JSON.stringify([box, resolved, call.group]));
    return { kind: 'box', signature, image, box };
  }
  if (kind === 'image') {
    if (!region) return wholeForm(JSON.stringify([call.group]));
    if (options.image === 'exact') return wholeForm(JSON.stringify([region.image, region.bbox]));
    return { kind: 'box', signature: () => region.bbox.join(), image: region.image, box: region.bbox };
  }
  return kind === 'text' && call.query ? textForm(call.query, options.text ?? 'tokenF1') : null;
}

/** How a call is filed with the calls that it is compared with argument by argument. */
export function argumentForm({ identity, call, values }: PreparedCall, { text = 'tokenF1', other }: SimilarityOptions): TokenForm {
  if (other === 'exact') return wholeForm(canonicalJson(call.arguments));
  if (values.size === 0) return wholeForm('');
  const parts = [...values].map(([name, value]) => valueForm(JSON.stringify(name), value, text));
  const gains = parts.flatMap((part) => part.gains).sort((a, b) => b - a);
  const sums = [0]; // greatest sum over the arguments, by the number of shared tokens
  for (const gain of gains) sums.push((sums.at(-1) as number) + gain);
  const bound = (shared: number, size: number): number => {
    const sum = sums[shared] as number;
    const raised = gains[shared - 1] === 1 ? sum : Math.min(parts.length, sum * (1 + ROUNDING)); // a sum of ones is exact
    return raised / Math.max(parts.length, size);
  };
  return {
    kind: 'tokens',
    signature: () => identity,
    tokens: parts.flatMap(({ tokens }) => tokens),
    size: parts.length,
    bound,
    most: (shared) => bound(shared, 0),
  };
}

/** The tokens of one argument, and by how much the first, the second, … that is shared raises its similarity at most: less and less. */
function valueForm(name: string, value: ArgumentValue, text: TextSimilarity): { readonly tokens: readonly string[]; readonly gains: readonly number[] } {
  const { tokens, most } = value.kind === 'text' ? textForm(value.words, text) : wholeForm(value.kind === 'box' ? '' : value.json);
  return {
    tokens: tokens.map((token) => `${name} ${value.kind} ${token}`),
    gains: tokens.map((_, i) => most(i + 1) - (i === 0 ? 0 : most(i))),
  };
}

/** Similar only to calls with the same token. */
function wholeForm(token: string): TokenForm {
  return { kind: 'tokens', signature: () => token, tokens: [token], size: 0, bound: () => 1, most: () => 1 };
}

function textForm(words: readonly string[], text: TextSimilarity): TokenForm {
  const signature = () => words.join(' ');
  if (text === 'exact' || words.length === 0) return wholeForm(signature());
  if (text === 'levenshtein') {
    const size = [...signature()].length;
    const bound = (_: number, other: number) => 1 - Math.abs(size - other) / Math.max(size, other); // the distance is at least that of the lengths
    return { kind: 'tokens', signature, tokens: [' '], size, bound, most: () => 1 };
  }
  const tokens = text === 'jaccard' ? [...new Set(words)] : numbered(words);
  const size = tokens.length;
  const bound = (shared: number, other: number) => (text === 'jaccard' ? shared / (size + other - shared) : (2 * shared) / (size + other));
  return { kind: 'tokens', signature, tokens, size, bound, most: (shared) => bound(shared, shared) }; // to a text of just these
}

/** The second "a" becomes "a 1", the third "a 2": multisets of words as sets. */
function numbered(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return words.map((word) => {
    const count = counts.get(word) ?? 0;
    counts.set(word, count + 1);
    return count === 0 ? word : `${word} ${count}`;
  });
}
