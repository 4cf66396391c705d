// What a worker that runs a policy loads once: the benchmark, its tools at the other end of a port, the base policy, and the backend.
import { wrap } from 'comlink';
import type { Atlas } from '../env/atlas/atlas.ts';
import type { Tool } from '../env/types.ts';
import { type BackendChoice, type BackendReport, startBackend } from '../policy/backend.ts';
import { readPolicy } from '../policy/safetensors.ts';
import type { PolicyState } from '../policy/types.ts';
import { WASM_FILES } from '../policy/wasmFiles.ts';
import { fetchAtlas, fetchBytes } from './fetchAtlas.ts';
import { throughWorker } from './throughWorker.ts';
import type { ToolsApi } from './tools.protocol.ts';

export interface WorkshopSetup {
  /** Address of the folder that holds the benchmarks, ending in a slash. */
  readonly base: string;
  readonly backend: BackendChoice;
}

export interface Workshop {
  readonly benchmark: Atlas;
  readonly tools: readonly Tool[];
  readonly base: PolicyState;
  readonly backend: BackendReport;
}

export async function openWorkshop({ base, backend }: WorkshopSetup, toolsPort: MessagePort): Promise<Workshop> {
  const [benchmark, policyFile, report] = await Promise.all([
    fetchAtlas(base),
    fetchBytes(`${base}atlas/base.safetensors`),
    startBackend(backend, { wasmFiles: WASM_FILES }),
  ]);
  const remote = wrap<ToolsApi>(toolsPort);
  return { benchmark, tools: benchmark.tools.map((tool) => throughWorker(tool, remote)), base: readPolicy(policyFile), backend: report };
}
