// Reads a file of rollouts in whatever of the known formats it has: bad lines are named and left out, so that the reader may go on with the others.
import { checkRollout, parseLine, type Rollout, RolloutFileError } from '../tapo/index.ts';
import { type BlobWriter, blobWriter } from './blobWriter.ts';
import { AuditFileError, fileKind, textChunks } from './fileBytes.ts';
import { type FormatName, isRecord, type JsonRecord, type LineReader, type RolloutFormat } from './formats/format.ts';
import { formatOf } from './formats/formats.ts';
import { type FileLine, lineSplitter, MAX_LINE_BYTES } from './lineSplitter.ts';
import { parquetRows } from './parquetRows.ts';
import { type LinePlace, type RolloutTable, rolloutTable } from './rolloutTable.ts';

export interface LineProblem {
  /** From 1; of a Parquet file, the row. */
  readonly line: number;
  readonly reason: string;
}

export interface ReadingProgress {
  /** Of the file as it is, packed or not; of a Parquet file, rows. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'rows';
  readonly lines: number;
}

/** What was read, in words and numbers. */
export interface FileReading {
  readonly format: FormatName;
  /** What the file was taken for, and what that takes for granted. */
  readonly title: string;
  readonly assumed: readonly string[];
  /** Lines (of a Parquet file, rows) that are not blank. */
  readonly lines: number;
  readonly rollouts: number;
  readonly groups: number;
  /** Bad lines, the first 100 of them by name. */
  readonly problems: readonly LineProblem[];
  readonly problemCount: number;
  /** Lines that were left out though nothing is wrong with them: why, and how many. */
  readonly leftOut: readonly (readonly [why: string, lines: number])[];
  /** Steps whose call could not be read; only other programs' texts can have some. */
  readonly unreadableCalls: number;
}

export interface RolloutFile {
  readonly reading: FileReading;
  readonly table: RolloutTable;
  /** One line a rollout in our own format, where the table's places lead: the file itself, or what it was unpacked or converted to. */
  readonly source: Blob;
}

interface ReadOptions {
  readonly onProgress?: (progress: ReadingProgress) => void;
  readonly signal?: AbortSignal;
  readonly maxLineBytes?: number;
}

/** Bad lines that are named at most. */
const MOST_PROBLEMS = 100;

/** Throws AuditFileError where the file has none of the known formats, or no rollout at all; an aborted signal's reason once it is aborted. */
export async function readRolloutFile(file: Blob, { onProgress, signal, maxLineBytes = MAX_LINE_BYTES }: ReadOptions = {}): Promise<RolloutFile> {
  const kind = await fileKind(file);
  const shelf = createShelf(maxLineBytes);
  if (kind === 'parquet') {
    let row = 0;
    for await (const rows of parquetRows(file, (done, total) => onProgress?.({ done, total, unit: 'rows', lines: done }))) {
      signal?.throwIfAborted();
      for (const record of rows) shelf.record(record, ++row, null);
    }
    return shelf.file(null);
  }
  const splitter = lineSplitter(maxLineBytes);
  const unpacked = kind === 'gzip' ? blobWriter('application/jsonl') : null;
  let done = 0;
  let lines = 0;
  const take = (part: readonly FileLine[]): void => {
    for (const line of part) shelf.line(line);
    lines += part.length;
    onProgress?.({ done, total: file.size, unit: 'bytes', lines });
  };
  for await (const chunk of textChunks(file, kind, (bytes) => {
    done = bytes;
  })) {
    signal?.throwIfAborted();
    unpacked?.write(chunk as Uint8Array<ArrayBuffer>);
    take(splitter.push(chunk));
  }
  take(splitter.end());
  return shelf.file(unpacked?.end() ?? file);
}

/** Takes lines and rows in, one after the other, and makes the file's table of them. */
function createShelf(maxLineBytes: number) {
  const builder = rolloutTable();
  const problems: LineProblem[] = [];
  const leftOut = new Map<string, number>();
  let format: RolloutFormat | null = null;
  let read: LineReader | null = null;
  let converted: { readonly writer: BlobWriter; size: number } | null = null;
  let problemCount = 0;
  let lines = 0;
  let unreadableCalls = 0;
  const encoder = new TextEncoder();

  const refuse = (error: unknown): void => {
    if (!(error instanceof RolloutFileError)) throw error;
    problemCount++;
    if (problems.length < MOST_PROBLEMS) problems.push({ line: error.line, reason: error.reason });
    if (!format && problemCount >= MOST_PROBLEMS) throw unknownFormat(problems);
  };

  /** The place of a rollout in what will be its source: its own line, or one that is written now. */
  const placeOf = (rollout: Rollout, line: number, own: LinePlace | null): LinePlace => {
    if (own && format?.name === 'rollouts') return own;
    converted ??= { writer: blobWriter('application/jsonl'), size: 0 };
    const bytes = encoder.encode(`${JSON.stringify(rollout)}\n`);
    const place = { start: converted.size, length: bytes.length - 1, line };
    converted.size += bytes.length;
    converted.writer.write(bytes);
    return place;
  };

  const record = (value: unknown, line: number, own: LinePlace | null): void => {
    lines++;
    try {
      if (!isRecord(value)) throw asObject(value, line);
      if (!format || !read) {
        format = formatOf(value);
        if (!format) throw new RolloutFileError(line, `expected a rollout in one of the known formats, got the fields ${fieldNames(value)}`);
        read = format.reader();
      }
      const reading = read(value, line);
      if (reading.kind === 'left out') {
        leftOut.set(reading.why, (leftOut.get(reading.why) ?? 0) + 1);
        return;
      }
      for (const rollout of reading.rollouts) {
        builder.add(rollout, placeOf(rollout, line, own));
        if (format.name !== 'rollouts') unreadableCalls += rollout.steps.filter(({ tool, text }) => !tool && text?.includes('<tool_call>')).length;
      }
    } catch (error) {
      if (error instanceof AuditFileError || error instanceof RolloutFileError) refuse(error);
      else refuse(new RolloutFileError(line, `expected values that can be read, got some that cannot (${(error as Error).message})`)); // nested too deep for JSON
    }
  };

  return {
    record,
    line({ number, start, length, text }: FileLine): void {
      if (text === null) {
        lines++;
        refuse(new RolloutFileError(number, `expected a line of at most ${megabytes(maxLineBytes)}, got ${megabytes(length)}`));
        return;
      }
      const clean = number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (clean.trim() === '') return;
      const skipped = 3 * (text.length - clean.length); // a byte-order mark has three bytes
      try {
        record(parseLine(clean, number), number, { start: start + skipped, length: length - skipped, line: number });
      } catch (error) {
        if (error instanceof RolloutFileError) lines++;
        refuse(error);
      }
    },
    /** `own`: what the lines were read from; null where every rollout was written anew. */
    file(own: Blob | null): RolloutFile {
      const table = builder.table();
      if (!format) throw lines === 0 ? new AuditFileError('expected at least one rollout, got only blank lines') : unknownFormat(problems);
      const { name, title, assumed } = format;
      return {
        reading: {
          format: name,
          title,
          assumed,
          lines,
          rollouts: table.rollouts,
          groups: table.groups.length,
          problems,
          problemCount,
          leftOut: [...leftOut],
          unreadableCalls,
        },
        table,
        source: converted?.writer.end() ?? own ?? new Blob([]),
      };
    },
  };
}

/** The error that the library has for a line that is JSON, but no object. */
function asObject(value: unknown, line: number): unknown {
  try {
    return checkRollout(value, line);
  } catch (error) {
    return error;
  }
}

/** Says what came in the first line that was no rollout; the formats are named where this is shown. */
function unknownFormat([first]: readonly LineProblem[]): AuditFileError {
  return new AuditFileError(`This file has none of the known formats.${first ? ` Line ${first.line}: ${first.reason}.` : ''}`);
}

function fieldNames(record: JsonRecord): string {
  const names = Object.keys(record).slice(0, 12);
  return names.map((name) => `"${name.length > 30 ? `${name.slice(0, 30)}…` : name}"`).join(', ') || '(none)';
}

function megabytes(bytes: number): string {
  return `${Number((bytes / 2 ** 20).toFixed(1))} MB`;
}
