// What a format of rollout files is: how its lines are recognised, how they are read, and what that takes for granted. Types, and two helpers.
import { type Rollout, RolloutFileError } from '../../tapo/index.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

export type FormatName = 'rollouts' | 'verl' | 'trl' | 'verifiers' | 'episodes' | 'messages';

/** What one line gives: rollouts, or a reason to leave it out that is no fault of the file. */
export type LineReading = { readonly kind: 'rollouts'; readonly rollouts: readonly Rollout[] } | { readonly kind: 'left out'; readonly why: string };

/** Reads the lines of one file, in order: it numbers prompts and rollouts as they come. Throws RolloutFileError for a line that it cannot read. */
export type LineReader = (record: JsonRecord, line: number) => LineReading;

export interface RolloutFormat {
  readonly name: FormatName;
  /** "a verl rollout dump" */
  readonly title: string;
  /** What the reading takes for granted, one sentence each. */
  readonly assumed: readonly string[];
  /** Whether a line of the file looks like this format. */
  recognises(record: JsonRecord): boolean;
  reader(): LineReader;
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A finite number of a line. Throws RolloutFileError where there is none. */
export function numberOf(record: JsonRecord, name: string, line: number): number {
  const value = record[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RolloutFileError(line, `"${name}" must be a finite number, got ${JSON.stringify(value)?.slice(0, 40) ?? 'nothing'}`);
}

/** The line's fields, but for these. */
export function fieldsBut(record: JsonRecord, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
