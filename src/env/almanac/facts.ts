// The facts of the almanac: one record a chemical element, and which of them a question may ask for.

export interface Element {
  /** Atomic number. */
  readonly number: number;
  readonly name: string;
  /** Year of discovery; null: known to the ancients. */
  readonly discovered: number | null;
  /** Values by fact, in the units of the source; a fact that nobody has measured is missing. */
  readonly facts: Readonly<Partial<Record<FactKind, number>>>;
}

/** What questions ask for: atomic mass (u), density (g/cm³), melting and boiling point (K), atomic radius (pm). */
export type FactKind = 'mass' | 'density' | 'melting point' | 'boiling point' | 'radius';
export const FACT_KINDS: readonly FactKind[] = ['mass', 'density', 'melting point', 'boiling point', 'radius'];

/** Values of a fact over all elements that have it. */
export function allValues(elements: readonly Element[], kind: FactKind): readonly number[] {
  return elements.flatMap(({ facts }) => facts[kind] ?? []);
}
