import { describe, expect, it } from 'vitest';
import { parseRollout, type Rollout, RolloutFileError } from '../../tapo/index.ts';
import type { JsonRecord, LineReading } from './format.ts';
import { FORMATS, formatOf } from './formats.ts';

/** Reads lines as one file; what is read must be fit for a rollout file. */
function read(...lines: readonly JsonRecord[]): { readonly name: string; readonly readings: readonly LineReading[]; readonly rollouts: readonly Rollout[] } {
  const format = formatOf(lines[0] as JsonRecord);
  if (!format) throw new Error('no format');
  const reader = format.reader();
  const readings = lines.map((line, i) => reader(line, i + 1));
  const rollouts = readings.flatMap((reading) => (reading.kind === 'rollouts' ? reading.rollouts : []));
  for (const rollout of rollouts) expect(parseRollout(JSON.stringify(rollout))).toEqual(rollout);
  return { name: format.name, readings, rollouts };
}

const call = (name: string, args: object): string => `<tool_call>\n${JSON.stringify({ name, arguments: args })}\n</tool_call>`;

describe('formatOf(record)', () => {
  it('knows nothing of other records', () => {
    expect(formatOf({})).toBeNull();
    expect(formatOf({ prompt: 'a', completion: 'b' })).toBeNull();
    expect(formatOf({ messages: [{ role: 'user', content: 'a' }] })).toBeNull();
  });
  it('takes for ours what was meant to be ours, so that its faults are named', () => {
    expect(formatOf({ group: 'q', rollout: 1, steps: [] })?.name).toBe('rollouts');
    expect(formatOf({ group: 'q', rollout: 'q/0' })?.name).toBe('rollouts');
  });
  it('has a title and a name of its own for each', () => {
    expect(new Set(FORMATS.map(({ name }) => name)).size).toBe(FORMATS.length);
    for (const { title } of FORMATS) expect(title).toMatch(/^(a|completions|rollouts|episodes|chats) /);
  });
});

describe('a verl dump', () => {
  const line = (input: string, score: number, extra: object = {}) => ({
    input,
    output: `${call('search', { query: input })} so`,
    gts: 'Lisbon',
    score,
    step: 3,
    ...extra,
  });

  it('groups by step and prompt; the score is the reward, acc says what is correct, gts is the truth', () => {
    const { name, rollouts } = read(line('capital?', 1, { acc: 1.0 }), line('currency?', 0), line('capital?', 0.1, { acc: false, format: 0.1 }));
    expect(name).toBe('verl');
    expect(rollouts.map(({ group, rollout, reward, correct }) => [group, rollout, reward, correct])).toEqual([
      ['step 3/prompt 1', 'step 3/prompt 1/0', 1, true],
      ['step 3/prompt 2', 'step 3/prompt 2/0', 0, undefined],
      ['step 3/prompt 1', 'step 3/prompt 1/1', 0.1, false],
    ]);
    expect(rollouts[2]).toMatchObject({ question: 'capital?', truth: 'Lisbon', step: 3, format: 0.1 });
    expect(rollouts[0]?.steps.map(({ tool }) => tool?.name)).toEqual(['search', undefined]);
  });
  it('tells prompts of two steps apart', () => {
    expect(read(line('a', 1), line('a', 0, { step: 4 })).rollouts.map(({ group }) => group)).toEqual(['step 3/prompt 1', 'step 4/prompt 1']);
  });
  it('names the line of a score that is no number', () => {
    expect(() => read(line('a', 1), { ...line('a', 1), score: null })).toThrow(new RolloutFileError(2, '"score" must be a finite number, got null'));
  });
});

describe('completions logged by TRL', () => {
  const row = (completion: string, advantage: number) => ({ step: 5, prompt: 'p', completion, accuracy_reward: 1, format_reward: null, advantage });

  it('takes the advantage for the reward, and keeps the reward functions', () => {
    const { name, rollouts } = read(row(call('zoom', { bbox_2d: [0, 0, 9, 9] }), 0.87), row('no', -0.87));
    expect(name).toBe('trl');
    expect(rollouts.map(({ group, reward, correct }) => [group, reward, correct])).toEqual([
      ['step 5/prompt 1', 0.87, undefined],
      ['step 5/prompt 1', -0.87, undefined],
    ]);
    expect(rollouts[0]).toMatchObject({ accuracy_reward: 1, question: 'p', steps: [{ tool: { name: 'zoom', kind: 'region' } }] });
  });
  it('takes the reward of older files', () => {
    expect(read({ step: 5, prompt: 'p', completion: 'x', reward: 0.5 }).rollouts[0]?.reward).toBe(0.5);
  });
});

