// The small text forms in a link: lists, pairs, and a whole notebook packed. Made so that a program that encodes the link once more, or
// decodes it, breaks none of them.
import { deflateSync, inflateSync } from 'fflate';
import { NOTEBOOK_LIMITS } from './notebookFile.ts';

/** Characters that a packed notebook may have in a link: some programs cut longer ones. */
export const INLINE_LIMIT = 8192;

/** A value for a link. Half characters, which no address can hold, become U+FFFD; commas and colons stay readable. */
export function encodeValue(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/%(2C|3A)/g, decodeURIComponent);
}

/** The value of an encoded text; what is not encoded well stays as it is. */
export function decodeValue(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names with commas between them; a comma, colon or percent sign of a name's own is encoded. */
export function writeList(names: readonly string[]): string {
  return names.map((name) => name.replace(/[%,:]/g, encodeURIComponent)).join(',');
}

/** The names of a list; empty ones are left out. */
export function readList(text: string): readonly string[] {
  return text
    .split(',')
    .filter((name) => name !== '')
    .map(decodeValue);
}

/** "name:value" with commas between them. */
export function writePairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map((pair) => pair.map((part) => writeList([part])).join(':'))
    .join(',');
}

/** The pairs of a text; a value is null where there is no colon. */
export function readPairs(text: string): readonly (readonly [name: string, value: string | null])[] {
  return text
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const colon = pair.indexOf(':');
      return colon < 0 ? [decodeValue(pair), null] : [decodeValue(pair.slice(0, colon)), decodeValue(pair.slice(colon + 1))];
    });
}

/** A notebook's file, deflated, as base64url; null if it is too long for a link. */
export function packNotebook(file: string): string | null {
  const bytes = deflateSync(new TextEncoder().encode(file), { level: 9 });
  if (bytes.length > INLINE_LIMIT) return null;
  const packed = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return packed.length > INLINE_LIMIT ? null : packed;
}

/** The file of a packed notebook. Throws Error in words on what is none, or is too long. */
export function unpackNotebook(packed: string): string {
  if (packed.length > INLINE_LIMIT) throw new RangeError(`expected at most ${INLINE_LIMIT} characters, got ${packed.length}`);
  if (!/^[\w-]+$/.test(packed)) throw new RangeError('expected letters, digits, "-" and "_"');
  let file: Uint8Array;
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    file = inflateSync(bytes, { out: new Uint8Array(NOTEBOOK_LIMITS.bytes + 1) });
  } catch (error) {
    throw new RangeError(`the packed notebook is damaged (${(error as Error).message}); is the link whole?`);
  }
  if (file.length > NOTEBOOK_LIMITS.bytes) throw new RangeError(`expected a notebook of at most ${NOTEBOOK_LIMITS.bytes} bytes, got more`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch {
    throw new RangeError('the packed notebook is damaged (not UTF-8); is the link whole?');
  }
}
