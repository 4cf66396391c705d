// Text with live numbers: `${…}` in a text cell is an expression of the notebook, as in Notebook Kit's own tools.

export interface TextParts {
  /** One more than there are expressions. */
  readonly texts: readonly string[];
  readonly expressions: readonly string[];
}

/** Splits a text at its expressions. Braces and quotes inside an expression are minded; one without an end is plain text. */
export function splitText(source: string): TextParts {
  const texts: string[] = [];
  const expressions: string[] = [];
  let begin = 0;
  for (let at = source.indexOf('${'); at >= 0; at = source.indexOf('${', at)) {
    if (source[at - 1] === '\\') {
      at += 2;
      continue;
    }
    const end = expressionEnd(source, at + 2);
    if (end < 0) break;
    texts.push(source.slice(begin, at));
    expressions.push(source.slice(at + 2, end));
    begin = end + 1;
    at = begin;
  }
  return { texts: [...texts, source.slice(begin)].map((text) => text.replaceAll('\\${', '${')), expressions };
}

/** The text's expressions as a cell of code whose value is the list of their texts, as JSON; null without any. */
export function codeOfText(source: string): string | null {
  const { expressions } = splitText(source);
  return expressions.length === 0 ? null : `JSON.stringify([${expressions.map((each) => `String(${each})`).join(', ')}])`;
}

/** The text with the values of its expressions put in; "…" for those that are not known. */
export function fillText(source: string, values: readonly string[] | null): string {
  const { texts } = splitText(source);
  return texts.map((text, i) => (i === 0 ? text : (values?.[i - 1] ?? '…') + text)).join('');
}

/** Where the brace closes that is open before `from`; −1 if it never does. */
function expressionEnd(source: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < source.length; at++) {
    const c = source[at] as string;
    if (quote) {
      if (c === '\\') at++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if (c === '{') depth++;
    else if (c === '}' && depth-- === 0) return at;
  }
  return -1;
}
