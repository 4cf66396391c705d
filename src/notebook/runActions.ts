// What can be done with runs: shown from a recording, made live, stopped, gone on with, judged.
import { BENCHMARKS, type BenchmarkName, trainConfig } from '../train/config.ts';
import type { Recording } from '../train/recording.ts';
import { startTools, type ToolsClient } from '../workers/clients.ts';
import type { LiveSetup } from '../workers/liveTools.ts';
import type { Checkpoint, TrainerEvent } from '../workers/trainer.protocol.ts';
import type { RunReference } from './cells/cellValue.ts';
import { type LiveRuns, liveRuns } from './liveRuns.ts';
import { type RecordedRuns, recordedFolder, recordedRuns } from './recordedRuns.ts';
import { type Player, playRecording } from './recording.ts';
import { hasData, newEntry, type RunEntry, stateAt } from './runEntry.ts';
import { EMPTY_RUN, reduceRun } from './runs.ts';
import { NO_SELECTION, type Selection } from './selection.ts';
import type { GetState, SetState } from './state.ts';

/** Updates a second when a recording plays. */
const PLAY_RATE = 15;

/** How long a trainer that was asked to stop may take before it may be ended, milliseconds. */
const PATIENCE = 1500;

export type RunActions = ReturnType<typeof runActions>;

const benchmarkOf = ({ spec }: RunReference): BenchmarkName => trainConfig(spec).benchmark;

