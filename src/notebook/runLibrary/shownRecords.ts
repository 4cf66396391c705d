// Which runs of a library a list shows, and in what order.
import { type OptionPath, optionAt, writtenValue } from '../../train/options/optionTable.ts';
import { DEFAULT_SPEC, differingOptions } from '../form.ts';
import type { RunRecord } from './runLibrary.ts';

export type RecordOrder = 'name' | 'update' | 'validation' | 'machine' | 'date';

export interface LibraryQuery {
  /** Words that all have to be in name, tags, note, flags or machine. */
  readonly search: string;
  /** Null: any. */
  readonly tag: string | null;
  readonly order: RecordOrder;
  readonly descending: boolean;
  /** Deleted runs instead of the others. */
  readonly deleted: boolean;
}

export const EVERY_RECORD: LibraryQuery = { search: '', tag: null, order: 'date', descending: true, deleted: false };

/** Runs without a value come last in either direction. */
export function shownRecords(records: readonly RunRecord[], { search, tag, order, descending, deleted }: LibraryQuery): readonly RunRecord[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ name, tags, note, key, machine }: RunRecord): string => [name, ...tags, note, key, machine].join('\n').toLowerCase();
  const kept = records.filter((record) => {
    const there = text(record);
    return (record.deleted !== null) === deleted && (tag === null || record.tags.includes(tag)) && wanted.every((word) => there.includes(word));
  });
  return kept.sort((a, b) => compared(KEYS[order](a), KEYS[order](b), descending) || b.updated - a.updated);
}

const KEYS: Readonly<Record<RecordOrder, (record: RunRecord) => string | number | null>> = {
  name: ({ name }) => name,
  update: ({ update }) => update,
  validation: ({ summary }) => summary.sampled,
  machine: ({ machine }) => machine,
  date: ({ updated }) => updated,
};

function compared(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const ascending = typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b, 'en', { numeric: true }) : Number(a) - Number(b);
  return descending ? -ascending : ascending;
}

/** Every tag of the runs that are not deleted, by name. */
export function tagsOf(records: readonly RunRecord[]): readonly string[] {
  return [...new Set(records.filter(({ deleted }) => deleted === null).flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b, 'en'));
}

/** What a run changes about the defaults, one text an option: "Credit none", "Seed 3". */
export function changesOf({ config }: Pick<RunRecord, 'config'>): readonly string[] {
  const seed: OptionPath = 'seed';
  const changed = differingOptions(config, DEFAULT_SPEC);
  const told = [...changed.filter(({ path }) => path !== seed), ...changed.filter(({ path }) => path === seed)];
  return told.map((option) => `${option.label} ${writtenValue(option, optionAt(config, option.path))}`);
}

/** "a, b ,a" → ["a", "b"] */
export function tagsFrom(text: string): readonly string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
