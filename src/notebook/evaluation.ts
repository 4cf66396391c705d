// When the open notebook's cells are evaluated, and which run the bar then drives.
import type { RunData } from '../workers/sandbox.protocol.ts';
import type { RunReference } from './cells/cellValue.ts';
import type { Evaluator } from './cells/evaluator.ts';
import { runDataOf } from './cells/runData.ts';
import { experimentRuns, shownRuns } from './cells/shownRuns.ts';
import { codeOfText } from './cells/textCell.ts';
import type { Cell } from './document/notebookDocument.ts';
import type { RunEntry } from './runEntry.ts';
import type { GetState, SetState } from './state.ts';

/** How long after an edit the cells are evaluated, milliseconds. */
const EVALUATE_AFTER = 150;
/** Cells that read a run's data follow it no oftener than this, milliseconds. */
const FOLLOW_EVERY = 1000;

export interface Evaluation {
  /** Evaluates the open notebook after so many milliseconds; calls meanwhile put it off. */
  soon(after?: number): void;
  /** Resolves when what was edited has been evaluated. */
  settled(): Promise<void>;
  /** Called when runs changed: cells that read their data are evaluated again. */
  follow(changed: readonly string[]): void;
}

/** `onFirstRun` is called with the run that comes first in a notebook that was opened. */
export function startEvaluation(evaluator: Evaluator, onFirstRun: (run: RunReference) => void, set: SetState, get: GetState): Evaluation {
  let waiting: ReturnType<typeof setTimeout> | null = null;
  let working: Promise<void> = Promise.resolve();

  const evaluate = async (): Promise<void> => {
    const { open, runs } = get();
    if (!open) return;
    const programs = open.log.state.document.cells.flatMap((cell) => {
      const source = codeOf(cell);
      return source === null ? [] : [{ id: cell.id, source }];
    });
    const results = await evaluator.evaluate(programs, Object.values(runs).map(dataOf));
    const { open: still, focus, results: before } = get();
    if (still?.log.state.document !== open.log.state.document) return;
    const experiments = programs.map(({ id }) => ({ before: experimentRuns(before.get(id)), after: experimentRuns(results.get(id)) }));
    const next = focusAmong(experiments, focus) ?? programs.flatMap(({ id }) => shownRuns(results.get(id)))[0] ?? null;
    set({ results, focus: next });
    if (focus === null && next) onFirstRun(next);
  };
  const start = (): void => {
    waiting = null;
    working = evaluate();
  };
  const soon = (after: number = EVALUATE_AFTER): void => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = setTimeout(start, after);
  };

  return {
    soon,
    async settled() {
      if (waiting !== null) {
        clearTimeout(waiting);
        start();
      }
      await working;
    },
    follow(changed) {
      if (waiting !== null) return;
      const read = [...get().results.values()].some((result) => result.kind === 'ok' && result.usesRuns.some((key) => changed.includes(key)));
      if (read) soon(FOLLOW_EVERY);
    },
  };
}

/** The run of an experiment that the bar drives: the notebook's first, until another is chosen; where its cell was edited, the cell's first. */
export function focusAmong(
  cells: readonly { readonly before: readonly RunReference[]; readonly after: readonly RunReference[] }[],
  focus: RunReference | null,
): RunReference | null {
  if (focus === null) return cells.flatMap(({ after }) => after)[0] ?? null;
  const has = (runs: readonly RunReference[]): boolean => runs.some(({ key }) => key === focus.key);
  return cells.find(({ before, after }) => has(before) && !has(after))?.after[0] ?? focus;
}

const data = new WeakMap<RunEntry, RunData>();

/** The same data for the same entry, so that nothing is sent twice. */
function dataOf(entry: RunEntry): RunData {
  const known = data.get(entry) ?? runDataOf(entry, entry.state);
  data.set(entry, known);
  return known;
}

/** What a cell gives the engine to evaluate; null: nothing. */
function codeOf({ mode, source }: Cell): string | null {
  if (mode === 'js') return source;
  return mode === 'md' ? codeOfText(source) : null;
}
