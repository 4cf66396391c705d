import { describe, expect, it } from 'vitest';
import { startEpisode, takeTurn } from './episode.ts';
import { stochasticTool } from './stochasticTool.ts';
import type { Observation, Task, Tool } from './types.ts';

const TASK: Task = { id: 'q1', preset: '', split: 'train', type: '', question: '', answer: '', image: 'q1', scene: null };
const RESULTS = ['A', 'B', 'C'].map((title, i) => ({ title, score: 1 - i / 10 }));
const SEARCH: Tool = {
  name: 'image_search_tool',
  kind: 'image',
  schema: { type: 'function', function: { name: 'image_search_tool', description: '', parameters: {} } },
  call: async () => ({ kind: 'titles', region: { image: 'q1', bbox: [0, 0, 1000, 1000] }, results: RESULTS }),
};

async function titles(tool: Tool, draw: number, task = TASK): Promise<string> {
  const observation = (await tool.call({}, { task, images: [], draw })) as Observation & { kind: 'titles' };
  return observation.results.map(({ title }) => title).join('');
}
const many = (tool: Tool) => Promise.all(Array.from({ length: 2000 }, (_, draw) => titles(tool, draw)));

describe('stochasticTool(tool, rate, seed)', () => {
  it('puts another title first at its rate, each of them equally often', async () => {
    const found = await many(stochasticTool(SEARCH, 0.3, 1));
    const share = (order: string): number => found.filter((each) => each === order).length / found.length;
    expect(new Set(found)).toEqual(new Set(['ABC', 'BCA', 'CAB']));
    expect(share('BCA')).toBeGreaterThan(0.12); // 0.15 ± 4 standard errors of 0.008
    expect(share('BCA')).toBeLessThan(0.18);
    expect(share('CAB')).toBeGreaterThan(0.12);
    expect(share('CAB')).toBeLessThan(0.18);
  });
  it('answers always alike at rate 0, never rightly at rate 1', async () => {
    expect(new Set(await many(stochasticTool(SEARCH, 0, 1)))).toEqual(new Set(['ABC']));
    expect(new Set(await many(stochasticTool(SEARCH, 1, 1)))).toEqual(new Set(['BCA', 'CAB']));
  });
  it('draws by seed, task and what the episode gives it alone', async () => {
    const half = (seed: number) => many(stochasticTool(SEARCH, 0.5, seed));
    expect(await half(1)).toEqual(await half(1));
    expect(await half(1)).not.toEqual(await half(2));
    const tool = stochasticTool(SEARCH, 0.5, 1);
    const other = await Promise.all(Array.from({ length: 2000 }, (_, draw) => titles(tool, draw, { ...TASK, id: 'q2' })));
    expect(other).not.toEqual(await many(tool));
  });
  it('leaves errors and single results alone', async () => {
    const single: Tool = { ...SEARCH, call: async () => ({ kind: 'titles', region: { image: 'q1', bbox: [0, 0, 1, 1] }, results: RESULTS.slice(0, 1) }) };
    expect(await titles(stochasticTool(single, 1, 1), 0)).toBe('A');
  });
  it('answers attempts under other keys, and later turns, differently, whatever they wrote; one that is played again alike', async () => {
    const tool = stochasticTool(SEARCH, 0.5, 1);
    const play = async (key: number, thought: string) => {
      const words = `<think> ${thought} </think> <tool_call> image_search_tool </tool_call>`.split(' ');
      const once = await takeTurn(startEpisode(TASK), words, [tool], { key });
      return (await takeTurn(once, words, [tool], { key })).turns.map(({ observation }) => JSON.stringify(observation));
    };
    const played = (thought: string) => Promise.all(Array.from({ length: 40 }, (_, key) => play(key, thought)));
    const answers = await played('a');
    expect(new Set(answers.map(([first]) => first)).size).toBe(3);
    expect(answers.some(([first, second]) => first !== second)).toBe(true);
    expect(await played('b')).toEqual(answers);
  });
});
