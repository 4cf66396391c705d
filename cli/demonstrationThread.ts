// Demonstrations are made in a second thread while the first one trains on those before.
import type { DemonstrationSource, PretrainStage } from '../src/train/pretrain.ts';
import type { Transcript } from '../src/train/transcript.ts';
import { startWorker } from './thread.ts';

export interface DemonstrationRequest {
  readonly id: number;
  readonly stage: PretrainStage;
  readonly seed: number;
  readonly step: number;
}

export type DemonstrationReply = { readonly id: number; readonly transcripts: readonly Transcript[] } | { readonly id: number; readonly error: string };

/** A thread for one benchmark; `close` ends it. */
export function demonstrationThread(benchmark: string): { readonly source: DemonstrationSource; close(): void } {
  const worker = startWorker(new URL('./demonstrationWorker.ts', import.meta.url), { benchmark });
  const waiting = new Map<number, { resolve(transcripts: readonly Transcript[]): void; reject(error: Error): void }>();
  let next = 0;
  worker.on('message', (reply: DemonstrationReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) asked?.reject(new Error(reply.error));
    else asked?.resolve(reply.transcripts);
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return {
    source: (stage, seed, step) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, stage, seed, step } satisfies DemonstrationRequest);
      }),
    close: () => void worker.terminate(),
  };
}
