// A search that is not deterministic: now and then its results come in another order. TAPO takes equal calls for equal results; here they are not.
import { below, hash32, uniform } from '../tapo/index.ts';
import { textHash } from './textHash.ts';
import type { Tool } from './types.ts';

/**
 * The tool, which at the given rate puts another title first. Whether a call is hit depends on (seed, task, rollout's key, turn) and on no
 * word: the attempts of a question meet different answers also where they wrote the same, and a rollout that is played again meets its own.
 */
export function stochasticTool(tool: Tool, rate: number, seed: number): Tool {
  return {
    ...tool,
    async call(args, context, options) {
      const observation = await tool.call(args, context, options);
      const draw = hash32(seed, textHash(context.task.id), context.draw ?? 0);
      if (observation.kind !== 'titles' || observation.results.length < 2 || uniform(draw) >= rate) return observation;
      const { results } = observation;
      const first = 1 + below(results.length - 1, hash32(draw));
      return { ...observation, results: [...results.slice(first), ...results.slice(0, first)] };
    },
  };
}
