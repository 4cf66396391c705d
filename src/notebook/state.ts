// What the page knows: the notebook that is open, the runs, what is looked at. Changed by actions alone.
import type { BackendChoice, BackendReport } from '../policy/backend.ts';
import type { BenchmarkName } from '../train/config.ts';
import type { TruthReport } from '../train/creditComparison.ts';
import type { CellResult } from './cells/cellResult.ts';
import type { RunReference } from './cells/cellValue.ts';
import type { SaveStatus } from './document/autosave.ts';
import type { CopyEntry } from './document/notebookShelf.ts';
import type { UndoLog } from './document/undoLog.ts';
import type { LinkTarget } from './rollouts/links.ts';
import type { RunEntry } from './runEntry.ts';
import type { RunRecord } from './runLibrary/runLibrary.ts';
import type { Selection } from './selection.ts';
import type { WhatIf } from './whatIf.ts';

/** True values of calls, and what they say of each credit rule. */
export interface TruthEntry {
  readonly benchmark: BenchmarkName;
  /** Whose policy, in words. */
  readonly title: string;
  /** The command that made a recorded one; null for one made in this page. */
  readonly command: string | null;
  readonly report: TruthReport;
}

/** A notebook that ships with the page. */
export interface ShippedNotebook {
  /** Names its file and its link: "what-is-misassignment". */
  readonly name: string;
  readonly title: string;
  /** One sentence on what one learns. */
  readonly summary: string;
  readonly minutes: number;
}

/** What was just done, with the way back if there is one. */
export interface Toast {
  readonly text: string;
  readonly undo: (() => void) | null;
}

export interface OpenNotebook {
  /** The shipped notebook that it is or began as; null: none. */
  readonly origin: string | null;
  /** The copy that edits are saved to; null: the author's version, or a file that was not edited yet. */
  readonly copy: CopyEntry | null;
  readonly log: UndoLog;
  /** How the last save went; null before any. */
  readonly saving: SaveStatus | null;
}

export interface NotebookState {
  readonly shipped: readonly ShippedNotebook[];
  /** The reader's own versions, in this browser. */
  readonly copies: readonly CopyEntry[];
  readonly open: OpenNotebook | null;
  /** Why a notebook could not be opened, or a link read; shown until the next one opens. */
  readonly problem: string | null;
  /** What code cells came to, by cell. */
  readonly results: ReadonlyMap<number, CellResult>;
  /** The cell that keys act on; null: none. */
  readonly cell: number | null;
  /** The cell whose source is being edited. */
  readonly editing: number | null;

  /** By key. */
  readonly runs: Readonly<Record<string, RunEntry>>;
  readonly selections: Readonly<Record<string, Selection>>;
  /** The step or token that a link led to; null: none. */
  readonly linked: LinkTarget | null;
  /** Options of credit transfer that a run's rollouts are credited under where they are not its own, by key. */
  readonly whatIfs: Readonly<Record<string, WhatIf | null>>;
  /** The run that the bar drives. */
  readonly focus: RunReference | null;
  /** The run whose worker is being made ready. */
  readonly preparing: string | null;
  /** The trainer was asked to stop and does not listen. */
  readonly unresponsive: boolean;
  readonly backendChoice: BackendChoice;
  /** What runs; null before anything does. */
  readonly backend: BackendReport | null;
  readonly truths: readonly TruthEntry[];
  /** Success of the best policy that calls no tool, by preset: what every accuracy is held against. */
  readonly toolFree: Readonly<Record<string, number>>;

  /** Runs in the library, deleted ones too; null before anybody asked. */
  readonly records: readonly RunRecord[] | null;
  readonly libraryPlace: 'browser' | 'memory' | null;
  /** What the library could not do, newest last. */
  readonly libraryProblems: readonly string[];

  readonly toast: Toast | null;
  /** For a projector: large type, one figure at a time. */
  readonly room: boolean;
  /** What a link asks for, until the reader chooses; null: the reader's own. */
  readonly linkedTheme: 'light' | 'dark' | null;
  /** Controls that a lesson's link leaves out, and those that it holds fast. */
  readonly hidden: readonly string[];
  readonly locked: readonly string[];
}

export const INITIAL_STATE: NotebookState = {
  shipped: [],
  copies: [],
  open: null,
  problem: null,
  results: new Map(),
  cell: null,
  editing: null,
  runs: {},
  selections: {},
  linked: null,
  whatIfs: {},
  focus: null,
  preparing: null,
  unresponsive: false,
  backendChoice: 'auto',
  backend: null,
  truths: [],
  toolFree: {},
  records: null,
  libraryPlace: null,
  libraryProblems: [],
  toast: null,
  room: false,
  linkedTheme: null,
  hidden: [],
  locked: [],
};

export type SetState = (change: Partial<NotebookState> | ((state: NotebookState) => Partial<NotebookState>)) => void;
export type GetState = () => NotebookState;
