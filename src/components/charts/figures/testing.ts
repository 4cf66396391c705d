// Runs and inputs for tests of figures.
import { groupRuns } from '../../../notebook/runGroups.ts';
import { EMPTY_RUN, type RunState } from '../../../notebook/runs.ts';
import type { ShownRun } from '../../../notebook/shownRun.ts';
import { type TrainSpec, trainConfig } from '../../../train/config.ts';
import type { MetricRecord } from '../../../train/metrics.ts';
import { runKey } from '../../../train/runKey.ts';
import type { FigureInput } from './overUpdates.ts';

/** A run whose update u has the u-th record, counted from 1. */
export function shownRun(spec: TrainSpec, records: readonly Readonly<Record<string, number>>[], state: Partial<RunState> = {}): ShownRun {
  const metrics = records.map((record, i) => ({ update: i + 1, ...record }) as MetricRecord);
  return { key: runKey(spec), name: `seed ${spec.seed ?? 1}`, state: { ...EMPTY_RUN, config: trainConfig(spec), metrics, ...state } };
}

export function inputOf(runs: readonly ShownRun[], change: Partial<FigureInput> = {}): FigureInput {
  const none: ReadonlySet<string> = new Set();
  return { groups: groupRuns(runs), hiddenGroups: none, hiddenSeries: none, smoothing: 0, tau: 0.7, update: null, toolFree: undefined, ...change };
}
