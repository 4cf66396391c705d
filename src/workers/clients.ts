// The page's ends of the workers.
import { proxy, type Remote, transfer, wrap } from 'comlink';
import type { AuditCreditOptions } from '../audit/creditTable.ts';
import type { BackendReport } from '../policy/backend.ts';
import type { BenchmarkName } from '../train/config.ts';
import { unwrap } from './answer.ts';
import type { AuditApi, AuditProgress, OpenedAudit } from './audit.protocol.ts';
import { failureOf } from './failureOf.ts';
import type { ToolsApi } from './tools.protocol.ts';
import type { TrainerApi, TrainerEvent } from './trainer.protocol.ts';
import type { WorkshopSetup } from './workshop.ts';

export interface ToolsClient {
  readonly api: Remote<ToolsApi>;
  close(): void;
}

export interface TrainerClient {
  readonly api: Remote<TrainerApi>;
  readonly backend: BackendReport;
  readonly benchmark: BenchmarkName;
  /** Ends the worker at once, whatever it does. */
  close(): void;
}

export interface AuditClient {
  readonly api: Remote<AuditApi>;
  /** As the worker's `open`. Throws an Error with its name and message, also where the worker cannot be loaded. */
  open(file: Blob, options: AuditCreditOptions, onProgress: (progress: AuditProgress) => void): Promise<OpenedAudit>;
  /** Ends the worker at once, and all that it holds. */
  close(): void;
}

/** Starts the tools worker with the atlas, whose scenes it draws for people. Throws if that cannot be loaded from `base`. */
export async function startTools(base: string): Promise<ToolsClient> {
  const worker = new Worker(new URL('./tools.worker.ts', import.meta.url), { type: 'module', name: 'tools' });
  const api = wrap<ToolsApi>(worker);
  unwrap(await Promise.race([api.prepare(base, 'atlas'), failureOf(worker)]));
  return { api, close: () => worker.terminate() };
}

/** Starts a trainer worker that calls the given tools. Throws if the benchmark or the backend cannot be had. */
export async function startTrainer(setup: WorkshopSetup, tools: ToolsClient, onEvent: (event: TrainerEvent) => void): Promise<TrainerClient> {
  const worker = new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module', name: 'trainer' });
  const api = wrap<TrainerApi>(worker);
  const { port1, port2 } = new MessageChannel();
  await tools.api.connect(transfer(port1, [port1]));
  const report = unwrap(await Promise.race([api.prepare(setup, transfer(port2, [port2]), proxy(onEvent)), failureOf(worker)]));
  return { api, backend: report, benchmark: setup.benchmark, close: () => worker.terminate() };
}

/** Starts an audit worker; it holds nothing until a file is opened. */
export function startAudit(): AuditClient {
  const worker = new Worker(new URL('./audit.worker.ts', import.meta.url), { type: 'module', name: 'audit' });
  const api = wrap<AuditApi>(worker);
  const failure = failureOf(worker);
  failure.catch(() => {}); // told by the next `open`
  return {
    api,
    open: async (file, options, onProgress) => unwrap(await Promise.race([api.open(file, options, proxy(onProgress)), failure])),
    close: () => worker.terminate(),
  };
}
