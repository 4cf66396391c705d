// Code that is written out instead of looped: a loop over a local array would keep it out of registers.

/** The code for each of so many indices. */
export function each(count: number, code: (i: number) => string, between = '\n'): string {
  return Array.from({ length: count }, (_, i) => code(i)).join(between);
}

/** Σ of terms. */
export function sumOf(count: number, term: (i: number) => string): string {
  return each(count, term, ' + ');
}
