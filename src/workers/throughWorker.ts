// A tool whose calls are answered by the tools worker.
import type { Remote } from 'comlink';
import type { Tool } from '../env/types.ts';
import type { BenchmarkName } from '../train/config.ts';
import { unwrap } from './answer.ts';
import type { ToolsApi } from './tools.protocol.ts';

export function throughWorker(benchmark: BenchmarkName, tool: Tool, remote: Remote<ToolsApi>): Tool {
  return { ...tool, call: async (args, context) => unwrap(await remote.call(benchmark, tool.name, args, context)) };
}
