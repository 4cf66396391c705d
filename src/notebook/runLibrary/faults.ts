// What stands in the way of keeping things, in words. A full disk has several names: Chromium's file system says AbortError.
import { LibraryError } from './runLibrary.ts';

const FULL: ReadonlySet<string> = new Set(['QuotaExceededError', 'AbortError']);

/** The error to show for one that came while so many bytes were written; `room`: bytes that are still free, if anybody knows. */
export function writingFault(error: unknown, bytes: number, room: number | null): LibraryError {
  if (error instanceof LibraryError) return error;
  const { name, message } = error instanceof Error ? innermost(error) : { name: 'Error', message: String(error) };
  if (!FULL.has(name)) return new LibraryError(`the run could not be kept: ${message} (${name}). What was kept before is untouched.`);
  const left = room === null ? '' : `; about ${megabytes(room)} are free`;
  return new LibraryError(
    `this browser's storage is full: the run needs ${megabytes(bytes)}${left}. Nothing was changed. Export runs and delete them, or free space on the disk.`,
  );
}

/** Databases wrap what happened. */
function innermost(error: Error): Error {
  const { inner } = error as { inner?: unknown };
  return inner instanceof Error ? innermost(inner) : error;
}

/** 1234567 → "1.2 MB" */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
