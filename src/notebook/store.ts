// The page's state, outside of React: the run that is shown, the selection, the form, and what the buttons do.
import { createStore } from 'zustand/vanilla';
import type { AtlasManifest } from '../env/atlas/atlas.ts';
import type { BackendChoice, BackendReport } from '../policy/backend.ts';
import type { TruthReport } from '../train/creditComparison.ts';
import type { OptionPath, OptionValue } from '../train/options/optionTable.ts';
import type { Recording } from '../train/recording.ts';
import { startTools, startTrainer, type ToolsClient, type TrainerClient } from '../workers/clients.ts';
import type { TrainerEvent } from '../workers/trainer.protocol.ts';
import { changeOption, DEFAULT_SPEC, differingOptions, type FormSpec } from './form.ts';
import { type Player, playRecording } from './recording.ts';
import { EMPTY_RUN, type RunState, reduceRun } from './runs.ts';
import type { WhatIf } from './whatIf.ts';

/** What is looked at. Null: the newest, or nothing. */
export interface Selection {
  readonly update: number | null;
  readonly group: number;
  /** A step of a rollout: [index of the rollout, index of the step]. */
  readonly step: readonly [number, number] | null;
}

/** True values of calls, and what they say of each credit rule. */
export interface TruthEntry {
  /** Whose policy, in words. */
  readonly title: string;
  /** The command that made a recorded one; null for one made in this page. */
  readonly command: string | null;
  readonly report: TruthReport;
}

export interface NotebookState {
  /** recorded: a run made earlier plays · live: the trainer in this page. */
  readonly source: 'recorded' | 'live';
  readonly recording: Recording | null;
  /** Success of the best policy that calls no tool, by preset: what every accuracy is held against. */
  readonly toolFree: Readonly<Record<string, number>>;
  readonly run: RunState;
  readonly selection: Selection;
  readonly spec: FormSpec;
  readonly backendChoice: BackendChoice;
  /** What runs; null before anything does. */
  readonly backend: BackendReport | null;
  /** Workers and files are being loaded. */
  readonly preparing: boolean;
  /** The recorded run is being played. */
  readonly playing: boolean;
  readonly truths: readonly TruthEntry[];
  /** Options of credit transfer that the shown rollouts are credited under; null: those of the run. */
  readonly whatIf: WhatIf | null;
}

export type NotebookStore = ReturnType<typeof createNotebook>;

/** Updates a second when a recording plays. */
const PLAY_RATE = 15;

