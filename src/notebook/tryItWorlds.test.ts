import { describe, expect, it } from 'vitest';
import { BENCHMARKS, PRESETS } from '../train/config.ts';
import { BENCHMARK_TOOLS } from './toolChoices.ts';
import { moveOf, TRY_IT_WORLDS } from './tryItWorlds.ts';

describe.each(BENCHMARKS)('TRY_IT_WORLDS.%s', (benchmark) => {
  const world = TRY_IT_WORLDS[benchmark];
  it('has a move for each tool of the benchmark, by its kind, and the answer', () => {
    const tools = world.moves.flatMap(({ blank }) => (blank.kind === 'answer' ? [] : [{ name: blank.tool, kind: blank.kind }]));
    expect(tools.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([...BENCHMARK_TOOLS[benchmark]].sort((a, b) => (a.name < b.name ? -1 : 1)));
    expect(world.moves.at(-1)?.blank).toEqual({ kind: 'answer', text: '' });
  });
  it('asks a question of one of its presets first', () => {
    expect(PRESETS[benchmark]).toContain(world.first.preset);
  });
  it('finds the move of an action with its arguments', () => {
    for (const move of world.moves) expect(moveOf(world, { ...move.blank, ...('query' in move.blank ? { query: 'mass' } : {}) })).toBe(move);
  });
});
