// The tasks in a browser page: `runTask(name)` gives a task's result.
import { WASM_FILES } from '../../src/policy/wasmFiles.ts';
import { collectGarbage } from './collectGarbage.ts';
import { type Surroundings, TASKS, type TaskName } from './tasks.ts';

const surroundings: Surroundings = {
  wasmFiles: WASM_FILES,
  async readAtlas(file) {
    const response = await fetch(`/benchmarks/atlas/${file}`);
    if (!response.ok) throw new Error(`${file}: expected it of the server, got ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  },
  async heap() {
    await collectGarbage();
    return (performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } }).memory.usedJSHeapSize;
  },
  log: (line) => console.info(line),
};

Object.assign(globalThis, { runTask: (name: TaskName) => TASKS[name](surroundings) });
