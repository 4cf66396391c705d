// Lexical text similarity over normalised words. A script without spaces makes one word a run.

/** The names of the text similarities. */
export type TextSimilarity = 'tokenF1' | 'jaccard' | 'levenshtein' | 'exact';

/** Normalised words: NFKC, lower case, maximal runs of letters, digits and combining marks. */
export function words(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

/** 2·|a ∩ b| / (|a| + |b|) of the multisets of words. Two empty texts are 1, one empty is 0. */
export function tokenF1(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      shared++;
      left.set(word, count - 1);
    }
  }
  return (2 * shared) / (a.length + b.length);
}

/** |a ∩ b| / |a ∪ b| of the sets of words. */
export function jaccard(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const p = new Set(a);
  const q = new Set(b);
  let shared = 0;
  for (const word of p) if (q.has(word)) shared++;
  return shared / (p.size + q.size - shared);
}

/** 1 − edit distance / longer length, in code points of the words joined by one space. */
export function levenshteinSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const p = [...a.join(' ')];
  const q = [...b.join(' ')];
  return 1 - editDistance(p, q) / Math.max(p.length, q.length);
}

/** 1 for equal word sequences, else 0. */
export function exactWords(a: readonly string[], b: readonly string[]): number {
  return a.length === b.length && a.every((word, i) => word === b[i]) ? 1 : 0;
}

/** Each text similarity by its name: of two lists of words, in [0, 1]. */
export const TEXT_SIMILARITIES: Readonly<Record<TextSimilarity, (a: readonly string[], b: readonly string[]) => number>> = {
  tokenF1,
  jaccard,
  levenshtein: levenshteinSimilarity,
  exact: exactWords,
};

function editDistance(p: readonly string[], q: readonly string[]): number {
  let row = Uint32Array.from({ length: q.length + 1 }, (_, j) => j); // [|q| + 1]
  for (let i = 1; i <= p.length; i++) {
    const next = new Uint32Array(q.length + 1);
    next[0] = i;
    for (let j = 1; j <= q.length; j++) {
      const change = (row[j - 1] as number) + (p[i - 1] === q[j - 1] ? 0 : 1);
      next[j] = Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[q.length] as number;
}
