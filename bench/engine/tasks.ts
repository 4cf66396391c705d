// What a page or a Node process with WebGPU can be asked to measure. The same code in both.
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/policy/backend.ts';
import type { ContenderName } from './contenders.ts';
import { compareEngines } from './equality.ts';
import { startLedger } from './gpuLedger.ts';
import { startJax } from './jax/engine.ts';
import { tryLarge } from './large.ts';
import { type MemoryRun, watchMemory } from './memory.ts';
import { measurePeak, type Peak } from './peak.ts';
import { countTurns, runSides, type Sides, type TurnCalls } from './sides.ts';
import { runSweep, type SweepPoint } from './sweep.ts';
import { BUDGET_WORKLOAD, SOFTWARE_WORKLOAD } from './workload.ts';

/** What the place that runs a task provides. */
export interface Surroundings {
  /** As startBackend wants them. */
  readonly wasmFiles: Readonly<Record<string, string>>;
  /** One file of the benchmark atlas. */
  readonly readAtlas: (file: string) => Promise<Uint8Array>;
  /** Bytes of the JavaScript heap after collecting garbage. */
  readonly heap: () => Promise<number>;
  readonly log: (line: string) => void;
}

export interface Adapter {
  readonly adapter: string;
  readonly software: boolean;
}

export interface Engines extends Adapter {
  readonly sides: Sides;
  readonly turns: TurnCalls;
  readonly peak: Peak;
}

export interface Sweep extends Adapter {
  readonly points: readonly SweepPoint[];
}

const NAMES: readonly ContenderName[] = ['FusedPolicy', 'ReferencePolicy', 'jax-js'];
const ROUNDS = 7;

export const TASKS = {
  async engines({ log }: Surroundings): Promise<Engines> {
    const { adapter, software, device } = await start();
    const workload = software ? SOFTWARE_WORKLOAD : BUDGET_WORKLOAD;
    const turns = await countTurns(workload);
    const sides = await runSides(workload, NAMES, ROUNDS, log);
    return { adapter, software, sides, turns, peak: await measurePeak(device, software) };
  },
  async sweep({ log }: Surroundings): Promise<Sweep> {
    const { adapter, software } = await start();
    return { adapter, software, points: await runSweep(software ? SOFTWARE_WORKLOAD : BUDGET_WORKLOAD, software, NAMES, log) };
  },
  equality: compareEngines,
  large: tryLarge,
  async memory(surroundings: Surroundings): Promise<Adapter & MemoryRun> {
    const { adapter, software } = await start();
    return { adapter, software, ...(await watchMemory(surroundings)) };
  },
} as const;

export type TaskName = keyof typeof TASKS;
export type TaskResult<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;

/** tfjs and jax-js on WebGPU, each on its own device of the one adapter. */
async function start(): Promise<Adapter & { readonly device: GPUDevice }> {
  startLedger();
  const { adapter, software } = await startBackend('webgpu', { wasmFiles: {} });
  await startJax();
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  return { adapter: adapter ?? '', software, device };
}
