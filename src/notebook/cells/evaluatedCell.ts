// What is remembered of a cell that was evaluated, and whether it still holds.

import { type PartValue, partOf, samePart } from '../../workers/runShelf.ts';
import type { RunData, RunRead } from '../../workers/sandbox.protocol.ts';
import type { CellInput } from './cellGraph.ts';
import type { CellResult } from './cellResult.ts';

export interface EvaluatedCell {
  readonly source: string;
  /** Its inputs and their versions, as text. */
  readonly inputs: string;
  /** Parts of runs that it read, and what they were. */
  readonly reads: readonly { readonly read: RunRead; readonly was: PartValue }[];
  /** Another number for each evaluation. */
  readonly version: number;
  readonly result: CellResult;
}

export function isCurrent(cell: EvaluatedCell, source: string, inputs: string, runs: readonly RunData[]): boolean {
  return cell.source === source && cell.inputs === inputs && cell.reads.every(({ read, was }) => samePart(partNow(runs, read), was));
}

/** Inputs with the versions of the cells that they come from. */
export function signature(inputs: readonly CellInput[], cells: ReadonlyMap<number, EvaluatedCell>): string {
  return inputs.map(({ name, from }) => `${name} ${from} ${cells.get(from)?.version}`).join(', ');
}

/** What was read, with what it is now. */
export function remembered(reads: readonly RunRead[], runs: readonly RunData[]): EvaluatedCell['reads'] {
  return reads.map((read) => ({ read, was: partNow(runs, read) }));
}

function partNow(runs: readonly RunData[], { part, key }: RunRead): PartValue {
  if (part === 'list') return JSON.stringify(runs.map((run) => [run.key, run.name]));
  const run = runs.find((each) => each.key === key);
  return partOf(run, part);
}
