// The documents that text search looks through: facts with their numbers kept apart, and plenty that is beside the point.
import type { SearchDocument } from '../textIndex.ts';
import type { VariableValue } from '../variables.ts';
import { allValues, type Element, FACT_KINDS } from './facts.ts';

/** A document whose text has a # for each of its values: whoever finds it gets them as variables. */
export interface NumberedDocument extends SearchDocument {
  readonly values: readonly VariableValue[];
}

/** What the whole table of a fact is called, in documents and queries. */
export const EVERY_ELEMENT = 'every element';

/** Several documents an element, one table a fact, and general ones. Ids order ties: `order` decides which come first. */
export function writeDocuments(elements: readonly Element[], order: (key: string) => number): NumberedDocument[] {
  const documents: Omit<NumberedDocument, 'id'>[] = [];
  for (const { number, name, discovered, facts } of elements) {
    for (const kind of FACT_KINDS) {
      const value = facts[kind];
      if (value !== undefined) documents.push({ title: name, text: `The ${kind} of ${name} is #.`, values: [value] });
    }
    // for a bare name these come before any fact, as an overview article would
    documents.push({ title: name, text: `${name} history`, values: [] }, { title: name, text: `${name} number #`, values: [number] });
    if (discovered !== null) documents.push({ title: name, text: `${name} discovered in #`, values: [discovered] });
  }
  for (const kind of FACT_KINDS) documents.push({ title: EVERY_ELEMENT, text: `The ${kind} of ${EVERY_ELEMENT} is #.`, values: [allValues(elements, kind)] });
  for (const [title, text] of GENERAL) documents.push({ title, text, values: [] });
  const ranked = documents.map((document) => ({ document, rank: order(`${document.title}\n${document.text}`) })).sort((a, b) => a.rank - b.rank);
  return ranked.map(({ document }, i) => ({ id: `d${String(i).padStart(4, '0')}`, ...document }));
}

const GENERAL: readonly (readonly [string, string])[] = [
  ['mass', 'The mass is how heavy a thing is.'],
  ['mass', 'The history of the mass.'],
  ['density', 'The density is mass for its size.'],
  ['density', 'The history of the density.'],
  ['melting point', 'The melting point is where a thing melts.'],
  ['melting point', 'The history of the melting point.'],
  ['boiling point', 'The boiling point is where a thing boils.'],
  ['boiling point', 'The history of the boiling point.'],
  ['radius', 'The radius is half the size of a thing.'],
  ['radius', 'The history of the radius.'],
];