describe('rollouts saved by verifiers', () => {
  const completion = [
    { role: 'assistant', content: 'Look.', tool_calls: [JSON.stringify({ id: 'c1', name: 'search', arguments: '{"query": "Lisbon"}' })] },
    { role: 'tool', tool_call_id: 'c1', content: 'A city.' },
    { role: 'assistant', content: 'Portugal' },
  ];
  const line = { example_id: 7, prompt: [{ role: 'user', content: 'Where?' }], completion, reward: 1, answer: 'Portugal', metrics: {}, is_completed: true };

  it('groups by example; a call is a step with the answer of its own id', () => {
    const { name, rollouts } = read(line, { ...line, reward: 0, env_name: 'wiki' }, { ...line, reward: 0 });
    expect(name).toBe('verifiers');
    expect(rollouts.map(({ rollout }) => rollout)).toEqual(['example 7/0', 'wiki/example 7/0', 'example 7/1']);
    expect(rollouts[0]).toMatchObject({ question: 'Where?', truth: 'Portugal' });
    expect(rollouts[0]?.steps).toEqual([
      { tokens: 2, tool: { name: 'search', kind: 'text', arguments: { query: 'Lisbon' } }, text: 'Look.', observation: 'A city.' },
      { tokens: 1, text: 'Portugal' },
    ]);
  });
  it('leaves out what ended in an error of the environment', () => {
    expect(read({ ...line, error: { error: 'TimeoutError' } }).readings).toEqual([{ kind: 'left out', why: 'the environment had an error' }]);
  });
  it('reads calls of OpenAI’s form, several in one message, each with its answer', () => {
    const calls = ['a', 'b'].map((id) => ({ id, type: 'function', function: { name: 'run', arguments: { code: id } } }));
    const { rollouts } = read({
      ...line,
      completion: [
        { role: 'assistant', content: null, tool_calls: calls },
        { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'B' }] },
        { role: 'tool', tool_call_id: 'a', content: 'A' },
      ],
    });
    expect(rollouts[0]?.steps.map(({ tool, observation }) => [tool?.kind, tool?.arguments, observation])).toEqual([
      ['other', { code: 'a' }, 'A'],
      ['other', { code: 'b' }, 'B'],
    ]);
  });
});

describe('episodes saved by prime-rl', () => {
  const node = (role: string, content: string, more: object = {}) => ({ parent: null, sampled: role === 'assistant', message: { role, content }, ...more });
  const trace = {
    id: 't1',
    agent: { name: 'agent', trainable: true },
    rewards: { right: { score: 1, weight: 0.9 }, format: { score: 0.5, weight: 0.2 }, judge: null },
    ok: true,
    errors: [],
    nodes: [
      node('system', 'Be brief.'),
      node('user', 'Where?'),
      node('assistant', 'Hm.', {
        message: { role: 'assistant', content: 'Hm.', tool_calls: [{ id: 'x', name: 'search', arguments: '{"query":"q"}' }] },
        mask: [false, true, true, true],
      }),
      node('tool', 'found', { message: { role: 'tool', tool_call_id: 'x', content: 'found' } }),
      node('assistant', 'put there by the harness', { sampled: false }),
      node('assistant', 'There.', { mask: [false, true] }),
    ],
  };
  const episode = { id: 'e', env: { id: 'wiki' }, task: { type: 'T', data: {}, key: 'k' }, group: { id: 'g1' }, traces: [trace], ok: true };

  it('makes a rollout of a trace, its tokens by the mask, its reward by score · weight', () => {
    const { name, rollouts } = read(episode);
    expect(name).toBe('episodes');
    expect(rollouts).toEqual([
      {
        group: 'g1',
        rollout: 'g1/0',
        reward: 1,
        question: 'Be brief.\n\nWhere?',
        trace: 't1',
        steps: [
          { tokens: 3, tool: { name: 'search', kind: 'text', arguments: { query: 'q' } }, text: 'Hm.', observation: 'found' },
          { tokens: 1, text: 'There.' },
        ],
      },
    ]);
  });
  it('tells agents apart, and leaves out those that are not trained, and errors', () => {
    const solver = { ...trace, agent: { name: 'solver' } };
    const judge = { ...trace, agent: { name: 'judge', trainable: false } };
    const critic = { ...trace, agent: { name: 'critic' } };
    const { rollouts, readings } = read(
      { ...episode, traces: [solver, judge, critic] },
      { ...episode, traces: [{ ...trace, ok: false }] },
      { ...episode, traces: [] },
    );
    expect(rollouts.map(({ rollout }) => rollout)).toEqual(['g1/solver/0', 'g1/critic/0']);
    expect(readings.slice(1)).toEqual([
      { kind: 'left out', why: 'the trace ended in an error' },
      { kind: 'left out', why: 'the episode has no trace' },
    ]);
  });
  it('goes by the task where an episode has no group, and reads files of single traces', () => {
    expect(read({ ...episode, group: null }).rollouts[0]?.group).toBe('task k');
    expect(read({ ...trace, task: { type: 'T', data: {}, hash: 'h' } }).rollouts[0]?.group).toBe('task h');
    expect(() => read({ ...trace, task: {} })).toThrow('must name its "group"');
  });
});

describe('chats with a reward', () => {
  const chat = (answer: string, reward: number) => ({
    messages: [
      { role: 'user', content: 'Where?' },
      { role: 'assistant', content: answer },
    ],
    reward,
  });

  it('groups by the messages before the answer, or by "group"', () => {
    const { name, rollouts } = read(chat(`${call('t', {})}there`, 1), chat('no', 0), { ...chat('no', 0), group: 4, correct: false });
    expect(name).toBe('messages');
    expect(rollouts.map(({ rollout, correct }) => [rollout, correct])).toEqual([
      ['prompt 1/0', undefined],
      ['prompt 1/1', undefined],
      ['4/0', false],
    ]);
    expect(rollouts[0]?.steps.map(({ tool }) => tool?.kind)).toEqual(['other', undefined]);
  });
});
