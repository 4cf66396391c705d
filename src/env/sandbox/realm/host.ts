// What the realm is given from outside: functions of text. Everything else that a cell can reach is made in the realm.

export interface RealmHost {
  /** A spec as JSON → `{key, spec, config, command}`, or `{refusal}` that says why it is no run. */
  describe(spec: string): string;
  /** "" → the runs that the page knows, as a list of `{key, name, spec}`. */
  list(nothing: string): string;
  /** `[key, part]` → the part as JSON, "" where there is none; of a list, `[key, part, from]` → its items from there on. */
  part(which: string): string;
  /** "" → the names of credit rules that can be compared, as a list. */
  rules(nothing: string): string;
}

/** What is known of a run by its key. Of `groups` only the updates that told of any are fetched at once, then each on its own. */
export type RunPart = 'name' | 'status' | 'update' | RunList | 'groups';
export type RunList = 'metrics' | 'evaluations' | 'probes';

/** What a cell has read: a part of a run, or (part "list", key "") which runs there are. */
export interface RunRead {
  readonly part: RunPart | 'list';
  readonly key: string;
}

/** A part that is no longer what it was; of a list, so many of its first items are. */
export interface RunChange extends RunRead {
  readonly kept: number;
}