/** `base` is the address of the folder that holds the benchmarks. */
export function createNotebook(base: string) {
  let tools: Promise<ToolsClient> | null = null;
  let trainer: TrainerClient | null = null;
  let player: Player | null = null;
  let waiting: TrainerEvent[] = [];
  let flushing = false;

  const store = createStore<NotebookState>(() => ({
    source: 'recorded',
    recording: null,
    toolFree: {},
    run: EMPTY_RUN,
    selection: { update: null, group: 0, step: null },
    spec: DEFAULT_SPEC,
    backendChoice: 'auto',
    backend: null,
    preparing: false,
    playing: false,
    truths: [],
    whatIf: null,
  }));
  const { setState: set, getState: get } = store;

  const take = (events: readonly TrainerEvent[]): void => set(({ run }) => ({ run: events.reduce(reduceRun, run) }));

  /** Live events are taken in at most eight times a second: the charts need no more. */
  const receive = (event: TrainerEvent): void => {
    waiting.push(event);
    if (flushing) return;
    flushing = true;
    setTimeout(() => {
      flushing = false;
      const due = waiting;
      waiting = [];
      take(due);
    }, 125);
  };

  const fail = (error: unknown): void =>
    set(({ run }) => ({ preparing: false, run: { ...run, error: error instanceof Error ? error.message : String(error) } }));

  const actions = {
    /** Fetches what is known of the benchmark before any run. */
    async introduce(): Promise<void> {
      const { toolFree } = (await fetchJson(`${base}atlas/manifest.json`)) as Pick<AtlasManifest, 'toolFree'>;
      set({ toolFree });
    },

    /** Fetches a recorded run and plays it from the start. */
    async play(url: string): Promise<void> {
      const recording = (await fetchJson(url)) as Recording;
      if (get().source === 'live') return; // somebody was faster
      set({ recording });
      actions.replay();
    },

    /** Plays the recording that was fetched; a live run makes way. */
    replay(): void {
      const { recording } = get();
      if (!recording) return;
      player?.stop();
      void trainer?.api.pause();
      set({ source: 'recorded', playing: true, run: EMPTY_RUN, selection: { update: null, group: 0, step: null } });
      const play = (events: readonly TrainerEvent[]): void => {
        take(events);
        if (get().run.status === 'finished') set({ playing: false });
      };
      player = playRecording(recording, PLAY_RATE, play, (callback, milliseconds) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      });
    },

    /** The tools worker, started when first needed. */
    tools(): Promise<ToolsClient> {
      tools ??= startTools(base).catch((error: unknown) => {
        tools = null;
        throw error;
      });
      return tools;
    },

    /** Changes one option of the form. */
    choose(path: OptionPath, value: OptionValue): void {
      set(({ spec }) => ({ spec: changeOption(spec, path, value) }));
    },
    /** Puts a whole setting into the form. */
    fill(spec: FormSpec): void {
      set({ spec });
    },
    chooseBackend(backendChoice: BackendChoice): void {
      set({ backendChoice });
    },
    /** Credits the shown rollouts under other options; null: as the run does. */
    tryCredit(whatIf: WhatIf | null): void {
      set({ whatIf });
    },
    select(change: Partial<Selection>): void {
      set(({ selection }) => ({ selection: { ...selection, ...change } }));
    },

    /** Starts a live run from the form's values, or goes on with the one that waits. `updates`: pause after so many. */
    async run(updates?: number): Promise<void> {
      const { source, run, preparing, spec, backend, backendChoice } = get();
      if (preparing || (source === 'live' && run.status === 'running')) return;
      try {
        const untouched = run.status === 'idle' && run.config !== null; // nothing is lost by taking the form as it is now
        const stale = untouched && (differingOptions(spec, run.config).length > 0 || (backendChoice !== 'auto' && backend?.backend !== backendChoice));
        if (source === 'recorded' || !trainer || run.status === 'finished' || run.config === null || stale) await actions.reset();
        if (!trainer || get().run.error !== null) return;
        await trainer.api.run(updates);
      } catch (error) {
        fail(error);
      }
    },
    step: (): Promise<void> => actions.run(1),
    async pause(): Promise<void> {
      player?.stop();
      await trainer?.api.pause();
    },
    async stop(): Promise<void> {
      player?.stop();
      set({ playing: false });
      await trainer?.api.stop();
    },

    /** A new live run from the form's values; it waits before its first update. */
    async reset(): Promise<void> {
      player?.stop();
      const { spec, backendChoice } = get();
      set({ source: 'live', playing: false, preparing: true, run: EMPTY_RUN, selection: { update: null, group: 0, step: null } });
      try {
        if (trainer && backendChoice !== 'auto' && trainer.backend.backend !== backendChoice) {
          trainer.close();
          trainer = null;
        }
        trainer ??= await startTrainer(base, backendChoice, await actions.tools(), receive);
        set({ backend: trainer.backend });
        const begun = await trainer.api.begin(spec);
        if (begun.kind === 'error') throw new Error(begun.message);
        set({ preparing: false });
      } catch (error) {
        fail(error);
      }
    },

    /** Fetches truth reports that were recorded. */
    async fetchTruths(urls: readonly string[]): Promise<void> {
      const recorded = (await Promise.all(urls.map(fetchJson))) as readonly (TruthReport & Omit<TruthEntry, 'report'>)[];
      set(({ truths }) => ({ truths: [...recorded.map(({ title, command, ...report }) => ({ title, command, report })), ...truths] }));
    },
    /** Estimates true values under the live policy as it is now, or under the base policy if there is no live run. */
    async estimateTruth(options: { readonly calls: number; readonly continuations: number }): Promise<void> {
      try {
        if (get().source === 'recorded' || !trainer || get().run.config === null) await actions.reset();
        if (!trainer || get().run.error !== null) return;
        const { update } = get().run;
        const report = await trainer.api.truth(options);
        if (report.kind === 'error' && report.name !== 'AbortError') throw new Error(report.message);
        if (report.kind === 'ok') {
          const title = update === 0 ? 'this page: base policy' : `this page: after ${update} updates`;
          set(({ truths }) => ({ truths: [...truths, { title, command: null, report: report.value }] }));
        }
      } catch (error) {
        fail(error);
      }
    },
    async stopTruth(): Promise<void> {
      await trainer?.api.stopTruth();
    },

    /** The files of the live run, for saving. */
    files: async (): Promise<Readonly<Record<string, Blob>>> => (trainer ? trainer.api.files() : {}),
  };

  return { ...store, actions };
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: expected a file, the server said ${response.status}`);
  return response.json();
}
