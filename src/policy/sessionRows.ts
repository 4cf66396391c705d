// The rows of a decoding session, whatever the engine: lists of places in a pool, so that forks share their prefix.
import type { PolicyShape, Segment } from './types.ts';

export interface Row {
  /** Places in the pool of the tokens read so far, in order. */
  readonly places: readonly number[];
  /** The token written last: it is read together with what comes next. */
  readonly pending: number | null;
}

/** Appended to a row whose last token was written but not yet read. */
export const NOTHING: Segment = { tokens: [], patchAt: [], patches: new Float32Array(0) };

export interface SessionRows {
  /** A handle for this row. */
  add(row: Row): number;
  /** Throws RangeError if there is no such row. */
  get(id: number): Row;
  set(id: number, row: Row): void;
  /** Gives the row that was there, if there was one. */
  remove(id: number): Row | undefined;
  /** All rows are gone. */
  clear(): void;
  /** Number of tokens in a row. */
  length(id: number): number;
  /** Rows that are to write. Throws RangeError if one has read nothing, or has not read what it wrote. */
  writers(ids: readonly number[]): Row[];
  /** What each row is to read: its pending token, then its segment. Throws RangeError beyond the context or the vocabulary. */
  texts(ids: readonly number[], segments: readonly Segment[]): number[][];
}

export const EMPTY_ROW: Row = { places: [], pending: null };

export function createSessionRows({ context, vocabulary }: PolicyShape): SessionRows {
  const rows = new Map<number, Row>();
  let next = 0;
  const get = (id: number): Row => {
    const row = rows.get(id);
    if (!row) throw new RangeError(`session: no open row ${id}`);
    return row;
  };
  return {
    add(row) {
      rows.set(next, row);
      return next++;
    },
    get,
    set: (id, row) => void rows.set(id, row),
    remove(id) {
      const row = rows.get(id);
      rows.delete(id);
      return row;
    },
    clear: () => rows.clear(),
    length(id) {
      const { places, pending } = get(id);
      return places.length + (pending === null ? 0 : 1);
    },
    writers: (ids) =>
      ids.map((id) => {
        const row = get(id);
        if (row.places.length === 0 || row.pending !== null) throw new RangeError('session: a row must have read something before it writes');
        return row;
      }),
    texts: (ids, segments) =>
      ids.map((id, r) => {
        const { places, pending } = get(id);
        const text = [...(pending === null ? [] : [pending]), ...(segments[r] as Segment).tokens];
        const length = places.length + text.length;
        if (length > context) throw new RangeError(`session: expected at most ${context} tokens a row, got ${length} in row ${id}`);
        const bad = text.find((token) => !(token >= 0 && token < vocabulary));
        if (bad !== undefined) throw new RangeError(`session: expected tokens from 0 to ${vocabulary - 1}, got ${bad}`);
        return text;
      }),
  };
}
