// The page's data of runs, as cells read it: parsed when first asked for, frozen, shared by all cells; and a note of who read what.
import { freezeDeep } from './harden.ts';
import type { RealmHost, RunPart, RunRead } from './host.ts';

export interface RunDataReader {
  /** A part of a run; undefined where the page has none. */
  read(key: string, part: RunPart): unknown;
  /** Every run that the page knows. */
  list(): readonly { readonly key: string; readonly name: string; readonly spec: unknown }[];
  /** What was read since it was asked last. */
  takeReads(): readonly RunRead[];
  /** Forgets what was parsed of these. */
  forget(changed: readonly RunRead[]): void;
}

/** Updates whose groups are kept once parsed: a loop over all of them must fit into memory. */
const KEPT_GROUPS = 8;

export function createRunData(host: RealmHost): RunDataReader {
  const parsed = new Map<string, unknown>();
  let reads = new Map<string, RunRead>();
  const nameOf = ({ part, key }: RunRead): string => `${part} ${key}`;
  const note = (read: RunRead): string => {
    const name = nameOf(read);
    reads.set(name, read);
    return name;
  };
  const parse = (text: string): unknown => {
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    freezeDeep(value);
    return value;
  };
  const fetch = (key: string, part: RunPart): unknown => {
    const value = parse(host.part(JSON.stringify([key, part])));
    return part === 'groups' ? lazyGroups(key, (value ?? []) as readonly number[]) : value;
  };

  const recent = new Map<string, unknown>();
  const groupsAt = (key: string, index: number): unknown => {
    note({ part: 'groups', key });
    const name = `${index} ${key}`;
    const value = recent.get(name) ?? parse(host.part(JSON.stringify([key, 'groups', index])));
    recent.delete(name);
    recent.set(name, value);
    for (const oldest of recent.keys()) if (recent.size > KEPT_GROUPS) recent.delete(oldest);
    return value;
  };
  const lazyGroups = (key: string, updates: readonly number[]): unknown =>
    Object.freeze(
      updates.map((update, index) =>
        Object.freeze({
          update,
          get groups(): unknown {
            return groupsAt(key, index);
          },
        }),
      ),
    );

  return {
    read(key, part) {
      const name = note({ part, key });
      if (!parsed.has(name)) parsed.set(name, fetch(key, part));
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
    forget(changed) {
      for (const read of changed) parsed.delete(nameOf(read));
      if (changed.some(({ part }) => part === 'groups')) recent.clear();
    },
  };
}
