import { describe, expect, it } from 'vitest';
import type { Rollout, Step, ToolCall } from './rollout.ts';
import { unequalResults } from './unequalResults.ts';

const TITLES = (...titles: string[]) => ({ kind: 'titles', results: titles.map((title) => ({ title })) });
const search = (observation: unknown, bbox: [number, number, number, number] = [0, 0, 333, 333], more: Partial<ToolCall> = {}): Step => ({
  tokens: 1,
  tool: { name: 'image_search_tool', kind: 'image', arguments: {}, region: { image: 'q', bbox }, ...more },
  observation,
});
const query = (text: string, observation: unknown): Step => ({
  tokens: 1,
  tool: { name: 'text_search_tool', kind: 'text', arguments: { query: text } },
  observation,
});
const rollout = (name: string, steps: Step[], group = 'q'): Rollout => ({ group, rollout: name, reward: 0, steps });

describe('unequalResults(rollouts)', () => {
  it('names an equal call with its different results, and who met which', () => {
    const found = unequalResults([
      rollout('a', [query('x', 'X'), search(TITLES('Chad', 'Mali'))]),
      rollout('b', [search(TITLES('Mali', 'Chad'))]),
      rollout('c', [search(TITLES('Chad', 'Mali'))]),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ group: 'q', tool: { name: 'image_search_tool' } });
    expect(found[0]?.results).toEqual([
      {
        observation: TITLES('Chad', 'Mali'),
        steps: [
          ['a', 1],
          ['c', 0],
        ],
      },
      { observation: TITLES('Mali', 'Chad'), steps: [['b', 0]] },
    ]);
  });
  it('takes calls for equal by their resolved region, whatever was written, and by their arguments without one', () => {
    const zoom = (img_idx: number, observation: string): Step =>
      search(observation, [0, 0, 100, 100], { name: 'zoom', kind: 'region', arguments: { bbox_2d: [0, 0, 300, 300], img_idx } });
    expect(unequalResults([rollout('a', [zoom(0, 'x')]), rollout('b', [zoom(1, 'y')])])).toHaveLength(1);
    expect(unequalResults([rollout('a', [query('x y', 'X')]), rollout('b', [query('x y', 'Y')])])).toHaveLength(1);
  });
  it('finds nothing where calls, groups or tools differ, or results are the same', () => {
    const same = search(TITLES('Chad'));
    expect(unequalResults([rollout('a', [same]), rollout('b', [same])])).toEqual([]);
    expect(unequalResults([rollout('a', [same]), rollout('b', [search(TITLES('Mali'), [0, 0, 333, 334])])])).toEqual([]);
    expect(unequalResults([rollout('a', [same]), rollout('b', [search(TITLES('Mali'))], 'other')])).toEqual([]);
    expect(unequalResults([rollout('a', [query('x', 'X')]), rollout('b', [query('y', 'Y')])])).toEqual([]);
    expect(unequalResults([])).toEqual([]);
  });
  it('finds a result that changed within one rollout', () => {
    expect(unequalResults([rollout('a', [query('x', 'X'), query('x', 'Y')])])[0]?.results.map(({ steps }) => steps)).toEqual([[['a', 0]], [['a', 1]]]);
  });
  it('leaves out failed calls, answers and steps without an observation, and does not mind the order of keys', () => {
    expect(
      unequalResults([
        rollout('a', [query('x', { p: 1, q: 2 }), { tokens: 1 }]),
        rollout('b', [query('x', { q: 2, p: 1 })]),
        rollout('c', [query('x', undefined)]),
        rollout('d', [{ ...query('x', 'failed'), tool: { name: 'text_search_tool', kind: 'text', arguments: { query: 'x' }, ok: false } }]),
      ]),
    ).toEqual([]);
  });
});
