// Text of strangers as plain words: data for a policy, never a tag that it could take for a turn's.

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Text of an HTML snippet: tags taken out, entities read. */
export function textOfHtml(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return ENTITIES[(name as string).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal as string, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/**
 * Without angle brackets and underscores, which the vocabulary's tags, images and tool names are written with, and without control
 * characters; spaces in a row become one.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(/[<>_\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
