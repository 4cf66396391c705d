// Cells as a reactive program: evaluates what changed, and what depends on it. The values live in the sandbox; here is what is known of them.
import type { CellOutcome, RunData, Sandbox } from '../../workers/sandbox.protocol.ts';
import { type CellGraph, type CellInput, cellGraph, programOf } from './cellGraph.ts';
import type { CellResult } from './cellResult.ts';
import { type EvaluatedCell, isCurrent, remembered, signature } from './evaluatedCell.ts';
import type { CellParse, ParsedCell } from './parseCell.ts';
import { readCellValue } from './readCellValue.ts';

export interface CellSource {
  readonly id: number;
  readonly source: string;
}

export type CellResults = ReadonlyMap<number, CellResult>;

export interface Evaluator {
  /**
   * Results of all cells, in their order. Cells whose source and inputs are what they were are not evaluated again. A later call overtakes
   * an earlier one, whose promise then gives the results of the later. Never rejects: where the sandbox cannot be had, every cell says so.
   */
  evaluate(cells: readonly CellSource[], runs: readonly RunData[]): Promise<CellResults>;
  /** Ends the sandbox. */
  close(): void;
}

interface Wanted {
  readonly cells: readonly CellSource[];
  readonly runs: readonly RunData[];
}

const NOTHING: Wanted = { cells: [], runs: [] };

/** `startSandbox` is called when the first cell is to be evaluated, and again whenever the sandbox was lost. */
export function createEvaluator(startSandbox: () => Promise<Sandbox>): Evaluator {
  let wanted = NOTHING;
  let working: Promise<CellResults> | null = null;
  let sandbox: Sandbox | null = null;
  let sent: readonly RunData[] | null = null;
  let versions = 0;
  let parses: ReadonlyMap<string, CellParse> = new Map();
  const evaluated = new Map<number, EvaluatedCell>();
  /** Cells that cost a sandbox its life; they wait for another source. */
  const culprits = new Map<number, { readonly source: string; readonly result: CellResult }>();

  const lose = (): void => {
    sandbox?.close();
    sandbox = null;
    sent = null;
    evaluated.clear();
  };

  const work = async (): Promise<CellResults> => {
    for (;;) {
      const now = wanted;
      try {
        const results = await pass(now);
        if (now === NOTHING) lose();
        if (results && wanted === now) return results;
      } catch (error) {
        lose();
        const message = `the sandbox ended: ${error instanceof Error ? error.message : String(error)}`;
        if (wanted === now) return new Map(now.cells.map(({ id }) => [id, { kind: 'error', message, line: null }]));
      }
    }
  };

  /** One pass over all cells; null where it was overtaken, or the sandbox was lost. */
  const pass = async (now: Wanted): Promise<CellResults | null> => {
    const { parseCell } = await import('./parseCell.ts');
    const sources = new Map(now.cells.map(({ id, source }) => [id, source]));
    parses = new Map([...new Set(sources.values())].map((source) => [source, parses.get(source) ?? parseCell(source)]));
    const results = new Map<number, CellResult>();
    const parsed = new Map<number, ParsedCell>();
    for (const [id, source] of sources) {
      const parse = parses.get(source) as CellParse;
      if (parse.kind === 'ok') parsed.set(id, parse.cell);
      else results.set(id, parse);
    }
    await forgetOthers(sources);
    const graph = cellGraph(parsed);
    for (const id of graph.order) {
      const source = sources.get(id) as string;
      const settled = settledResult(id, source, graph, results);
      const program = (): string => programOf(id, graph, sources);
      const cell = settled ? null : await currentCell(id, source, parsed.get(id) as ParsedCell, graph.inputs.get(id) ?? [], program, now.runs);
      const result = settled ?? cell?.result;
      if (!result || wanted !== now) return null;
      results.set(id, result);
    }
    return new Map([...sources.keys()].map((id) => [id, results.get(id) as CellResult]));
  };

  /** A result that needs no evaluation. */
  const settledResult = (id: number, source: string, { faults, inputs }: CellGraph, results: CellResults): CellResult | undefined => {
    const culprit = culprits.get(id);
    if (culprit?.source === source) return culprit.result;
    const broken = inputs.get(id)?.find(({ from }) => results.get(from)?.kind === 'error');
    const message = `it needs ${broken?.name}, and cell ${broken?.from}, which declares it, has an error`;
    return faults.get(id) ?? (broken && { kind: 'error', message, line: null });
  };

  /** The cell as it was evaluated before, or now; null where that cost the sandbox its life. */
  const currentCell = async (
    id: number,
    source: string,
    cell: ParsedCell,
    inputs: readonly CellInput[],
    program: () => string,
    runs: readonly RunData[],
  ): Promise<EvaluatedCell | null> => {
    const known = evaluated.get(id);
    const versioned = signature(inputs, evaluated);
    if (known && isCurrent(known, source, versioned, runs)) return known;
    sandbox ??= await startSandbox();
    const running = sandbox;
    if (sent !== runs) await running.setRuns(runs);
    sent = runs;
    const names = inputs.map(({ name }) => name);
    const outcome = await running.evaluate({ id, inputs, defines: cell.defines, program: program(), code: cell.codeWith(names) });
    if (sandbox !== running) return null; // closed meanwhile
    const result = resultOf(outcome, cell, names);
    if (outcome.kind === 'error' && outcome.lost) {
      lose();
      culprits.set(id, { source, result });
      return null;
    }
    versions++;
    const fresh = { source, inputs: versioned, reads: remembered(outcome.reads, runs), version: versions, result };
    evaluated.set(id, fresh);
    return fresh;
  };

  const forgetOthers = async (sources: ReadonlyMap<number, string>): Promise<void> => {
    const gone = [...evaluated.keys()].filter((id) => !sources.has(id));
    for (const id of gone) evaluated.delete(id);
    for (const [id, { source }] of culprits) if (sources.get(id) !== source) culprits.delete(id);
    if (gone.length > 0) await sandbox?.forget(gone);
  };

  return {
    evaluate(cells, runs) {
      wanted = { cells, runs };
      working ??= work().finally(() => {
        working = null;
      });
      return working;
    },
    close() {
      wanted = NOTHING;
      lose();
    },
  };
}

function resultOf(outcome: CellOutcome, { defines }: ParsedCell, uses: readonly string[]): CellResult {
  if (outcome.kind === 'error') return { kind: 'error', message: outcome.message, line: outcome.line };
  const read = outcome.reads.flatMap(({ key }) => (key === '' ? [] : [key]));
  const rewards = defines.filter((name) => outcome.rewards.includes(name));
  return { kind: 'ok', values: outcome.values.map(readCellValue), defines, uses, usesRuns: [...new Set([...read, ...outcome.shows])], rewards };
}
