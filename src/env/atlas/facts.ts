// The facts of the atlas: one record a country, and which of them a question may ask for.

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
  readonly capital: string;
  readonly currencies: readonly string[];
  readonly languages: readonly string[];
  readonly continent: string;
  /** With the plus sign, "+33". */
  readonly callingCodes: readonly string[];
}

/** What `fact` questions ask for. */
export type FactKind = 'capital' | 'currency' | 'language' | 'continent' | 'calling code';
export const FACT_KINDS: readonly FactKind[] = ['capital', 'currency', 'language', 'continent', 'calling code'];

/** All values of a fact; a question needs exactly one. */
export function factValues(country: Country, kind: FactKind): readonly string[] {
  switch (kind) {
    case 'capital':
      return country.capital === '' ? [] : [country.capital];
    case 'currency':
      return country.currencies;
    case 'language':
      return country.languages;
    case 'continent':
      return country.continent === '' ? [] : [country.continent];
    case 'calling code':
      return country.callingCodes;
    default:
      return kind satisfies never;
  }
}

/** The value that a question may ask for: null with several or none, or where it gives itself away (Monaco is the capital of Monaco). */
export function singleFact(country: Country, kind: FactKind): string | null {
  const values = factValues(country, kind);
  const [value] = values;
  return values.length === 1 && value !== undefined && value !== country.name ? value : null;
}
