// What the notebook and the sandbox worker say to each other. Types alone.
import type { RunRead } from '../env/sandbox/realm/host.ts';
import type { CellRequest } from '../env/sandbox/realm/realm.ts';
import type { TrainSpec } from '../train/config.ts';
import type { Answer } from './answer.ts';
import type { RunStatus } from './trainer.protocol.ts';

export type { RunPart, RunRead } from '../env/sandbox/realm/host.ts';

/** What the page knows of a run. Records are JSON texts, which are parsed in the sandbox when a cell reads them. */
export interface RunData {
  /** The flags that repeat it (train/runKey.ts). */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  readonly spec: TrainSpec;
  readonly status: RunStatus;
  /** Whole updates so far. */
  readonly update: number;
  /** A MetricRecord each. */
  readonly metrics: readonly string[];
  /** {update, sampled, greedy} each. */
  readonly evaluations: readonly string[];
  /** Updates that told of any groups, oldest first; `json` is a list of GroupReport. */
  readonly groups?: readonly { readonly update: number; readonly json: string }[];
  readonly probes?: readonly string[];
}

/** A cell, made ready for evaluation: `code` is a function expression whose body begins on its second line. */
export interface PreparedCell extends CellRequest {
  readonly code: string;
}

export type CellOutcome = { readonly reads: readonly RunRead[] } & (
  | { readonly kind: 'ok'; readonly values: readonly string[]; readonly shows: readonly string[]; readonly rewards: readonly string[] }
  /** lost: the sandbox cannot go on, and the values of all cells are gone. */
  | { readonly kind: 'error'; readonly message: string; readonly line: number | null; readonly lost: boolean }
);

/** Runs that changed or are new, and the keys of all runs in order. */
export interface RunChanges {
  readonly order: readonly string[];
  readonly changed: readonly RunData[];
}

export interface SandboxApi {
  /** Loads the engine. */
  prepare(): Promise<Answer<void>>;
  setRuns(changes: RunChanges): Promise<Answer<void>>;
  /** Evaluates a cell; `deadline` in milliseconds. Values stay in the sandbox for other cells. */
  evaluate(cell: PreparedCell, deadline: number): Promise<Answer<CellOutcome>>;
  /** Drops the values of cells. */
  forget(ids: readonly number[]): Promise<Answer<void>>;
}

/** The sandbox as the notebook holds it. Once an outcome was lost, or a call rejected, it is over: start another. */
export interface Sandbox {
  /** The runs that the page knows, all of them; what did not change since the last call is not sent again. */
  setRuns(runs: readonly RunData[]): Promise<void>;
  evaluate(cell: PreparedCell): Promise<CellOutcome>;
  forget(ids: readonly number[]): Promise<void>;
  close(): void;
}
