// The tasks in Node on Dawn, as a child process: its argument is the task, its messages are { log }, { result } or { noAdapter }.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { collectGarbage } from './collectGarbage.ts';
import { startDawn } from './dawn.ts';
import { type Surroundings, TASKS, type TaskName } from './tasks.ts';

export type DawnMessage = { readonly log: string } | { readonly result: unknown } | { readonly noAdapter: true };

const send = (message: DawnMessage): Promise<void> => new Promise((resolve) => process.send?.(message, () => resolve()));
const wasmFolder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

const surroundings: Surroundings = {
  wasmFiles: Object.fromEntries(
    ['', '-simd', '-threaded-simd'].map((kind) => [`tfjs-backend-wasm${kind}.wasm`, path.join(wasmFolder, `tfjs-backend-wasm${kind}.wasm`)]),
  ),
  readAtlas: (file) => readFile(new URL(`../../public/benchmarks/atlas/${file}`, import.meta.url)),
  async heap() {
    await collectGarbage();
    return process.memoryUsage().heapUsed;
  },
  log: (log) => void send({ log }),
};

await send((await startDawn()) ? { result: await TASKS[process.argv[2] as TaskName](surroundings) } : { noAdapter: true });
process.exit(0); // Dawn's threads would hold the process
