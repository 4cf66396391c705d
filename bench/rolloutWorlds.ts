// Synthetic groups of rollouts that look like a search agent's: zooms, image searches and text queries, half of the rollouts successful.
import { type RandomStream, randomStream } from '../src/tapo/random.ts';
import type { Box, Rollout, ToolCall } from '../src/tapo/rollout.ts';

/** repeating: boxes on a coarse grid, few queries, as a small policy writes them. distinct: hardly two calls are equal, most are a little alike. */
export type World = 'repeating' | 'distinct';

export const CALLS_PER_ROLLOUT = 6;

/** Groups of `groupSize` rollouts, the last one smaller, with about `calls` tool calls in all. The same seed gives the same groups. */
export function rolloutGroups(world: World, calls: number, groupSize: number, seed: number): Rollout[][] {
  const rollouts = Math.max(2, Math.round(calls / CALLS_PER_ROLLOUT));
  return Array.from({ length: Math.ceil(rollouts / groupSize) }, (_, g) =>
    rolloutGroup(world, `${g}`, Math.min(groupSize, rollouts - g * groupSize), randomStream(seed, g)),
  );
}

function rolloutGroup(world: World, group: string, size: number, random: RandomStream): Rollout[] {
  const draw = world === 'repeating' ? repeatingCall : distinctCall;
  return Array.from({ length: size }, (_, i) => ({
    group,
    rollout: `${group}/${i}`,
    reward: i % 2,
    correct: i % 2 === 1,
    steps: [...Array.from({ length: CALLS_PER_ROLLOUT }, () => ({ tokens: 20, tool: draw(random) })), { tokens: 5 }],
  }));
}

const zoom = (bbox: Box): ToolCall => ({ name: 'image_zoom_in_tool', kind: 'region', arguments: { bbox_2d: bbox, img_idx: 0 } });
const imageSearch = (region: ToolCall['region']): ToolCall => ({ name: 'image_search_tool', kind: 'image', arguments: {}, ...(region ? { region } : {}) });
const textSearch = (query: string): ToolCall => ({ name: 'text_search_tool', kind: 'text', arguments: { query } });

/** A third each; half of the image searches are of a crop. */
function repeatingCall(random: RandomStream): ToolCall {
  const cell = (): Box => {
    const [x, y, side] = [100 * random.below(8), 100 * random.below(8), 100 * (1 + random.below(2))];
    return [x, y, x + side, y + side];
  };
  return random.pick([
    () => zoom(cell()),
    () => imageSearch(random.below(2) === 0 ? undefined : { image: 'root', bbox: cell() }),
    () => textSearch(`${random.pick(['capital', 'currency', 'population', 'language'])} of country${random.below(20)}`),
  ])();
}

function distinctCall(random: RandomStream): ToolCall {
  const anywhere = (): Box => {
    const [w, h] = [40 + random.below(500), 40 + random.below(500)];
    const [x, y] = [random.below(1001 - w), random.below(1001 - h)];
    return [x, y, x + w, y + h];
  };
  return random.pick([
    () => zoom(anywhere()),
    () => imageSearch({ image: 'root', bbox: anywhere() }),
    () => textSearch(Array.from({ length: 3 + random.below(6) }, () => `word${zipf(random)}`).join(' ')),
  ])();
}

/** 0 … 4999, number k with a probability of about 1 / (k + 1), as words of a language are. */
function zipf(random: RandomStream): number {
  return Math.floor(5000 ** random.next()) - 1;
}
