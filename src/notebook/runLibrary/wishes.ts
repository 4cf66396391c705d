// What people and callers may ask to keep: names, tags, notes and files within bounds.
import { LibraryError, type RunAbout, type RunChange, type RunFiles } from './runLibrary.ts';

export const STATE_FILE = 'state.json';

const NAME_LENGTH = 200;
const NOTE_LENGTH = 20_000;
const TAGS = 20;
const TAG_LENGTH = 40;

/** The change with blanks at the ends taken off, and every tag once. Throws LibraryError for what is empty or too long. */
export function checkedWords<T extends RunChange>(change: T): T {
  const name = change.name?.trim();
  if (name === '') throw new LibraryError('name: expected at least one letter, got none');
  if ((name?.length ?? 0) > NAME_LENGTH) throw new LibraryError(`name: expected at most ${NAME_LENGTH} characters, got ${name?.length}`);
  if ((change.note?.length ?? 0) > NOTE_LENGTH) throw new LibraryError(`note: expected at most ${NOTE_LENGTH} characters, got ${change.note?.length}`);
  const tags = change.tags && [...new Set(change.tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
  if ((tags?.length ?? 0) > TAGS) throw new LibraryError(`tags: expected at most ${TAGS}, got ${tags?.length}`);
  const long = tags?.find((tag) => tag.length > TAG_LENGTH);
  if (long) throw new LibraryError(`tags: expected at most ${TAG_LENGTH} characters, got ${long.length}: "${long.slice(0, 20)}…"`);
  return { ...change, ...(name === undefined ? {} : { name }), ...(tags ? { tags } : {}) };
}

/** Letters, digits, dots, dashes, underscores: a name that is safe in every folder and archive. */
export function isFileName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name);
}

export function isId(id: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(id);
}

export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** The files by name, as blobs. Throws LibraryError for a name that is none, or that is taken. */
export function checkedFiles(files: RunFiles): readonly NamedBlob[] {
  return Object.entries(files).map(([name, content]) => {
    if (!isFileName(name) || name === STATE_FILE)
      throw new LibraryError(`files: expected a name of letters, digits, ".", "-" and "_" other than ${STATE_FILE}, got "${name}"`);
    return { name, blob: content instanceof Blob ? content : new Blob([content]) };
  });
}

/** What is said of a run that is saved. Throws as `checkedWords` does, and for an id that is none. */
export function checkedAbout(about: RunAbout): RunAbout {
  if (about.id !== undefined && !isId(about.id)) throw new LibraryError(`id: expected up to 64 letters, digits and dashes, got "${about.id}"`);
  return checkedWords(about);
}
