// Tools and rewards of one's own: what they are told, what they may give, and what becomes of those that fail.
import { afterEach, describe, expect, it } from 'vitest';
import type { ToolCall } from '../../tapo/index.ts';
import type { Task, Tool, ToolContext } from '../types.ts';
import { type OpenedCode, openOwnCode } from './openOwnCode.ts';
import type { OwnCode } from './ownCode.ts';
import { mine, startLocal } from './testing/localSandbox.ts';

const task: Task = { id: 'q', preset: 'grid', split: 'train', type: 'capital', question: 'capital of ?', answer: 'Paris', image: 'q', scene: { secret: 1 } };
const context: ToolContext = { task, images: [[0, 0, 1000, 1000]] };
const named = (name: string, kind: Tool['kind'], parameters = {}): Tool => ({
  name,
  kind,
  schema: { type: 'function', function: { name, description: 'of the benchmark', parameters } },
  call: async () => ({ kind: 'documents', results: [] }),
});
const search = named('search', 'text', { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] });
const benchmark = { vocabulary: { groups: [{ type: 'tool', entity: false, tokens: ['search', 'zoom', 'lookup'] }] } };

let opened: OpenedCode | null = null;
let faults: string[] = [];
async function open(codes: { reward?: OwnCode; tools?: readonly OwnCode[] }): Promise<OpenedCode> {
  faults = [];
  opened = await openOwnCode(
    { reward: codes.reward ?? null, tools: codes.tools ?? [] },
    { benchmark, tools: [search, named('zoom', 'region')], start: startLocal, onFault: (words) => faults.push(words) },
  );
  return opened;
}
afterEach(() => opened?.close());

const answer = async (call: string, args: Readonly<Record<string, unknown>> = { query: 'a' }) => {
  const { tools } = await open({ tools: [mine(`train.tool({ name: 'search', call: ${call} })`)] });
  return tools[0]?.call(args, context);
};

describe('a reward of one’s own', () => {
  const rewards = async (f: string, outcomes: readonly object[]) => (await open({ reward: mine(`train.reward(${f})`) })).reward?.(outcomes);

  it('gives one number an outcome, in order, whatever their number', async () => {
    const outcomes = Array.from({ length: 1000 }, (_, i) => ({ tokens: i + 1 }));
    expect(await rewards('({ tokens }) => -tokens / 2', outcomes)).toEqual(outcomes.map(({ tokens }) => -tokens / 2));
  });

  it('draws the same for the same outcome, whenever it is asked', async () => {
    const [a, b, c, again] = (await rewards('() => Math.random()', [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 1 }])) as number[];
    expect(new Set([a, b, c]).size).toBe(3);
    expect(again).toBe(a);
  });

  it.each([
    ['() => 0 / 0', 'mine: RangeError: expected a finite number, got NaN; called with {"n":1}'],
    ['() => "1"', 'expected a finite number, got "1"'],
    ['async () => 1', 'expected a finite number, got Promise'],
    [
      '({ n }) => {\n  if (n > 1) return n.x.y;\n  return 1;\n}',
      'mine, line 2 (if (n > 1) return n.x.y;): TypeError: cannot read property \'y\' of undefined; called with {"n":2}',
    ],
    [
      '({ n }) => { while (n > 1); return 1; }',
      'mine, line 1 (const mine = train.reward(({ n }) => { while (n > 1); return 1; });): it ran for more than 1.01 s and was stopped',
    ],
    ['() => fetch("x")', 'fetch is not defined: cells cannot reach the network'],
    ['() => new Date()', 'Date is not defined: cells have no clock'],
    ['() => runs.all()', 'runs is for cells'],
    ['() => train({})', 'train() is for cells'],
    ['() => { Math.max = null; return 1 }', 'cannot be changed'],
  ])('%s: %s', async (f, words) => {
    await expect(rewards(f, [{ n: 1 }, { n: 2 }])).rejects.toMatchObject({ name: 'OwnCodeError', message: expect.stringContaining(words) });
  });

  it('goes on in a new sandbox after the old one was lost', async () => {
    const { reward } = await open({
      reward: mine('train.reward(({ deep }) => { if (deep) { Promise.resolve().then(function f() { Promise.resolve().then(f) }); } return 1 })'),
    });
    await expect(reward?.([{ deep: true }])).rejects.toThrow('stopped');
    expect(await reward?.([{ deep: false }])).toEqual([1]);
  });

  it('can use the library, and what the cell declares beside it', async () => {
    const source = 'const half = (x) => x / 2;\nconst mine = train.reward(({ a, b }) => half(tapo.tokenF1(tapo.words(a), tapo.words(b))));';
    const { reward } = await open({ reward: { name: 'mine', source } });
    expect(await reward?.([{ a: 'a b', b: 'a b' }])).toEqual([0.5]);
  });
});

