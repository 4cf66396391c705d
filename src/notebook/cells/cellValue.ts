// What a code cell's value is, once it has left the sandbox: plain data, and a view where the code asked for one.
import type { TrainSpec } from '../../train/config.ts';

/** A run, as code names it: its key (train/runKey.ts) and the spec that `train` was given. */
export interface RunReference {
  readonly key: string;
  readonly spec: TrainSpec;
}

export type ChartName = 'accuracy' | 'misassignment' | 'threshold' | 'histogram' | 'entropy' | 'calls' | 'length' | 'time';

/** What a cell can open. Every view takes runs and, where it has choices of its own, their first values. */
export type View =
  /** The form of a run and its controls: the value of a bare `train({...})`. */
  | { readonly kind: 'experiment'; readonly runs: readonly RunReference[] }
  /** run.charts("accuracy", …) or runs.charts([a, b], …): several runs of one setting are drawn as their mean and interval. */
  | { readonly kind: 'charts'; readonly runs: readonly RunReference[]; readonly charts: readonly ChartName[] }
  /** run.trajectories() */
  | { readonly kind: 'trajectories'; readonly run: RunReference }
  /** run.credit({update, group, step}) */
  | { readonly kind: 'credit'; readonly run: RunReference; readonly selection: ViewSelection }
  /** run.rules("none", "tapo", {update, group}) */
  | { readonly kind: 'rules'; readonly run: RunReference; readonly rules: readonly [string, string]; readonly selection: ViewSelection }
  /** runs.truth(): true values that were recorded, and those estimated in this page under the policy of the run in focus. */
  | { readonly kind: 'truth' }
  /** runs.compare([a, b, …], [c, d, …]): settings with their seeds. */
  | { readonly kind: 'comparison'; readonly runs: readonly RunReference[] }
  /** run.question(index) */
  | { readonly kind: 'question'; readonly run: RunReference; readonly group: number }
  /** run.tryIt() or runs.tryIt() */
  | { readonly kind: 'try'; readonly run: RunReference | null }
  /** runs.audit(): one's own rollout file. */
  | { readonly kind: 'audit' }
  /** runs.library() */
  | { readonly kind: 'library' };

/** A first selection of a view; absent parts are the view's own choice. */
export interface ViewSelection {
  readonly update?: number;
  readonly group?: number;
  readonly step?: readonly [rollout: number, step: number];
}

/** `{chart: "line" | "bar", data: rows, x: "update", y: ["a", "b"], title?}` returned from a cell. */
export interface ChartDescription {
  readonly chart: 'line' | 'bar';
  readonly title: string;
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly x: string;
  readonly y: readonly string[];
}

/** `{predict: "…?", choices: ["a", "b"], answer: "b", because: "…"}` returned from a cell: a guess before the answer is shown. */
export interface Prediction {
  readonly question: string;
  readonly choices: readonly string[];
  /** One of the choices. */
  readonly answer: string;
  /** Why, with the numbers. */
  readonly because: string;
}

/** `{tour: "title", stops: [{say: "…", cell: 3, update: 40, group: 0, step: [1, 0]}, …]}` returned from a cell. */
export interface Tour {
  readonly title: string;
  readonly stops: readonly TourStop[];
}

export interface TourStop extends ViewSelection {
  readonly say: string;
  /** The cell that is brought into view. */
  readonly cell?: number;
}

export type CellValue =
  | { readonly kind: 'nothing' }
  /** JSON, or what stands for a function or a number that JSON lacks, as readable text. */
  | { readonly kind: 'text'; readonly text: string }
  /** An array of records: columns in the order of their first appearance. */
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | { readonly kind: 'chart'; readonly chart: ChartDescription }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'prediction'; readonly prediction: Prediction }
  | { readonly kind: 'tour'; readonly tour: Tour };
