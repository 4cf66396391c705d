// What the realm is given from outside: functions of text. Everything else that a cell can reach is made in the realm.

export interface RealmHost {
  /** A spec as JSON → `{key, spec, config, command}`, or `{refusal}` that says why it is no run. */
  describe(spec: string): string;
  /** "" → the runs that the page knows, as a list of `{key, name, spec}`. */
  list(nothing: string): string;
  /** `[key, part]` or `[key, "groups", index]` → the part as JSON; "" where there is none. */
  part(which: string): string;
  /** "" → the names of credit rules that can be compared, as a list. */
  rules(nothing: string): string;
}

/** What is known of a run by its key. `groups` is the list of updates that told of any; each is fetched on its own. */
export type RunPart = 'name' | 'status' | 'update' | 'metrics' | 'evaluations' | 'groups' | 'probes';

/** What a cell has read: a part of a run, or (part "list", key "") which runs there are. */
export interface RunRead {
  readonly part: RunPart | 'list';
  readonly key: string;
}
