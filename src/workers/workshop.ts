// What a worker that runs a policy loads once: the benchmark, its tools at the other end of a port, the base policy, and the backend.
import { wrap } from 'comlink';
import type { Benchmark, Tool } from '../env/types.ts';
import { type BackendChoice, type BackendReport, startBackend } from '../policy/backend.ts';
import { readPolicy } from '../policy/safetensors.ts';
import type { PolicyState } from '../policy/types.ts';
import { WASM_FILES } from '../policy/wasmFiles.ts';
import type { BenchmarkName } from '../train/config.ts';
import { unwrap } from './answer.ts';
import { fetchBenchmark, fetchBytes } from './fetchBenchmark.ts';
import { throughWorker } from './throughWorker.ts';
import type { ToolsApi } from './tools.protocol.ts';

export interface WorkshopSetup {
  /** Address of the folder that holds the benchmarks, ending in a slash. */
  readonly base: string;
  readonly benchmark: BenchmarkName;
  readonly backend: BackendChoice;
}

export interface Workshop {
  readonly benchmark: Benchmark;
  readonly tools: readonly Tool[];
  readonly base: PolicyState;
  readonly backend: BackendReport;
}

export async function openWorkshop({ base, benchmark: name, backend }: WorkshopSetup, toolsPort: MessagePort): Promise<Workshop> {
  const [benchmark, policyFile, report] = await Promise.all([
    fetchBenchmark(base, name),
    fetchBytes(`${base}${name}/base.safetensors`),
    startBackend(backend, { wasmFiles: WASM_FILES }),
  ]);
  const remote = wrap<ToolsApi>(toolsPort);
  unwrap(await remote.prepare(base, name));
  return { benchmark, tools: benchmark.tools.map((tool) => throughWorker(name, tool, remote)), base: readPolicy(policyFile), backend: report };
}
