// The documents that text search looks through: facts, and plenty that is beside the point.
import type { SearchDocument } from '../textIndex.ts';
import { type Country, FACT_KINDS, factValues } from './facts.ts';

/** What travel pages are about: for a bare country name they come before any fact, as an overview article would. */
const BESIDE_THE_POINT = ['travel', 'history', 'weather', 'football', 'music'];

/** Several documents per country, one per place or thing named in them, and general ones. Ids order ties: `order` decides which come first. */
export function writeDocuments(countries: readonly Country[], order: (key: string) => number): SearchDocument[] {
  const documents: Omit<SearchDocument, 'id'>[] = [];
  for (const country of countries) {
    for (const kind of FACT_KINDS) {
      const values = factValues(country, kind);
      if (values.length > 0) documents.push({ title: country.name, text: `The ${kind} of ${country.name} is ${values.join(' and ')}.` });
    }
    for (const topic of BESIDE_THE_POINT) documents.push({ title: country.name, text: `${country.name} ${topic}` });
    if (country.capital !== '' && country.capital !== country.name)
      documents.push({ title: country.capital, text: `${country.capital} is a city in ${country.name} with a long history.` });
  }
  for (const kind of FACT_KINDS) {
    const named = new Set(countries.flatMap((country) => factValues(country, kind)));
    if (kind === 'capital') continue;
    for (const value of [...named].sort()) documents.push({ title: value, text: `${value} is a ${kind} of the world.` });
  }
  for (const [title, text] of GENERAL) documents.push({ title, text });
  const ranked = documents.map((document) => ({ document, rank: order(`${document.title}\n${document.text}`) })).sort((a, b) => a.rank - b.rank);
  return ranked.map(({ document }, i) => ({ id: `d${String(i).padStart(4, '0')}`, ...document }));
}

const GENERAL: readonly (readonly [string, string])[] = [
  ['capital', 'A capital is the city of a government.'],
  ['capital', 'The history of the capital city.'],
  ['currency', 'A currency is the money of a country.'],
  ['currency', 'The history of the currency.'],
  ['language', 'A language is a way to speak.'],
  ['language', 'The history of the language.'],
  ['continent', 'A continent is a part of the world.'],
  ['continent', 'The history of the continent.'],
  ['calling code', 'A calling code is a number to call a country.'],
  ['calling code', 'The history of the calling code.'],
  ['flag', 'A flag is a sign of a country.'],
  ['world', 'The world has many a country.'],
];
