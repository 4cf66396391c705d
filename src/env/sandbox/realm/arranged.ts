// Parts of a list or an object as text: on one line where they fit, else on lines of their own.

/** Characters of a line. */
const LINE = 100;
/** Parts up to this length, as numbers are, share lines. */
const SHORT = 24;

/** `depth` lists and objects stand around this one. */
export function arranged(open: string, parts: readonly string[], close: string, depth: number): string {
  if (parts.length === 0) return open + close;
  const pad = close === '}' ? ' ' : '';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  const room = LINE - 2 * depth;
  if (line.length <= room && !line.includes('\n')) return line;
  const separated = parts.map((part, i) => (i < parts.length - 1 ? `${part},` : part));
  const rows = parts.every((part) => part.length <= SHORT && !part.includes('\n')) ? filled(separated, room) : separated;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${rows.map((row) => indent + row).join('\n')}\n${indent.slice(2)}${close}`;
}

function filled(parts: readonly string[], room: number): string[] {
  const rows: string[] = [];
  for (const part of parts) {
    const row = rows.at(-1);
    if (row !== undefined && row.length + 1 + part.length <= room) rows[rows.length - 1] = `${row} ${part}`;
    else rows.push(part);
  }
  return rows;
}
