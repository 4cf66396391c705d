// The page's data of runs, as cells read it: parsed when first asked for, frozen, shared by all cells; and a note of who read what.
import { type GroupRecord, recordsOf } from '../../outcome.ts';
import { freezeTree } from './harden.ts';
import type { RealmHost, RunChange, RunList, RunPart, RunRead } from './host.ts';

export interface RunDataReader {
  /** A part of a run; undefined where the page has none. */
  read(key: string, part: RunPart): unknown;
  /** Every run that the page knows. */
  list(): readonly { readonly key: string; readonly name: string; readonly spec: unknown }[];
  /** What was read since it was asked last. */
  takeReads(): readonly RunRead[];
  /** Forgets what was parsed of these. */
  forget(changes: readonly RunChange[]): void;
}

/** Updates whose groups are kept once parsed: a loop over all of them must fit into memory. */
const KEPT_GROUPS = 8;
const LISTS: ReadonlySet<string> = new Set<RunList>(['metrics', 'evaluations', 'probes']);

export function createRunData(host: RealmHost): RunDataReader {
  const parsed = new Map<string, unknown>();
  /** First items of lists that only grew since they were parsed. */
  const begun = new Map<string, readonly unknown[]>();
  const recent = new Map<string, readonly GroupRecord[]>();
  let reads = new Map<string, RunRead>();
  const nameOf = ({ part, key }: RunRead): string => `${part} ${key}`;
  const note = (read: RunRead): string => {
    const name = nameOf(read);
    reads.set(name, read);
    return name;
  };
  const fetch = (...which: readonly [key: string, part: RunPart, from?: number]): unknown => parse(host.part(JSON.stringify(which)));

  const whole = (key: string, part: RunPart, name: string): unknown => {
    if (part === 'groups') return lazyGroups(key, (fetch(key, part) ?? []) as readonly number[]);
    if (!LISTS.has(part)) return fetch(key, part);
    const first = begun.get(name) ?? [];
    const more = fetch(key, part, first.length) as readonly unknown[] | undefined;
    return more && Object.freeze([...first, ...more]);
  };
  const lazyGroups = (key: string, updates: readonly number[]): unknown => {
    const at = (update: number, index: number): readonly GroupRecord[] => {
      note({ part: 'groups', key });
      const name = `${update} ${key}`;
      const value = recent.get(name) ?? (fetch(key, 'groups', index) as readonly GroupRecord[]);
      recent.delete(name);
      recent.set(name, value);
      for (const oldest of recent.keys()) if (recent.size > KEPT_GROUPS) recent.delete(oldest);
      return value;
    };
    const entry = (update: number, index: number): object =>
      Object.freeze({
        update,
        get groups(): unknown {
          return at(update, index);
        },
        get rollouts(): unknown {
          return at(update, index).map(recordsOf);
        },
      });
    return Object.freeze(updates.map(entry));
  };

  return {
    read(key, part) {
      const name = note({ part, key });
      if (!parsed.has(name)) parsed.set(name, whole(key, part, name));
      return parsed.get(name);
    },
    list() {
      const name = note({ part: 'list', key: '' });
      if (!parsed.has(name)) parsed.set(name, parse(host.list('')));
      return parsed.get(name) as ReturnType<RunDataReader['list']>;
    },
    takeReads() {
      const taken = [...reads.values()];
      reads = new Map();
      return taken;
    },
    forget(changes) {
      for (const change of changes) {
        const name = nameOf(change);
        const before = (parsed.get(name) ?? begun.get(name)) as readonly unknown[] | undefined;
        parsed.delete(name);
        begun.delete(name);
        if (before && LISTS.has(change.part)) begun.set(name, before.slice(0, change.kept));
        if (change.part === 'groups') recent.clear();
      }
    },
  };
}

function parse(text: string): unknown {
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  freezeTree(value);
  return value;
}
