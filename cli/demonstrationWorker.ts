// The thread of demonstrationThread.ts: answers a request with the transcripts of one step.
import { parentPort, workerData } from 'node:worker_threads';
import { buildDemonstrator } from '../src/train/demonstrations.ts';
import { demonstrationPlan } from '../src/train/pretrain.ts';
import type { DemonstrationReply, DemonstrationRequest } from './demonstrationThread.ts';
import { loadBenchmark } from './machine.ts';

const demonstrator = loadBenchmark((workerData as { benchmark: string }).benchmark).then(buildDemonstrator);

parentPort?.on('message', async ({ id, stage, seed, step }: DemonstrationRequest) => {
  const reply = (message: DemonstrationReply): void => parentPort?.postMessage(message);
  try {
    const demonstrate = await demonstrator;
    const plan = demonstrationPlan(stage, seed, step);
    const made = await Promise.all(plan.map(({ preset, index }) => demonstrate(preset, seed, index, stage.faults)));
    reply({ id, transcripts: made.map(({ transcript }) => transcript) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
