// Reads HTML as tags, without a DOM: DOMParser does not exist in Node and throws under Trusted Types. Enough of the standard for files that
// people and serializers write; every text gives some tokens, in one pass.
import { scriptEnd } from './scriptText.ts';

export type HtmlToken =
  /** `text` is what a raw element (script, style, title…) holds, whose end tag gives no token; null for all others. */
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly text: string | null }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** The tokens of a text whose lines end in LF. Comments and declarations are left out. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    const open = next < 0 ? html.length : next;
    if (open > at) yield { kind: 'text', text: html.slice(at, open) };
    const tag = match(TAG, html, open);
    if (!tag) {
      at = endOfNoTag(html, open);
      continue;
    }
    const name = (tag[2] as string).toLowerCase();
    const { attributes, end } = readAttributes(html, TAG.lastIndex);
    at = end;
    if (tag[1] === '/') yield { kind: 'close', name };
    else if (!RAW.has(name)) yield { kind: 'open', name, attributes, text: null };
    else {
      const close = name === 'script' ? scriptEnd(html, at) : rawEnd(html, at, name);
      const text = html.slice(at, close);
      yield { kind: 'open', name, attributes, text: ESCAPABLE.has(name) ? decodeReferences(text) : text };
      at = close < html.length ? readAttributes(html, close + 2 + name.length).end : close;
    }
  }
}

const TAG = /<(\/?)([a-z][^\t\n\f\r />]*)/iy;
const ATTRIBUTE = /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >]*)))?/y;
const TAG_END = /[\t\n\f\r /]*>?/y;

/** Elements whose content is text up to their end tag; in the escapable ones, with character references. */
const RAW: ReadonlySet<string> = new Set(['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes']);
const ESCAPABLE: ReadonlySet<string> = new Set(['title', 'textarea']);

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readAttributes(html: string, from: number): { readonly attributes: ReadonlyMap<string, string>; readonly end: number } {
  const attributes = new Map<string, string>();
  let at = from;
  for (let found = match(ATTRIBUTE, html, at); found; found = match(ATTRIBUTE, html, at)) {
    const name = (found[1] as string).toLowerCase();
    if (!attributes.has(name)) attributes.set(name, decodeReferences(found[2] ?? found[3] ?? found[4] ?? '')); // the first of two counts
    at = ATTRIBUTE.lastIndex;
  }
  match(TAG_END, html, at);
  return { attributes, end: TAG_END.lastIndex };
}

/** The end of a comment, a declaration, or a "<" that opens nothing. */
function endOfNoTag(html: string, at: number): number {
  const close = html.startsWith('<!--', at) ? /--!?>/g : /^<[!?/]/.test(html.slice(at, at + 2)) ? />/g : null;
  if (!close) return at + 1;
  close.lastIndex = at + 2;
  return close.test(html) ? close.lastIndex : html.length;
}

function rawEnd(html: string, from: number, name: string): number {
  const end = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00A0'],
]);

/** Character references: all numeric ones, and the six that serializers write. Any other stays as it stands. */
function decodeReferences(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name = '') => {
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
    if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10));
    return NAMED.get(name) ?? whole;
  });
}

/** As HTML has it: 128 to 159 are those of Windows-1252, what is no character is U+FFFD. */
function characterOf(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return new TextDecoder('windows-1252').decode(Uint8Array.of(code));
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\uFFFD' : String.fromCodePoint(code);
}
