// Cells as a reactive program: evaluates what changed, and what depends on it. The values live in the sandbox; here is what is known of them.

import { type PartValue, partOf, samePart } from '../../workers/runShelf.ts';
import type { CellOutcome, RunData, RunRead, Sandbox } from '../../workers/sandbox.protocol.ts';
import { type CellGraph, type CellInput, cellGraph } from './cellGraph.ts';
import type { CellResult } from './cellResult.ts';
import type { CellParse, ParsedCell } from './parseCell.ts';
import { readCellValue } from './readCellValue.ts';

export interface CellSource {
  readonly id: number;
  readonly source: string;
}

export interface Evaluator {
  /**
   * Results of all cells. Cells whose source and inputs are what they were are not evaluated again. A later call overtakes an earlier one,
   * whose promise then gives the results of the later. Never rejects: where the sandbox cannot be had, every cell says so.
   */
  evaluate(cells: readonly CellSource[], runs: readonly RunData[]): Promise<ReadonlyMap<number, CellResult>>;
  /** Ends the sandbox. */
  close(): void;
}

interface Wanted {
  readonly cells: readonly CellSource[];
  readonly runs: readonly RunData[];
}

/** A cell that was evaluated. */
interface Entry {
  readonly source: string;
  /** Its inputs and their versions, as text. */
  readonly inputs: string;
  /** Parts of runs that it read, and what they were. */
  readonly reads: readonly { readonly read: RunRead; readonly was: PartValue }[];
  readonly version: number;
  readonly result: CellResult;
}

/** `startSandbox` is called when the first cell is to be evaluated, and again whenever the sandbox was lost. */
export function createEvaluator(startSandbox: () => Promise<Sandbox>): Evaluator {
  let wanted: Wanted = { cells: [], runs: [] };
  let working: Promise<ReadonlyMap<number, CellResult>> | null = null;
  let sandbox: Sandbox | null = null;
  let sent: readonly RunData[] | null = null;
  let versions = 0;
  const parses = new Map<string, CellParse>();
  const entries = new Map<number, Entry>();
  /** Cells that cost a sandbox its life; they wait for another source. */
  const culprits = new Map<number, { readonly source: string; readonly result: CellResult }>();

  const lose = (): void => {
    sandbox?.close();
    sandbox = null;
    sent = null;
    entries.clear();
  };

  /** The result of a cell that is to be evaluated; null where the sandbox was lost. */
  const evaluateCell = async (id: number, source: string, cell: ParsedCell, inputs: readonly CellInput[], runs: readonly RunData[]): Promise<Entry | null> => {
    sandbox ??= await startSandbox();
    if (sent !== runs) await sandbox.setRuns(runs);
    sent = runs;
    const names = [...new Set(inputs.map(({ name }) => name))];
    const outcome = await sandbox.evaluate({ id, inputs, defines: cell.defines, code: cell.codeWith(names) });
    const result = resultOf(outcome, cell, names);
    if (outcome.kind === 'error' && outcome.lost) {
      lose();
      culprits.set(id, { source, result });
      return null;
    }
    versions++;
    return {
      source,
      inputs: signature(inputs, entries),
      reads: outcome.reads.map((read) => ({ read, was: currentPart(runs, read) })),
      version: versions,
      result,
    };
  };

  /** One pass over all cells; null where it was overtaken. */
  const pass = async (now: Wanted): Promise<ReadonlyMap<number, CellResult> | null> => {
    const { parseCell } = await import('./parseCell.ts');
    const sources = new Map(now.cells.map(({ id, source }) => [id, source]));
    const parsed = new Map<number, ParsedCell>();
    const results = new Map<number, CellResult>();
    for (const [id, source] of sources) {
      const parse = parses.get(source) ?? parseCell(source);
      parses.set(source, parse);
      if (parse.kind === 'ok') parsed.set(id, parse.cell);
      else results.set(id, parse);
    }
    keepOnly(parses, new Set(sources.values()));
    await forgetOthers(sources);
    const graph = cellGraph(parsed);
    for (const id of graph.order) {
      const settled = settledResult(id, sources.get(id) as string, graph, results);
      if (settled) {
        results.set(id, settled);
        continue;
      }
      const source = sources.get(id) as string;
      const inputs = graph.inputs.get(id) ?? [];
      const known = entries.get(id);
      const fresh =
        known &&
        known.source === source &&
        known.inputs === signature(inputs, entries) &&
        known.reads.every(({ read, was }) => samePart(currentPart(now.runs, read), was));
      const entry = fresh ? known : await evaluateCell(id, source, parsed.get(id) as ParsedCell, inputs, now.runs);
      if (!entry) return null;
      entries.set(id, entry);
      results.set(id, entry.result);
      if (wanted !== now) return null;
    }
    return new Map([...sources.keys()].map((id) => [id, results.get(id) as CellResult]));
  };

  /** A result that needs no evaluation. */
  const settledResult = (id: number, source: string, { faults, inputs }: CellGraph, results: ReadonlyMap<number, CellResult>): CellResult | undefined => {
    const culprit = culprits.get(id);
    if (culprit?.source === source) return culprit.result;
    const broken = inputs.get(id)?.find(({ from }) => results.get(from)?.kind === 'error');
    const need: CellResult | undefined = broken && {
      kind: 'error',
      message: `it needs ${broken.name}, and cell ${broken.from}, which declares it, has an error`,
      line: null,
    };
    return faults.get(id) ?? need;
  };

  const forgetOthers = async (sources: ReadonlyMap<number, string>): Promise<void> => {
    const gone = [...entries.keys()].filter((id) => !sources.has(id));
    for (const id of gone) entries.delete(id);
    for (const [id, { source }] of culprits) if (sources.get(id) !== source) culprits.delete(id);
    if (gone.length > 0) await sandbox?.forget(gone);
  };

  const work = async (): Promise<ReadonlyMap<number, CellResult>> => {
    for (;;) {
      const now = wanted;
      try {
        const results = await pass(now);
        if (results && wanted === now) return results;
      } catch (error) {
        lose();
        const message = `the sandbox ended: ${error instanceof Error ? error.message : String(error)}`;
        if (wanted === now) return new Map(now.cells.map(({ id }) => [id, { kind: 'error', message, line: null }]));
      }
    }
  };

  return {
    evaluate(cells, runs) {
      wanted = { cells, runs };
      working ??= work().finally(() => {
        working = null;
      });
      return working;
    },
    close: lose,
  };
}

function resultOf(outcome: CellOutcome, { defines }: ParsedCell, uses: readonly string[]): CellResult {
  if (outcome.kind === 'error') return { kind: 'error', message: outcome.message, line: outcome.line };
  const read = outcome.reads.flatMap(({ key }) => (key === '' ? [] : [key]));
  return { kind: 'ok', values: outcome.values.map(readCellValue), defines, uses, usesRuns: [...new Set([...read, ...outcome.shows])] };
}

function signature(inputs: readonly CellInput[], entries: ReadonlyMap<number, Entry>): string {
  return inputs.map(({ name, from }) => `${name} ${from} ${entries.get(from)?.version}`).join(', ');
}

function currentPart(runs: readonly RunData[], { part, key }: RunRead): PartValue {
  if (part === 'list') return JSON.stringify(runs.map(({ key, name }) => [key, name]));
  return partOf(
    runs.find((run) => run.key === key),
    part,
  );
}

function keepOnly(parses: Map<string, CellParse>, sources: ReadonlySet<string>): void {
  for (const source of parses.keys()) if (!sources.has(source)) parses.delete(source);
}