/** `base` is the address of the folder that holds the benchmarks. */
export function runActions(base: string, set: SetState, get: GetState) {
  const recorded = Object.fromEntries(BENCHMARKS.map((name) => [name, recordedRuns(recordedFolder(base, name))])) as Record<BenchmarkName, RecordedRuns>;
  const players = new Map<string, Player>();
  let tools: Promise<ToolsClient> | null = null;
  const fetchingTruths = new Map<BenchmarkName, Promise<void>>();

  const change = (key: string, part: Partial<RunEntry> | ((entry: RunEntry) => Partial<RunEntry>)): void =>
    set(({ runs }) => {
      const entry = runs[key];
      return entry ? { runs: { ...runs, [key]: { ...entry, ...(typeof part === 'function' ? part(entry) : part) } } } : {};
    });
  const take = (key: string, events: readonly TrainerEvent[]): void => change(key, ({ state }) => ({ state: events.reduce(reduceRun, state) }));
  const fail = (key: string, error: unknown): void => {
    set({ preparing: null });
    change(key, ({ state }) => ({ state: { ...state, error: error instanceof Error ? error.message : String(error) } }));
  };
  const halt = (key: string): void => {
    players.get(key)?.stop();
    players.delete(key);
    change(key, { playing: false });
  };
  const startedTools = (): Promise<ToolsClient> => {
    tools ??= startTools(base).catch((error: unknown) => {
      tools = null;
      throw error;
    });
    return tools;
  };
  let setup: LiveSetup = { keys: [], proxy: null, cassette: { kind: 'off' } }; // no part of the state, which is saved and exported: it holds keys
  const live: LiveRuns = liveRuns({ base, tools: startedTools, setup: () => setup, onEvents: take });

  const actions = {
    /** Makes a run known; its recording is fetched, and shown at once, if there is one. `play`: from the start, at a pace for watching. */
    async show(reference: RunReference, play = false): Promise<void> {
      const { key } = reference;
      if (get().runs[key]) return;
      set(({ runs }) => ({ runs: { ...runs, [key]: { ...newEntry(reference, key), loading: true } } }));
      try {
        const ofBenchmark = recorded[benchmarkOf(reference)];
        const line = await ofBenchmark.find(key);
        if (!line) return;
        change(key, { name: line.title });
        const recording = await ofBenchmark.load(line);
        change(key, { recording });
        if (get().runs[key]?.source !== 'none') return; // somebody was faster
        if (play) actions.play(key);
        else actions.showWhole(key, recording);
      } catch (error) {
        console.warn('the recorded run cannot be shown:', error);
      } finally {
        change(key, { loading: false });
      }
    },
    /** The recording's end, at once. */
    showWhole(key: string, { reports }: Recording): void {
      const last = reports[reports.length - 1];
      const finished: TrainerEvent = { kind: 'status', status: 'finished', update: last && 'update' in last ? last.update : 0 };
      change(key, { source: 'recorded', state: [...reports, finished].reduce<RunEntry['state']>(reduceRun, EMPTY_RUN) });
    },
    /** Plays the recording of a run from the start, with its newest update looked at. */
    replay(key: string): void {
      actions.select(key, NO_SELECTION);
      actions.play(key);
    },
    /** Plays the recording of a run from the start; if the run is live, it makes way. */
    play(key: string): void {
      const recording = get().runs[key]?.recording;
      if (!recording) return;
      halt(key);
      if (live.held() === key) void live.pause();
      change(key, { source: 'recorded', playing: true, state: EMPTY_RUN });
      const tell = (events: readonly TrainerEvent[]): void => {
        take(key, events);
        if (get().runs[key]?.state.status === 'finished') change(key, { playing: false });
      };
      const player = playRecording(recording, PLAY_RATE, tell, (callback, milliseconds) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      });
      players.set(key, player);
    },
    /** Ends the playing of a recording where it is. */
    halt,

    /** The tools worker, started when first needed. */
    tools: startedTools,

    /** What is looked at in a run. */
    select(key: string, part: Partial<Selection>): void {
      set(({ selections }) => ({ selections: { ...selections, [key]: { ...(selections[key] ?? NO_SELECTION), ...part } } }));
    },
    /** The kept update before or after the one that is looked at. */
    selectUpdate(key: string, by: number): void {
      const groups = get().runs[key]?.state.groups ?? [];
      const { update } = get().selections[key] ?? NO_SELECTION;
      const at = update === null ? groups.length - 1 : groups.findLastIndex((each) => each.update <= update);
      const next = groups[Math.max(0, Math.min(groups.length - 1, at + by))];
      if (next) actions.select(key, { update: next.update, group: 0, step: null });
    },
    /** The rest of a recording that is being played, at once. */
    finishPlaying(key: string): void {
      const recording = get().runs[key]?.recording;
      halt(key);
      if (recording) actions.showWhole(key, recording);
    },

    /** Makes a run live, or goes on with it. `updates`: pause after so many. */
    async run(reference: RunReference, updates?: number): Promise<void> {
      const { preparing, backendChoice } = get();
      const { key } = reference;
      const entry = get().runs[key];
      if (preparing !== null || (live.held() === key && entry?.state.status === 'running')) return;
      try {
        const otherBackend = backendChoice !== 'auto' && get().backend?.backend !== backendChoice;
        const resumable = entry?.source === 'live' || (entry?.source === 'saved' && live.checkpointOf(key) !== null);
        const fresh = !resumable || entry.state.status === 'finished';
        if (fresh || live.held() !== key || (otherBackend && entry.state.update === 0) || live.outdated()) await actions.hold(reference, fresh);
        if (live.held() !== key) return;
        await live.run(updates);
      } catch (error) {
        fail(key, error);
      }
    },
    /** Gives a run to the trainer; `fresh`: from its start, else from its last checkpoint. It waits before its next update. */
    async hold(reference: RunReference, fresh: boolean): Promise<void> {
      const { key } = reference;
      halt(key);
      await actions.show(reference);
      if (fresh) live.forget(key);
      const from = live.checkpointOf(key);
      set({ preparing: key, focus: reference });
      change(key, ({ state }) => ({ source: 'live', playing: false, state: from ? { ...stateAt(state, from.update), error: null } : EMPTY_RUN }));
      if (!from) actions.select(key, NO_SELECTION);
      try {
        const backend = await live.hold(reference, get().backendChoice, from);
        set({ backend, preparing: null });
      } catch (error) {
        fail(key, error);
      }
    },
    /** A new live run of the same key; it waits before its first update. */
    reset: (reference: RunReference): Promise<void> => actions.hold(reference, true),
    async pause(): Promise<void> {
      await live.pause();
    },
    /** Halts at once and keeps everything. If the trainer does not listen, `end` is offered. */
    async stop(): Promise<void> {
      const offer = setTimeout(() => set({ unresponsive: true }), PATIENCE);
      await live.stop();
      clearTimeout(offer);
      set({ unresponsive: false });
    },
    /** Ends the trainer's worker; its run stands as its last checkpoint left it, and can be gone on with. */
    end(): void {
      const key = live.held();
      live.end();
      set({ unresponsive: false, preparing: null });
      if (key === null) return;
      const from = live.checkpointOf(key);
      change(key, ({ state }) => ({ state: { ...(from ? stateAt(state, from.update) : EMPTY_RUN), config: state.config, status: 'stopped' } }));
    },

    /** Fetches the truth reports that were recorded of a benchmark, once. */
    async fetchTruths(benchmark: BenchmarkName): Promise<void> {
      const fetching =
        fetchingTruths.get(benchmark) ??
        recorded[benchmark].truths().then((reports) => {
          const entries = reports.map(({ title, command, ...report }) => ({ benchmark, title, command, report }));
          set(({ truths }) => ({ truths: [...entries, ...truths] }));
        });
      fetchingTruths.set(benchmark, fetching);
      fetching.catch(() => fetchingTruths.delete(benchmark));
      await fetching;
    },
    /** Estimates true values under a run's policy as it is now; of a run that is not live: under the base policy. */
    async estimateTruth(reference: RunReference, options: { readonly calls: number; readonly continuations: number }): Promise<void> {
      const { key } = reference;
      try {
        if (live.held() !== key) await actions.hold(reference, get().runs[key]?.source !== 'live');
        if (live.held() !== key) return;
        const { update } = (get().runs[key] as RunEntry).state;
        const report = await live.truth(options);
        if (!report) return;
        const title = update === 0 ? 'this page: base policy' : `this page: after ${update} updates`;
        set(({ truths }) => ({ truths: [...truths, { benchmark: benchmarkOf(reference), title, command: null, report }] }));
      } catch (error) {
        fail(key, error);
      }
    },
    stopTruth: (): Promise<void> => live.stopTruth(),

    /** Keys, proxy and cassette of live tools: what a run is begun with, or goes on with. In memory until the page is closed. */
    liveSetup: (): LiveSetup => setup,
    changeLiveSetup(part: Partial<LiveSetup>): void {
      setup = { ...setup, ...part };
    },
    /** What the held run's live tools have answered, where that is recorded; else empty. */
    cassette: (): Promise<string> => live.cassette(),
    /** The files of the run that the trainer holds, for saving. */
    files: (): Promise<Readonly<Record<string, Blob>>> => live.files(),
    checkpointOf: (key: string): Checkpoint | null => live.checkpointOf(key),
    /** What a run can be gone on with from. */
    keepCheckpoint: (key: string, checkpoint: Checkpoint): void => live.keep(key, checkpoint),
    /** Which run the trainer holds. */
    held: (): string | null => live.held(),
    hasData: (key: string): boolean => {
      const entry = get().runs[key];
      return entry !== undefined && hasData(entry);
    },
  };
  return actions;
}
