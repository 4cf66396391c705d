// A run as views are given it: what it is called by, in a key and in words, and its state.
import type { RunState } from './runs.ts';

export interface ShownRun {
  /** The flags that repeat it (train/runKey.ts). */
  readonly key: string;
  readonly name: string;
  readonly state: RunState;
}
