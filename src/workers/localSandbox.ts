// The sandbox without a worker and without a watchdog, for tests and for Node: the twin of sandbox.client.ts.
import type { RunData, Sandbox } from './sandbox.protocol.ts';
import { createSandboxHost } from './sandboxHost.ts';

/** `deadline` in milliseconds a cell. */
export async function startLocalSandbox({ deadline = 1000 } = {}): Promise<Sandbox> {
  const host = await createSandboxHost();
  return {
    setRuns: async (runs: readonly RunData[]) => host.setRuns({ order: runs.map(({ key }) => key), changed: runs }),
    evaluate: async (cell) => host.evaluate(cell, deadline),
    forget: async (ids) => host.forget(ids),
    close: () => {},
  };
}
