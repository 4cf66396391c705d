// The data of runs as the sandbox keeps it: outside of the engine's small memory, handed in part by part.
import type { RunChange, RunPart } from '../env/sandbox/realm/host.ts';
import type { RunChanges, RunData } from './sandbox.protocol.ts';

export interface RunShelf {
  /** Takes in what changed, and tells which parts are no longer what they were. */
  change(changes: RunChanges): readonly RunChange[];
  list(): readonly Pick<RunData, 'key' | 'name' | 'spec'>[];
  /** A part as JSON, or the items of a list from an index on, or the groups of one entry; "" where there is none. */
  part(which: readonly [key: string, part: RunPart, from?: number]): string;
}

const RUN_PARTS: readonly RunPart[] = ['name', 'status', 'update', 'metrics', 'evaluations', 'groups', 'probes'];

export function runShelf(): RunShelf {
  let runs: ReadonlyMap<string, RunData> = new Map();
  const list = (): ReturnType<RunShelf['list']> => [...runs.values()].map(({ key, name, spec }) => ({ key, name, spec }));
  return {
    change({ order, changed }) {
      const [before, listBefore] = [runs, JSON.stringify(list())];
      const given = new Map([...runs, ...changed.map((run) => [run.key, run] as const)]);
      runs = new Map(order.map((key) => [key, given.get(key) as RunData]));
      const changes = [...new Set([...before.keys(), ...order])].flatMap((key) =>
        RUN_PARTS.flatMap((part): RunChange[] => {
          const [was, is] = [partOf(before.get(key), part), partOf(runs.get(key), part)];
          return samePart(was, is) ? [] : [{ key, part, kept: sameItems(was, is) }];
        }),
      );
      return listBefore === JSON.stringify(list()) ? changes : [...changes, { key: '', part: 'list', kept: 0 }];
    },
    list,
    part([key, part, from]) {
      const run = runs.get(key);
      if (part === 'groups') {
        const groups = run?.groups ?? [];
        return from === undefined ? JSON.stringify(groups.map(({ update }) => update)) : (groups[from]?.json ?? '');
      }
      const value = partOf(run, part);
      return typeof value === 'object' ? `[${value.slice(from).join(',')}]` : value === undefined ? '' : JSON.stringify(value);
    },
  };
}

/** A part of a run, as it can be held against what it was. */
export type PartValue = string | number | readonly string[] | undefined;

export function partOf(run: RunData | undefined, part: RunPart): PartValue {
  return part === 'groups' ? run?.groups?.flatMap(({ update, json }) => [String(update), json]) : run?.[part];
}

/** Whether a part is what it was. */
export function samePart(a: PartValue, b: PartValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && sameItems(a, b) === a.length;
}

/** How many of the first items are the same. */
function sameItems(a: PartValue, b: PartValue): number {
  if (typeof a !== 'object' || typeof b !== 'object') return 0;
  const other = a.findIndex((item, i) => item !== b[i]);
  return other < 0 ? a.length : other;
}
