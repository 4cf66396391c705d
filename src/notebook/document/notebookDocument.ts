// What a notebook is in memory: plain records, never changed in place. notebookFile.ts has it as text, changes.ts changes it.

/** Every mode that Notebook Kit 2.1.8 knows, with the type that stands in its file. */
const TYPES = {
  md: 'text/markdown',
  js: 'module',
  ts: 'text/x-typescript',
  html: 'text/html',
  tex: 'application/x-tex',
  dot: 'text/vnd.graphviz',
  sql: 'application/sql',
  node: 'application/vnd.node.javascript',
  python: 'text/x-python',
  r: 'text/x-r',
  ojs: 'application/vnd.observable.javascript',
} as const;

export type CellMode = keyof typeof TYPES;
export const CELL_MODES = Object.keys(TYPES) as readonly CellMode[];

const MODES: ReadonlyMap<string, CellMode> = new Map(CELL_MODES.map((mode) => [TYPES[mode], mode]));

export interface Cell {
  /** Positive, once per notebook; links, outputs and the undo log name cells by it. */
  readonly id: number;
  readonly mode: CellMode;
  readonly source: string;
  /** The source stays open where the cell is not being edited. */
  readonly pinned: boolean;
  /** The value is not displayed. */
  readonly hidden: boolean;
  /** Further attributes of Notebook Kit: output, database (sql), format (node, python, r), since. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface NotebookDocument {
  readonly title: string;
  /** A theme of Notebook Kit ("air"), or two of them: "light-dark(air, ink)". */
  readonly theme: string;
  readonly readOnly: boolean;
  readonly cells: readonly Cell[];
}

export const EMPTY_NOTEBOOK: NotebookDocument = { title: 'Untitled', theme: 'air', readOnly: false, cells: [] };

/** The media type of a mode, as the file has it. */
export function typeOfMode(mode: CellMode): string {
  return TYPES[mode];
}

/** The mode of a media type; like Notebook Kit, js for one that is unknown or missing. */
export function modeOfType(type: string | undefined): CellMode {
  return MODES.get(type ?? '') ?? 'js';
}

/** Whether a program outside the page makes the cell's value: such cells have a format. */
export function isInterpreter(mode: CellMode): boolean {
  return mode === 'node' || mode === 'python' || mode === 'r';
}

/** Whether a new cell of this mode shows its source: code does, prose and figures do not. */
export function defaultPinned(mode: CellMode): boolean {
  return mode === 'js' || mode === 'ts' || mode === 'sql' || mode === 'ojs' || isInterpreter(mode);
}

/** A cell as it is added: shown, with its source open if it is code. */
export function newCell(id: number, mode: CellMode, source = ''): Cell {
  return { id, mode, source, pinned: defaultPinned(mode), hidden: false, attributes: {} };
}
