// Tables as CSV (RFC 4180): a head, a line a row, lines ending in CR LF.

export type CsvCell = number | string | boolean | null | undefined;

/**
 * The file's text. Numbers have as many digits as it takes to read the same number back; what is undefined or null stays empty. A text
 * that a spreadsheet would take for a formula is led by an apostrophe.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

function written(cell: CsvCell): string {
  if (cell === undefined || cell === null) return '';
  if (typeof cell !== 'string') return Object.is(cell, -0) ? '-0' : String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
