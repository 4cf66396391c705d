// Native PyTorch as a child process (updateTime.py) that runs one update whenever it is asked for one.
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface TorchUpdate {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly gradNorm: number;
  readonly version: string;
}

export interface TorchUpdates {
  update(): Promise<TorchUpdate>;
  stop(): void;
}

/** The first that has torch: $PYTHON, python3 of the PATH, the system's own. null: none. */
export function findTorch(): string | null {
  const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter((name) => name !== undefined);
  const hasTorch = (python: string): boolean => {
    try {
      execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  return candidates.find(hasTorch) ?? null;
}

/** Starts it with the work, which travels as one line of JSON. */
export function startTorch(python: string, work: object): TorchUpdates {
  const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, [fileURLToPath(new URL('updateTime.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...oneThread },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(work, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value))}\n`);
  return {
    async update() {
      child.stdin.write('update\n');
      const { value, done } = await lines.next();
      if (done) throw new Error('updateTime.py: expected an answer, but it has ended; what it says stands above');
      return JSON.parse(value) as TorchUpdate;
    },
    stop: () => child.kill(),
  };
}
