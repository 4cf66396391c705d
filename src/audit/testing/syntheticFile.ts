// A rollout file of any length, made on the fly: rollouts like a search agent's, with texts, for tests and measurements.
import { type RandomStream, randomStream } from '../../tapo/index.ts';

/** Rollouts of a group. */
const GROUP_SIZE = 8;

/** `lines` rollouts as one Blob; `textBytes` of thought in each, spread over its steps. The same seed gives the same bytes. */
export function syntheticFile(lines: number, { textBytes = 600, seed = 1 }: { readonly textBytes?: number; readonly seed?: number } = {}): Blob {
  const parts: Blob[] = [];
  for (let first = 0; first < lines; first += 2000) {
    const end = Math.min(lines, first + 2000);
    const written: string[] = [];
    for (let i = first; i < end; i++) written.push(`${JSON.stringify(rollout(i, textBytes, randomStream(seed, i)))}\n`);
    parts.push(new Blob(written));
  }
  return new Blob(parts);
}

const THOUGHT = 'the red frame looks like a flag with a wheel so search for it and then for the capital of that country ';

function rollout(index: number, textBytes: number, random: RandomStream): object {
  const group = `q${Math.floor(index / GROUP_SIZE)}`;
  const correct = random.below(3) === 0;
  const calls = 1 + random.below(4);
  const each = Math.round(textBytes / (calls + 1));
  const text = THOUGHT.repeat(Math.ceil(each / THOUGHT.length)).slice(0, each);
  const steps = Array.from({ length: calls }, () => ({ tokens: 20, text, tool: call(group, random) }));
  return {
    group,
    rollout: `${group}/${index % GROUP_SIZE}`,
    reward: correct ? 1 : 0,
    correct,
    question: `question of ${group}`,
    steps: [...steps, { tokens: 5, text }],
  };
}

function call(image: string, random: RandomStream): object {
  const [x, y] = [100 * random.below(6), 100 * random.below(6)];
  const bbox = [x, y, x + 333, y + 333];
  return random.pick([
    () => ({ name: 'image_zoom_in_tool', kind: 'region', arguments: { bbox_2d: bbox, img_idx: 0 }, region: { image, bbox } }),
    () => ({ name: 'image_search_tool', kind: 'image', arguments: {}, region: { image, bbox } }),
    () => ({
      name: 'text_search_tool',
      kind: 'text',
      arguments: { query: `${random.pick(['capital', 'currency', 'language'])} of country ${random.below(9)}` },
    }),
  ])();
}
