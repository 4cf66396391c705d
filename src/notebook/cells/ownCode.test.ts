// Cells that declare tools and rewards, and runs that take them along.
import { afterEach, describe, expect, it } from 'vitest';
import { sourceHash } from '../../env/own/ownCode.ts';
import { declaredRewards } from './declaredRewards.ts';
import { experimentRuns } from './shownRuns.ts';
import { cellBook } from './testing.ts';

let book = cellBook();
afterEach(() => {
  book.evaluator.close();
  book = cellBook();
});

/** The spec of the run that the last cell shows, and its key. */
async function runOf(sources: readonly string[]) {
  const results = await book.results(sources);
  const last = results.get(sources.length);
  if (last?.kind === 'error') throw new Error(last.message);
  const [run] = experimentRuns(last);
  return run;
}

const BRIEF = 'const brief = train.reward(({ correct, tokens }) => (correct ? 1 : 0) - tokens / 1000);';

describe('train({ reward, tools })', () => {
  it('takes the text of the cell along, and the run is named by its hash', async () => {
    const run = await runOf([BRIEF, 'train({ reward: brief })']);
    expect(run?.spec).toEqual({ reward: { name: 'brief', source: BRIEF } });
    expect(run?.key).toBe(`--preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo --reward brief#${sourceHash(BRIEF)}`);
  });

  it('with the text of every cell that it needs, those first, wherever they stand, and of no other', async () => {
    const needs = 'const brief = train.reward(({ tokens }) => -cost * tokens)';
    const run = await runOf([needs, 'const cost = one / 1000', 'const one = 1 // not two', 'const two = 2', 'train({ reward: brief, seed: 2 })']);
    expect(run?.spec.reward).toEqual({ name: 'brief', source: `const one = 1 // not two\n;\nconst cost = one / 1000\n;\n${needs}` });
  });

  it('takes tools along by the names that cells declare', async () => {
    const source = `const [alike, other] = [train.tool({ name: 'text_search_tool', similarity: () => 1 }), 5]`;
    const run = await runOf([source, 'train({ tools: [alike] })']);
    expect(run?.spec.tools).toEqual([{ name: 'alike', source }]);
    expect(run?.key).toMatch(/ --tools alike#[0-9a-f]{16}$/);
  });

  it('another text is another run', async () => {
    const [a, b] = [await runOf([BRIEF, 'train({ reward: brief })']), await runOf([`${BRIEF} // more`, 'train({ reward: brief })'])];
    expect(a?.key).not.toBe(b?.key);
  });

  it.each([
    [
      ['train({ reward: train.reward(() => 1) })'],
      /^1: TypeError: train: reward: expected a name that another cell declares, as const mine = train\.reward\(…\)/,
    ],
    [[`${BRIEF}\ntrain({ reward: brief })`], /^2: TypeError: train: reward: expected a name that another cell declares/],
    [['train({ reward: () => 1 })'], /expected what train\.reward\(f\) gives, got a bare function/],
    [['train({ reward: "most" })'], /reward: expected exact, .*tool-augmented, or what train\.reward\(f\) gives in a cell, got "most"/],
    [
      ['train({ tools: ["text_search_tool"] })'],
      /tools\.0: expected what train\.tool\(\{…\}\) gives in a cell, or a transport such as .*, got "text_search_tool"/,
    ],
    [['train.tool({ name: "a b", call: () => 1 })'], /train\.tool: expected a name of letters, digits and _, as "text_search_tool", got "a b"/],
    [['train.reward(1)'], /train\.reward: expected a function \(outcome\) that gives a number, got 1/],
  ])('refuses %s', async (sources, words) => {
    expect((await book.shown(sources)).at(-1)).toMatch(words);
  });
});

describe('declaredRewards(results, own)', () => {
  it('names the rewards of other cells, each by the name that it was declared by', async () => {
    const two = 'const [short, find] = [train.reward(() => 1), train.tool({ name: "text_search_tool", call: () => "" })]';
    const results = await book.results([BRIEF, 'const again = brief', two, 'const own = train.reward(() => 2)', 'const broken = train.reward(1)', 'brief']);
    expect(declaredRewards(results, 6)).toEqual(['brief', 'short', 'own']);
    expect(declaredRewards(results, 4)).toEqual(['brief', 'short']);
  });
});

describe('a tool or a reward as a value', () => {
  it('says how it is used, and can be tried in cells', async () => {
    const tool = `const find = train.tool({ name: 'text_search_tool', call: ({ query }) => query + '!', similarity: () => 0.5 })`;
    const uses = `[brief({ correct: true, tokens: 100 }), find.call({ query: 'a' }), find.similarity()]`;
    expect(await book.shown([BRIEF, tool, uses])).toEqual([
      'reward, for train({ reward: brief })',
      'tool text_search_tool, for train({ tools: [find] })',
      '[0.9, "a!", 0.5]',
    ]);
  });

  it('gives credit transfer its measure', async () => {
    const step = (q: string) => `{ tokens: 1, tool: { name: 'look_up', kind: 'other', arguments: { q: '${q}' } } }`;
    const group = `[{ group: 'g', rollout: '0', reward: 1, steps: [${step('a')}] }, { group: 'g', rollout: '1', reward: 0, steps: [${step('b')}] }]`;
    const tool = `const t = train.tool({ name: 'look_up', similarity: () => 0.75 })`;
    const use = `tapo.transferCredit(${group}, [1, -1], { similarities: { [t.name]: t.similarity } }).rollouts[1].steps[0].similarity`;
    expect((await book.shown([tool, use])).at(-1)).toBe('0.75');
  });
});
