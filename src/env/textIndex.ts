// Text search: BM25 over a benchmark's documents (MiniSearch), stop words left out, ties by id.
import MiniSearch from 'minisearch';

export interface SearchDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface TextIndex {
  /** The k best documents, best first. The same query always gives the same answer. */
  search(query: string, k?: number): readonly (SearchDocument & { readonly score: number })[];
}

/** Answers kept at most, so that memory stays flat whatever a policy asks. */
const REMEMBERED_QUERIES = 20_000;

const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at by for from in is it its of on or that the their this to was what where which with'.split(' '),
);

export function buildTextIndex(documents: readonly SearchDocument[]): TextIndex {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const index = new MiniSearch<SearchDocument>({
    fields: ['title', 'text'],
    processTerm: (term) => {
      const word = term.normalize('NFKC').toLowerCase();
      return STOP_WORDS.has(word) ? null : word;
    },
    searchOptions: { combineWith: 'OR', prefix: false, fuzzy: false },
  });
  index.addAll(documents);
  const answers = new Map<string, readonly (SearchDocument & { readonly score: number })[]>(); // equal queries are searched once
  return {
    search(query, k = 3) {
      const key = `${k}\n${query}`;
      const known = answers.get(key);
      if (known) return known;
      const found = index
        .search(query)
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, k)
        .map(({ id, score }) => ({ ...(byId.get(id) as SearchDocument), score }));
      if (answers.size >= REMEMBERED_QUERIES) answers.clear();
      answers.set(key, found);
      return found;
    },
  };
}
