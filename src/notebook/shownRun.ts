// A run as a view shows it: its key (train/runKey.ts), what people call it, and its state.
import type { RunState } from './runs.ts';

export interface ShownRun {
  readonly key: string;
  readonly name: string;
  readonly state: RunState;
}
