// Similarities by a tool's own measure: asked for all pairs of a prompt's calls before credit is assigned, then looked up.
import type { Tool } from '../env/types.ts';
import { groupRollouts, prepareCall, type Rollout, type SimilarityOptions, type ToolCall } from '../tapo/index.ts';
import type { TrainConfig } from './config.ts';

/** Similarities among the calls of one tool. */
export interface SimilarityTable {
  readonly tool: string;
  /** One a distinct call, in the order of the alphabet. */
  readonly keys: readonly string[];
  /** Row by row up to the diagonal: of 0 with 0, 1 with 0, 1 with 1, 2 with 0, … [n (n + 1) / 2] */
  readonly values: readonly number[];
}

/**
 * Tables of the tools that have a measure of their own, by group; of the whole batch under '' where that is the library's scope. Equal calls
 * count once, every pair is asked for once, and groups without a rollout that could give a witness have none.
 */
export async function measureSimilarities(
  records: readonly Rollout[],
  tools: readonly Tool[],
  { scope, outcome }: Pick<TrainConfig['credit'], 'scope' | 'outcome'>,
): Promise<ReadonlyMap<string, readonly SimilarityTable[]>> {
  const measuring = tools.filter(({ similarities }) => similarities);
  if (measuring.length === 0) return new Map();
  const groups = scope === 'batch' ? [records] : groupRollouts(records);
  const witnessed = groups.filter(
    (group) =>
      (outcome === 'sign' || group.some(({ correct }) => correct)) && // somebody can be a witness,
      (outcome === 'correct' || group.some(({ reward }) => reward !== group[0]?.reward)), // with an advantage above 0
  );
  const tables = new Map<string, SimilarityTable[]>(witnessed.map((group) => [scope === 'batch' ? '' : (group[0]?.group ?? ''), []]));
  for (const tool of measuring) {
    const calls = witnessed.map((group) => distinctCalls(group, tool.name));
    const values = (await tool.similarities?.(calls.flatMap(({ list }) => pairsOf(list)))) ?? [];
    let from = 0;
    [...tables.values()].forEach((list, g) => {
      const { keys } = calls[g] as ReturnType<typeof distinctCalls>;
      const size = (keys.length * (keys.length + 1)) / 2;
      list.push({ tool: tool.name, keys, values: values.slice(from, from + size) });
      from += size;
    });
  }
  return tables;
}

/** The part of `measureSimilarities` that is about the calls of one group. */
export function tablesOfGroup(tables: ReadonlyMap<string, readonly SimilarityTable[]>, group: readonly Rollout[]): readonly SimilarityTable[] {
  const own = tables.get(group[0]?.group ?? '');
  if (own) return own;
  return (tables.get('') ?? []).map((table) => {
    const { keys } = distinctCalls(group, table.tool);
    const places = keys.map((key) => table.keys.indexOf(key));
    const values = places.flatMap((i, k) => places.slice(0, k + 1).map((j) => table.values[(i * (i + 1)) / 2 + j] as number));
    return { tool: table.tool, keys, values };
  });
}

/** The measures of the tables, as credit transfer takes them. Throws RangeError for a pair that is in none. */
export function similaritiesOf(tables: readonly SimilarityTable[]): NonNullable<SimilarityOptions['similarities']> {
  const byTool: Record<string, (a: ToolCall, b: ToolCall) => number> = {};
  for (const tool of new Set(tables.map((table) => table.tool))) byTool[tool] = lookUp(tables.filter((table) => table.tool === tool));
  return byTool;
}

function lookUp(tables: readonly SimilarityTable[]): (a: ToolCall, b: ToolCall) => number {
  const rows = new Map<string, Map<string, number>>(); // the later key's row
  for (const { keys, values } of tables)
    keys.forEach((key, i) => {
      const row = rows.get(key) ?? new Map<string, number>();
      rows.set(key, row);
      for (let j = 0; j <= i; j++) row.set(keys[j] as string, values[(i * (i + 1)) / 2 + j] as number);
    });
  return (a, b) => {
    const [p, q] = [keyOf(a), keyOf(b)];
    const value = rows.get(p)?.get(q) ?? rows.get(q)?.get(p);
    if (value === undefined) throw new RangeError(`similarities: expected two calls that were compared, got ${p} and ${q}`);
    return value;
  };
}

function distinctCalls(records: readonly Rollout[], tool: string): { readonly keys: readonly string[]; readonly list: readonly ToolCall[] } {
  const calls = new Map<string, ToolCall>();
  for (const { steps } of records)
    for (const { tool: call } of steps) if (call?.name === tool && call.ok !== false && !calls.has(keyOf(call))) calls.set(keyOf(call), call);
  const keys = [...calls.keys()].sort(); // a measure that is not symmetric gives the same, whichever rollout comes first
  return { keys, list: keys.map((key) => calls.get(key) as ToolCall) };
}

function pairsOf(calls: readonly ToolCall[]): (readonly [ToolCall, ToolCall])[] {
  return calls.flatMap((a, i) => calls.slice(0, i + 1).map((b) => [a, b] as const));
}

const KEYS = new WeakMap<ToolCall, string>(); // asked for several times a call

/** Equal for equal calls. */
function keyOf(call: ToolCall): string {
  const key = KEYS.get(call) ?? prepareCall(call).key;
  KEYS.set(call, key);
  return key;
}
