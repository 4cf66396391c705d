import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Benchmark, Tool } from '../../env/types.ts';
import { readPolicy } from '../../policy/safetensors.ts';
import { almanacFromDisk, atlasFromDisk, wasmInNode } from '../testing.ts';
import type { OwnAction } from './ownTurn.ts';
import { createPlayer, type NumberedPlay, type Player } from './player.ts';

let almanac: Benchmark;
let player: Player;
/** Names of the tools that were called, in order. */
const called: string[] = [];
beforeAll(async () => {
  await wasmInNode();
  almanac = await almanacFromDisk();
  const counted = almanac.tools.map((tool): Tool => {
    const call: Tool['call'] = (...args) => {
      called.push(tool.name);
      return tool.call(...args);
    };
    return { ...tool, call };
  });
  const base = readPolicy(await readFile(new URL('../../../public/benchmarks/almanac/base.safetensors', import.meta.url)));
  player = createPlayer({ benchmark: almanac, tools: counted, base });
}, 60_000);
afterAll(() => player.dispose());

const settings = { policy: 'base', key: 1, temperature: 1 } as const;

describe('a play on the almanac', () => {
  it('is played by a person: searches bind numbers, a program computes with them, a variable answers', async () => {
    let { play, view }: NumberedPlay = await player.start({ written: 'what is the sum of the mass of iron and the mass of gold' }, settings);
    expect(view.question).toMatchObject({ question: 'What is the sum of the mass of Iron and the mass of Gold?', preset: 'hard', type: 'sum' });
    const turn = async (action: OwnAction): Promise<void> => {
      ({ play, view } = await player.playTurn(play, { thought: '', action }));
    };
    await turn({ kind: 'text', tool: 'text_search_tool', query: 'mass Iron' });
    expect(view.turns[0]?.observation).toMatchObject({ kind: 'documents', results: [{ title: 'Iron', text: 'The mass of Iron is v1.' }, {}, {}] });
    await turn({ kind: 'text', tool: 'text_search_tool', query: 'mass Gold' });
    const [, gold] =
      /^The mass of Gold is (v\d+)\.$/.exec(view.turns[1]?.observation?.kind === 'documents' ? (view.turns[1].observation.results[0]?.text ?? '') : '') ?? [];
    await turn({ kind: 'other', tool: 'python_tool', query: `print(v1 + ${gold})` });
    expect(view.turns[2]?.observation).toMatchObject({ kind: 'output', text: 'r1', printed: expect.stringMatching(/^252\.8/) });
    await turn({ kind: 'answer', text: 'r1' });
    expect(view.end).toMatchObject({ status: 'answered', correct: true, observed: true });
    expect(called).toEqual(['text_search_tool', 'text_search_tool', 'python_tool']);
  });

  it('shows an exception as the program’s own fault', async () => {
    const { play } = await player.start({ written: 'What is the mass of Iron?' }, settings);
    const { view } = await player.playTurn(play, { thought: '', action: { kind: 'other', tool: 'python_tool', query: 'print(v9)' } });
    expect(view.turns[0]?.observation).toMatchObject({ kind: 'error', cause: 'model', message: 'exception', detail: expect.stringContaining('v9') });
    expect(view.end).toBeNull();
  });

  it('is played by the base policy: the first question of Try it ends wrong, since a query left the fact out', async () => {
    const { play } = await player.start({ preset: 'hard', split: 'validation', seed: 21, index: 0 }, settings);
    const { view } = await player.finish(play);
    expect(view.turns.map(({ action }) => (action.kind === 'call' ? action.tool : action.kind))).toEqual([
      'text_search_tool',
      'text_search_tool',
      'python_tool',
      'answer',
    ]);
    expect(view.turns[0]?.action).toMatchObject({ arguments: { query: 'Yttrium' } });
    expect(view.end).toMatchObject({ status: 'answered', correct: false });
  });

  it('offers the words that programs are written with', () => {
    expect(player.words()).toEqual(expect.arrayContaining(['print', '(', '>', 'v1', 'r1', 'Iron']));
  });

  it('refuses what is no question of the almanac, and a written one where questions are about pictures', async () => {
    await expect(player.start({ written: 'Who are you?' }, settings)).rejects.toThrow(/expected a question such as “What is the mass of/);
    const atlas = await atlasFromDisk();
    const base = readPolicy(await readFile(new URL('../../../public/benchmarks/atlas/base.safetensors', import.meta.url)));
    const other = createPlayer({ benchmark: atlas, tools: atlas.tools, base });
    await expect(other.start({ written: 'What is the capital?' }, settings)).rejects.toThrow('atlas takes no written question');
    other.dispose();
  });

  it('hold(names, options) plays with the player’s own tools', async () => {
    called.length = 0;
    const held = await player.hold(['base', 'base'], { preset: 'hard', split: 'validation', tasks: 4, temperature: 1 });
    expect(held).toMatchObject({ questions: 4, difference: 0 });
    expect(called.length).toBeGreaterThan(4);
  });
});
