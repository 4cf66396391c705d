// Which cell needs which, from the names that they declare and use; where they stand on the page does not matter.
import type { CellError, ParsedCell } from './parseCell.ts';

export interface CellInput {
  readonly name: string;
  readonly from: number;
}

export interface CellGraph {
  /** All cells, those that others need first. */
  readonly order: readonly number[];
  /** Names that each cell takes from others. */
  readonly inputs: ReadonlyMap<number, readonly CellInput[]>;
  /** Cells that cannot be evaluated, and why. */
  readonly faults: ReadonlyMap<number, CellError>;
}

export function cellGraph(cells: ReadonlyMap<number, ParsedCell>): CellGraph {
  const owners = new Map<string, number[]>();
  for (const [id, { defines }] of cells) for (const name of new Set(defines)) owners.set(name, [...(owners.get(name) ?? []), id]);

  const faults = new Map<number, CellError>();
  const fail = (id: number, message: string): void => {
    if (!faults.has(id)) faults.set(id, { kind: 'error', message, line: null });
  };
  for (const [name, ids] of owners) {
    if (ids.length < 2) continue;
    for (const id of ids) fail(id, `${name} is declared by ${listed(ids)}; a name belongs to one cell: rename one of them`);
  }

  const inputs = new Map<number, readonly CellInput[]>();
  for (const [id, { references, defines }] of cells) {
    const names = references.filter((name) => owners.has(name) && !defines.includes(name));
    inputs.set(
      id,
      names.map((name) => ({ name, from: (owners.get(name) as number[])[0] as number })),
    );
    const shared = names.find((name) => (owners.get(name) as number[]).length > 1);
    if (shared !== undefined) fail(id, `it needs ${shared}, which is declared by ${listed(owners.get(shared) as number[])}`);
  }

  const order: number[] = [];
  const path: CellInput[] = []; // cells under way, each with the name that it was reached by
  const done = new Set<number>();
  const visit = (id: number, by: string): void => {
    const at = path.findIndex(({ from }) => from === id);
    if (at >= 0) {
      const circle = [...path.slice(at + 1), { name: by, from: id }];
      const words = circle.map(({ name, from }) => `${name} (cell ${from})`);
      for (const { from } of circle) fail(from, `circular: ${[...words, circle[0]?.name].join(' needs ')}`);
      return;
    }
    if (done.has(id)) return;
    path.push({ name: by, from: id });
    for (const { name, from } of inputs.get(id) ?? []) visit(from, name);
    path.pop();
    done.add(id);
    order.push(id);
  };
  for (const id of cells.keys()) visit(id, '');
  return { order, inputs, faults };
}

/** The source of a cell after those of all cells that it needs, as one script: every name is declared once among them. */
export function programOf(id: number, { order, inputs }: CellGraph, sources: ReadonlyMap<number, string>): string {
  const needed = new Set([id]);
  for (const each of order.toReversed()) if (needed.has(each)) for (const { from } of inputs.get(each) ?? []) needed.add(from);
  return order
    .filter((each) => needed.has(each))
    .map((each) => sources.get(each))
    .join('\n;\n');
}

/** "cell 1 and cell 4" */
function listed(ids: readonly number[]): string {
  const words = ids.map((id) => `cell ${id}`);
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
