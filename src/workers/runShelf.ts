// The data of runs as the sandbox keeps it: outside of the engine's small memory, handed in part by part.
import type { RunPart, RunRead } from '../env/sandbox/realm/host.ts';
import type { RunChanges, RunData } from './sandbox.protocol.ts';

export interface RunShelf {
  /** Takes in what changed, and tells which parts are no longer what they were. */
  change(changes: RunChanges): readonly RunRead[];
  list(): readonly Pick<RunData, 'key' | 'name' | 'spec'>[];
  /** A part as JSON; "" where there is none. */
  part(which: readonly [key: string, part: RunPart, index?: number]): string;
}

export const RUN_PARTS: readonly RunPart[] = ['name', 'status', 'update', 'metrics', 'evaluations', 'groups', 'probes'];

export function runShelf(): RunShelf {
  let runs = new Map<string, RunData>();
  const list = (): ReturnType<RunShelf['list']> => [...runs.values()].map(({ key, name, spec }) => ({ key, name, spec }));
  return {
    change({ order, changed }) {
      const before = [runs, JSON.stringify(list())] as const;
      const given = new Map(changed.map((run) => [run.key, run]));
      runs = new Map(order.flatMap((key) => [given.get(key) ?? runs.get(key) ?? []].flat().map((run) => [key, run] as const)));
      const keys = new Set([...before[0].keys(), ...order]);
      const parts = [...keys].flatMap((key) =>
        RUN_PARTS.filter((part) => !samePart(partOf(before[0].get(key), part), partOf(runs.get(key), part))).map((part) => ({ part, key })),
      );
      return before[1] === JSON.stringify(list()) ? parts : [...parts, { part: 'list', key: '' }];
    },
    list,
    part([key, part, index]) {
      const run = runs.get(key);
      if (!run) return '';
      if (part !== 'groups') return part === 'metrics' || part === 'evaluations' || part === 'probes' ? (run[part] ?? '') : JSON.stringify(run[part]);
      const groups = run.groups ?? [];
      return index === undefined ? JSON.stringify(groups.map(({ update }) => update)) : (groups[index]?.json ?? '');
    },
  };
}

export type PartValue = string | number | RunData['groups'];

export function partOf(run: RunData | undefined, part: RunPart): PartValue {
  return run?.[part];
}

/** Whether a part is what it was. Groups are compared one by one: their texts never change, old ones only drop out. */
export function samePart(a: PartValue, b: PartValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((entry, i) => entry.update === b[i]?.update && entry.json === b[i]?.json);
}
