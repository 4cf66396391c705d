// What the tools worker answers: calls of tools, and pictures of scenes for people. Types alone.
import type { Observation, Picture, Task, ToolContext } from '../env/types.ts';
import type { BenchmarkName } from '../train/config.ts';
import type { Answer } from './answer.ts';

export interface ToolsApi {
  /** Loads a benchmark from the folder of benchmarks at this address, ending in a slash. */
  prepare(base: string, benchmark: BenchmarkName): Promise<Answer<void>>;
  /** Answers a call; the policy's own faults are observations, anything else is an error. */
  call(benchmark: BenchmarkName, tool: string, args: Readonly<Record<string, unknown>>, context: ToolContext): Promise<Answer<Observation>>;
  /** The scene of a task of the atlas as people see it, 288 · scale pixels a side. */
  picture(task: PicturedTask, scale: number): Promise<Answer<Picture>>;
  /** What the policy sees of it at first, 24 × 24. */
  overview(task: PicturedTask): Promise<Answer<Picture>>;
  /** Opens a further channel to the same tools. */
  connect(port: MessagePort): Promise<void>;
}

/** All that drawing needs of a task. */
export type PicturedTask = Pick<Task, 'id' | 'scene'>;
