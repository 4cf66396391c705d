// A run as the notebook holds it: what is known of it, where that came from, and what was made of it before.
import type { Recording } from '../train/recording.ts';
import type { RunReference } from './cells/cellValue.ts';
import { EMPTY_RUN, type RunState } from './runs.ts';

/** none: nothing is known yet · recorded: shipped with the page · live: made in this page since it was opened · saved: from the library. */
export type RunSource = 'none' | 'recorded' | 'live' | 'saved';

export interface RunEntry extends RunReference {
  readonly name: string;
  readonly source: RunSource;
  readonly state: RunState;
  /** The recording of this very run, if there is one. */
  readonly recording: Recording | null;
  /** It is being looked for among the recorded runs. */
  readonly loading: boolean;
  /** The recording is being played. */
  readonly playing: boolean;
  /** Its record in the library; null: not there. */
  readonly saved: string | null;
}

export function newEntry(reference: RunReference, name: string): RunEntry {
  return { ...reference, name, source: 'none', state: EMPTY_RUN, recording: null, loading: false, playing: false, saved: null };
}

/** Whether there is anything to be shown of it. */
export function hasData({ state }: RunEntry): boolean {
  return state.metrics.length > 0 || state.evaluations.length > 0;
}

/** The state as it was after an update: what came later is left out. */
export function stateAt(state: RunState, update: number): RunState {
  const before = <T extends { readonly update: number }>(list: readonly T[]): readonly T[] => list.filter((each) => each.update <= update);
  return {
    ...state,
    update,
    phase: null,
    metrics: before(state.metrics),
    evaluations: before(state.evaluations),
    histograms: before(state.histograms),
    groups: before(state.groups),
    probes: before(state.probes),
  };
}
