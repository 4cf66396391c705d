// What all live text searches have in common, and the tool that the policy meets: the sandbox's own, with another transport.
import { modelError } from '../errors.ts';
import type { SearchDocument } from '../textIndex.ts';
import type { Tool } from '../types.ts';
import type { Keyring } from './keyring.ts';
import { plainText } from './plainText.ts';

/** Documents that a search gives, as in the sandbox. */
export const TOP_K = 3;

export type FoundDocument = SearchDocument & { readonly score: number };

/** Asks an endpoint. Gives at most TOP_K documents, best first. Throws LiveError. */
export type LiveSearch = (query: string, signal?: AbortSignal) => Promise<readonly FoundDocument[]>;

/** Characters kept of a title and of a text: the policy reads some words of them, people a little more. */
const TITLE_LENGTH = 200;
const TEXT_LENGTH = 2000;

/** The benchmark's text search, answered by an endpoint. */
export function liveTextTool(twin: Tool, search: LiveSearch, keys: Keyring): Tool {
  return {
    ...twin,
    async call({ query }, _, { signal } = {}) {
      if (typeof query !== 'string' || query.trim() === '') return modelError('empty query');
      return { kind: 'documents', results: (await search(query, signal)).map((document) => cleaned(document, keys)) };
    },
  };
}

/** A document as it may be shown, kept and read: plain text of bounded length, without keys. `note` as in `cleanText`. */
export function cleaned({ id, title, text, score }: FoundDocument, keys: Keyring, note = ''): FoundDocument {
  return { id: cleanTitle(id, keys), title: cleanTitle(title, keys), text: cleanText(text, keys, note), score };
}

export function cleanTitle(raw: string, keys: Keyring): string {
  return clean(raw, TITLE_LENGTH, keys);
}

/** `note`, clean already, stands behind the text and is never cut: the text makes room for it. */
export function cleanText(raw: string, keys: Keyring, note = ''): string {
  if (note === '') return clean(raw, TEXT_LENGTH, keys);
  return `${clean(raw, TEXT_LENGTH - 1 - note.length, keys)} ${note}`.trimStart();
}

function clean(raw: string, length: number, keys: Keyring): string {
  return plainText(keys.redact(raw)).slice(0, length);
}
