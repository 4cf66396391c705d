// The tools worker: real retrieval and drawing, away from the page and from the trainer.
import { expose } from 'comlink';
import type { Atlas } from '../env/atlas/atlas.ts';
import type { Benchmark, Task } from '../env/types.ts';
import type { BenchmarkName } from '../train/config.ts';
import { answer } from './answer.ts';
import { fetchBenchmark } from './fetchBenchmark.ts';
import type { ToolsApi } from './tools.protocol.ts';
import './trustedTypes.ts';

const loading = new Map<BenchmarkName, Promise<Benchmark>>();

function prepared(name: BenchmarkName): Promise<Benchmark> {
  return loading.get(name) ?? Promise.reject(new Error(`tools: ${name} is not prepared; call prepare first`));
}

const atlas = (): Promise<Atlas> => prepared('atlas') as Promise<Atlas>;

const api: ToolsApi = {
  prepare: (base, name) =>
    answer(async () => {
      const benchmark = loading.get(name) ?? fetchBenchmark(base, name);
      loading.set(name, benchmark);
      await benchmark;
    }),
  call: (benchmark, name, args, context) =>
    answer(async () => {
      const tool = (await prepared(benchmark)).tools.find((each) => each.name === name);
      if (!tool) throw new RangeError(`tools: no tool "${name}"`);
      return tool.call(args, context);
    }),
  picture: (task, scale) => answer(async () => (await atlas()).picture(task as Task, scale)),
  overview: (task) => answer(async () => (await atlas()).overview(task as Task)),
  connect: async (port) => expose(api, port),
};

expose(api);