describe('a tool of one’s own', () => {
  it('stands in the place of its namesake, with its kind, and what it says itself', async () => {
    const { tools } = await open({ tools: [mine(`train.tool({ name: 'search', description: 'mine', call: () => 'x' })`)] });
    expect(tools.map(({ name, kind }) => [name, kind])).toEqual([
      ['search', 'text'],
      ['zoom', 'region'],
    ]);
    expect(tools[0]?.schema.function).toEqual({ ...search.schema.function, description: 'mine' });
    expect(tools[0]?.similarities).toBeUndefined();
  });

  it('or beside the others, where the policy knows its name', async () => {
    const { tools } = await open({ tools: [mine(`train.tool({ name: 'lookup', call: ({ input }) => input })`)] });
    expect(tools.map(({ name, kind }) => [name, kind]).at(-1)).toEqual(['lookup', 'other']);
  });

  it('is called with arguments and what can be seen, and answers with documents, titles or a fault of the policy’s', async () => {
    expect(await answer(`({ query }, seen) => [query, Object.keys(seen).join()]`)).toMatchObject({
      kind: 'documents',
      results: [
        { id: 'own-0', title: '', text: 'a' },
        { id: 'own-1', text: 'question,type,preset,image,images' },
      ],
    });
    expect(await answer(`async () => [{ title: 'T', text: 'x', score: 2 }]`)).toEqual({
      kind: 'documents',
      results: [{ id: 'own-0', title: 'T', text: 'x', score: 2 }],
    });
    expect(await answer(`() => ({ titles: ['France'] })`)).toEqual({
      kind: 'titles',
      region: { image: 'q', bbox: [0, 0, 1000, 1000] },
      results: [{ title: 'France', score: 0 }],
    });
    expect(await answer(`() => ({ error: 'empty query' })`)).toEqual({ kind: 'error', cause: 'model', message: 'empty query' });
    expect(faults).toEqual([]);
  });

  it('refuses arguments that its schema does not allow: the policy is at fault', async () => {
    expect(await answer('() => "x"', { query: 1 })).toEqual({ kind: 'error', cause: 'model', message: 'malformed call' });
    expect(await answer('() => "x"', {})).toEqual({ kind: 'error', cause: 'model', message: 'malformed call' });
  });

  it.each([
    [
      '() => { throw new Error("no") }',
      'mine, line 1 (const mine = train.tool({ name: \'search\', call: () => { throw new Error("no") } });): Error: no; called with {"query":"a"}',
    ],
    ['() => 5', 'mine: its answer: expected a text, up to 10 texts or { title, text, score }, { titles: […] }, or { error } with one of "empty box"'],
    ['() => null', 'its answer: expected a text'],
    ['() => ({ error: "nope" })', 'its answer: expected a text'],
    ['() => [() => 1]', 'its answer: 0: expected numbers, texts'],
    ['() => new Promise(() => {})', 'mine: it waits for a promise that nothing keeps'],
  ])('%s throws, so that the rollout is dropped, and says why', async (call, words) => {
    await expect(answer(call)).rejects.toThrow(words);
    expect(faults).toEqual([expect.stringContaining(words)]);
  });

  it('gives similarities of pairs, also with the benchmark’s own call', async () => {
    const source = `train.tool({ name: 'zoom', similarity: (a, b) => (a.region.bbox[0] === b.region.bbox[0] ? 1 : 0.25) })`;
    const { tools } = await open({ tools: [mine(source)] });
    const zoom = (x: number): ToolCall => ({ name: 'zoom', kind: 'region', arguments: {}, region: { image: 'q', bbox: [x, 0, 9, 9] } });
    expect(
      await tools[1]?.similarities?.([
        [zoom(1), zoom(1)],
        [zoom(1), zoom(2)],
      ]),
    ).toEqual([1, 0.25]);
    expect(await tools[1]?.call({}, context)).toEqual({ kind: 'documents', results: [] });
  });

  it('whose similarity leaves [0, 1] is an error', async () => {
    const { tools } = await open({ tools: [mine(`train.tool({ name: 'search', similarity: () => 1.5 })`)] });
    const call: ToolCall = { name: 'search', kind: 'text', arguments: { query: 'a' } };
    await expect(tools[0]?.similarities?.([[call, call]])).rejects.toThrow(
      'mine: RangeError: expected a number from 0 to 1, got 1.5; called with [{"name":"search"',
    );
  });
});

describe('what cannot be opened', () => {
  it.each([
    [
      `train.tool({ name: 'other_tool', call: () => '' })`,
      'the policy’s closed vocabulary has no word other_tool, so it could never call it; name it as the tool that it stands in for: search, zoom',
    ],
    [`train.tool({ name: 'zoom', call: () => '' })`, 'zoom answers with a picture'],
    [`train.tool({ name: 'lookup', similarity: () => 1 })`, 'expected a call, or the name of one of search, zoom'],
    [`train.tool({ name: 'search' })`, 'expected call or similarity, or both, got neither'],
    [
      `train.tool({ name: 'search', call: () => '', parameters: { type: 'object', properties: { q: { type: 'date' } } } })`,
      'parameters: properties.q.type: expected ("string" | ',
    ],
    [`train.tool({ name: 'search', call: () => '', parameters: { type: 'object', required: ['q'] } })`, 'required: expected names among properties, got "q"'],
    [`train.tool({ name: 'search', calls: () => '' })`, 'no such setting "calls"'],
    [`train.reward(() => 1)`, 'tools: expected tools, as train.tool({…}) gives them; mine is a reward'],
    [`5`, 'expected a tool or a reward, as train.tool({…}) and train.reward(f) give them, got 5'],
    [`{`, 'SyntaxError'],
  ])('%s: %s', async (source, words) => {
    await expect(open({ tools: [mine(source)] })).rejects.toMatchObject({ name: 'OwnCodeError', message: expect.stringContaining(words) });
  });

  it('the same tool twice, and a tool in the place of the reward', async () => {
    const tool = mine(`train.tool({ name: 'search', call: () => '' })`);
    await expect(open({ tools: [tool, tool] })).rejects.toThrow('tools: expected each tool once, got search twice');
    await expect(open({ reward: tool })).rejects.toThrow('reward: expected what train.reward(f) gives; mine is a tool');
  });
});
