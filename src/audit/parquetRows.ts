// The rows of a Parquet file as plain records, one row group at a time. The reader is loaded when the first such file is opened.
import { AuditFileError } from './fileBytes.ts';
import type { JsonRecord } from './formats/format.ts';

/** Largest Parquet file, bytes: a row group is unpacked as a whole. */
const MAX_PARQUET_BYTES = 256 * 2 ** 20;

/** Throws AuditFileError where the file is too large, damaged or of a kind that the reader does not know. */
export async function* parquetRows(file: Blob, onRows: (done: number, total: number) => void): AsyncGenerator<readonly JsonRecord[]> {
  if (file.size > MAX_PARQUET_BYTES)
    throw new AuditFileError(`expected a Parquet file of at most 256 MB, got ${Math.round(file.size / 2 ** 20)} MB; split it, or write it as JSON lines`);
  const { parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const buffer = { byteLength: file.size, slice: (start: number, end?: number) => file.slice(start, end).arrayBuffer() };
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const total = Number(metadata.num_rows);
    let rowStart = 0;
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows);
      const rows = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd });
      yield rows.map((row) => plain(row) as JsonRecord);
      rowStart = rowEnd;
      onRows(rowEnd, total);
    }
  } catch (error) {
    if (error instanceof AuditFileError) throw error;
    throw new AuditFileError(`the Parquet file cannot be read (${(error as Error).message}); write the rows as JSON lines instead`);
  }
}

/** As JSON has it: whole numbers are numbers, dates are text, and columns without a value are left out. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>, Number);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (inner === null || inner === undefined ? [] : [[name, plain(inner)]])));
}
