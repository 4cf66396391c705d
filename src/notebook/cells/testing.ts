// For tests: cells 1, 2, … from sources, evaluated in Node, and what they show as text.
import { startLocalSandbox } from '../../workers/localSandbox.ts';
import type { PreparedCell, RunData, Sandbox } from '../../workers/sandbox.protocol.ts';
import type { CellResult } from './cellResult.ts';
import { createEvaluator } from './evaluator.ts';

/** The key of train({ seed: 1 }). */
export const FIRST_KEY = '--preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo';

/** Data of the run train({ seed: 1 }), after one update. */
export function runData(change: Partial<RunData> = {}): RunData {
  return {
    key: FIRST_KEY,
    name: 'first',
    spec: { seed: 1 },
    status: 'paused',
    update: 1,
    metrics: ['{"update":1,"accuracy":0.25}'],
    evaluations: [],
    ...change,
  };
}

/** `deadline` in milliseconds. */
export function cellBook({ deadline = 10_000 } = {}) {
  const evaluated: number[] = [];
  let starts = 0;
  const evaluator = createEvaluator(async (): Promise<Sandbox> => {
    starts++;
    const sandbox = await startLocalSandbox({ deadline });
    const evaluate = (cell: PreparedCell) => {
      evaluated.push(cell.id);
      return sandbox.evaluate(cell);
    };
    return { ...sandbox, evaluate };
  });
  const results = (sources: readonly string[], runs: readonly RunData[] = []) => evaluator.evaluate(cellsOf(sources), runs);
  return {
    evaluator,
    results,
    shown: async (sources: readonly string[], runs: readonly RunData[] = []) => [...(await results(sources, runs)).values()].map(shownOf),
    /** What the one cell shows, or its error. */
    one: async (source: string, runs: readonly RunData[] = []) => (await results([source], runs)).get(1) as CellResult,
    /** Ids of the cells that were evaluated since it was asked last. */
    evaluated: () => evaluated.splice(0),
    starts: () => starts,
  };
}

export const cellsOf = (sources: readonly string[]) => sources.map((source, i) => ({ id: i + 1, source }));

/** "line: message" of an error, else the values. */
export function shownOf(result: CellResult): string {
  if (result.kind === 'error') return `${result.line ?? '?'}: ${result.message}`;
  return result.values.map((value) => (value.kind === 'text' ? value.text : value.kind === 'view' ? `${value.view.kind} view` : value.kind)).join(' | ');
}
