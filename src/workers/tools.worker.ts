// The tools worker: real retrieval and drawing, away from the page and from the trainer.
import { expose } from 'comlink';
import type { Atlas } from '../env/atlas/atlas.ts';
import type { Task, Tool } from '../env/types.ts';
import { answer } from './answer.ts';
import { fetchAtlas } from './fetchAtlas.ts';
import type { ToolsApi } from './tools.protocol.ts';
import './trustedTypes.ts';

let loading: Promise<Atlas> | null = null;

const atlas = (): Promise<Atlas> => loading ?? Promise.reject(new Error('tools: not prepared; call prepare first'));

const api: ToolsApi = {
  prepare: (base) =>
    answer(async () => {
      loading ??= fetchAtlas(base);
      await loading;
    }),
  call: (name, args, context) =>
    answer(async () => {
      const tool = (await atlas()).tools.find((each: Tool) => each.name === name);
      if (!tool) throw new RangeError(`tools: no tool "${name}"`);
      return tool.call(args, context);
    }),
  picture: (task, scale) => answer(async () => (await atlas()).picture(task as Task, scale)),
  overview: (task) => answer(async () => (await atlas()).overview(task as Task)),
  connect: async (port) => expose(api, port),
};

expose(api);
