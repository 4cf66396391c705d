// An inverted index, token → rows. Tokens have one order, latest first: of a row and a call that first agree in some token, only what comes
// from there on can be shared, and that bounds their similarity before they are compared (prefix filtering, Bayardo et al. 2007).
import type { TokenForm } from './callForm.ts';
import { canBeWanted, type Row, type SearchGoal } from './searchGoal.ts';

export interface TokenIndex<R extends Row> {
  /** Rows come by rank. Of rows of equal signature only the first is kept. */
  add(row: R, form: TokenForm): void;
  /** Number of rows kept. */
  size(): number;
  /** Visits every row with a token of the form that the goal wants, each once, and some others. `visit` may narrow the goal. */
  search(form: TokenForm, goal: SearchGoal, visit: (row: R) => void): void;
}

/** Rows with a token whose similarity has the same bound. */
interface Shelf<R> {
  readonly size: number;
  /** How many tokens of a row come from this one on. */
  readonly left: number;
  /** By rank. */
  readonly entries: { readonly row: R; readonly places: readonly number[] }[];
}

export function tokenIndex<R extends Row>(): TokenIndex<R> {
  const places = new Map<string, number>(); // of tokens, in the order of first appearance: frequent ones tend to come early
  const postings: Shelf<R>[][] = []; // by place
  const signatures = new Set<string>();

  const placeOf = (token: string): number => {
    const known = places.get(token);
    if (known !== undefined) return known;
    places.set(token, postings.length);
    return postings.push([]) - 1;
  };

  return {
    add(row, form) {
      const { tokens, size } = form;
      const signature = form.signature();
      if (signatures.has(signature)) return;
      signatures.add(signature);
      const entry = { row, places: latestFirst(tokens.map(placeOf)) };
      entry.places.forEach((place, i) => {
        const posting = postings[place] as Shelf<R>[];
        const left = tokens.length - i;
        const shelf = posting.find((other) => other.size === size && other.left === left);
        if (shelf) shelf.entries.push(entry);
        else posting.push({ size, left, entries: [entry] });
      });
    },
    size: () => signatures.size,
    search({ tokens, bound, most }, goal, visit) {
      const known = latestFirst(tokens.flatMap((token) => places.get(token) ?? []));
      for (const [i, place] of known.entries()) {
        const yet = known.length - i;
        if (!canBeWanted(goal, most(yet), 0)) return;
        for (const { size, left, entries } of postings[place] as Shelf<R>[]) {
          const greatest = bound(Math.min(yet, left), size);
          for (const entry of entries) {
            if (!canBeWanted(goal, greatest, entry.row.rank)) break; // nor can a later one
            const shared = sharedFrom(place, known, entry.places);
            if (shared > 0 && canBeWanted(goal, bound(shared, size), entry.row.rank)) visit(entry.row);
          }
        }
      }
    },
  };
}

function latestFirst(places: number[]): number[] {
  return places.sort((a, b) => b - a);
}

/** Number of common places, or 0 if the first of them is not the given one: then the two have met before. */
function sharedFrom(first: number, a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const p = a[i] as number;
    const q = b[j] as number;
    if (p === q) {
      if (shared === 0 && p !== first) return 0;
      shared++;
    }
    if (p >= q) i++;
    if (p <= q) j++;
  }
  return shared;
}
