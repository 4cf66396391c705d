// Completions of a text whose words come from a closed vocabulary, some of them of several words ("New Zealand").

/** Completions offered at most. */
const OFFERED = 12;

/**
 * The text with its unfinished end completed: the longest end that begins a word of the vocabulary counts, in any case. Nothing for an end
 * that begins none, and for no text.
 */
export function completions(text: string, words: readonly string[]): readonly string[] {
  const folded = words.map((word) => word.toLowerCase());
  const starts = [0, ...Array.from(text.matchAll(/\s+/g), ({ index, 0: gap }) => index + gap.length)];
  for (const start of starts) {
    const end = text.slice(start).toLowerCase();
    if (end === '') continue;
    const found = words.filter((_, w) => folded[w]?.startsWith(end) && folded[w] !== end);
    if (found.length > 0) return found.slice(0, OFFERED).map((word) => text.slice(0, start) + word);
  }
  return [];
}
