// The page's state, outside of React, and everything that the page can be asked to do.
import { createStore } from 'zustand/vanilla';
import type { BenchmarkManifest } from '../env/benchmarkFiles.ts';
import { sha256 } from '../env/sha256.ts';
import type { BackendChoice } from '../policy/backend.ts';
import { BENCHMARKS } from '../train/config.ts';
import type { RunReference } from './cells/cellValue.ts';
import type { Evaluator } from './cells/evaluator.ts';
import type { NotebookShelf } from './document/notebookShelf.ts';
import { type DocumentActions, documentActions } from './documentActions.ts';
import { startEvaluation } from './evaluation.ts';
import { fetchJson } from './fetchJson.ts';
import { type LibraryActions, libraryActions } from './libraryActions.ts';
import { type LinkActions, linkActions, type Screen } from './linkActions.ts';
import { type RunActions, runActions } from './runActions.ts';
import type { RunEntry } from './runEntry.ts';
import type { OpenLibrary } from './runLibrary/browserRunLibrary.ts';
import { INITIAL_STATE, type NotebookState } from './state.ts';
import type { WhatIf } from './whatIf.ts';

export type { Selection } from './selection.ts';
export type { NotebookState, TruthEntry } from './state.ts';

export interface NotebookParts {
  /** Address of the folder that holds the page's files, ending in a slash. */
  readonly base: string;
  readonly evaluator: Evaluator;
  readonly shelf: NotebookShelf;
  readonly screen: Screen;
  readonly openLibrary: () => Promise<OpenLibrary>;
}

export type NotebookStore = ReturnType<typeof createNotebook>;
export type NotebookActions = RunActions & DocumentActions & LibraryActions & LinkActions & SettingActions;

interface SettingActions {
  /** Goes on with the run that the bar drives, after what was edited last has been taken in. */
  runFocus(updates?: number): Promise<void>;
  resetFocus(): Promise<void>;
  /** Fetches what is known of the benchmarks before any run. */
  introduce(): Promise<void>;
  chooseBackend(choice: BackendChoice): void;
  /** Credits the shown rollouts of a run under other options; null: as the run does. */
  tryCredit(key: string, whatIf: WhatIf | null): void;
  setRoom(room: boolean): void;
  /** The reader's own theme counts again. */
  leaveLinkedTheme(): void;
  dismissToast(): void;
}

/** Whether a live run has just come to rest with something to keep. */
function hasHalted(now: RunEntry | undefined, before: RunEntry | undefined): boolean {
  return now?.source === 'live' && now.state.update > 0 && now.state.status !== 'running' && before?.state.status === 'running';
}

const NONE: readonly string[] = [];

export function createNotebook({ base, evaluator, shelf, screen, openLibrary }: NotebookParts) {
  const store = createStore<NotebookState>(() => INITIAL_STATE);
  const { setState: set, getState: get } = store;
  const runs = runActions(`${base}benchmarks/`, set, get);
  const evaluation = startEvaluation(evaluator, (run) => void runs.show(run, true), set, get);
  const digest = (text: string): Promise<string> => sha256(new TextEncoder().encode(text));
  const documents = documentActions({ folder: `${base}notebooks/`, evaluation, shelf, digest, now: () => performance.now() }, set, get);
  const settledFocus = async (work: (run: RunReference) => Promise<void>): Promise<void> => {
    await evaluation.settled();
    const { focus } = get();
    if (focus) await work(focus);
  };
  const settings: SettingActions = {
    runFocus: (updates) => settledFocus((run) => runs.run(run, updates)),
    resetFocus: () => settledFocus(runs.reset),
    async introduce() {
      const manifests = (await Promise.all(BENCHMARKS.map((name) => fetchJson(`${base}benchmarks/${name}/manifest.json`)))) as BenchmarkManifest[];
      set({ toolFree: Object.assign({}, ...manifests.map(({ toolFree }) => toolFree)) }); // no two benchmarks share a preset's name
    },
    chooseBackend: (backendChoice) => set({ backendChoice }),
    tryCredit: (key, whatIf) => set(({ whatIfs }) => ({ whatIfs: { ...whatIfs, [key]: whatIf } })),
    setRoom: (room) => set({ room }),
    leaveLinkedTheme: () => set({ linkedTheme: null }),
    dismissToast: () => set({ toast: null }),
  };
  const library = libraryActions(openLibrary, runs, documents, set, get);
  const actions: NotebookActions = { ...settings, ...runs, ...documents, ...library, ...linkActions(runs, documents, screen, set, get) };
  store.subscribe((state, before) => {
    const [deleted, deletedBefore] = [state, before].map(({ open }) => open?.log.state.deletedRuns ?? NONE);
    if (deleted && deletedBefore && deleted !== deletedBefore && deleted.length + deletedBefore.length > 0)
      void library.followDeletions(deleted, deletedBefore);
    if (state.runs === before.runs) return;
    const changed = Object.keys(state.runs).filter((key) => state.runs[key] !== before.runs[key]);
    evaluation.follow(changed);
    for (const key of changed) if (hasHalted(state.runs[key], before.runs[key])) void library.keepRun(key);
  });
  return { ...store, actions };
}
