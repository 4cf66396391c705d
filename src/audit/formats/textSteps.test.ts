import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRollout } from '../../tapo/index.ts';
import { textSteps } from './textSteps.ts';

const call = (query: string): string => `<tool_call>\n{"name": "search", "arguments": {"query": "${query}"}}\n</tool_call>`;

describe('textSteps(text)', () => {
  it('makes a step of each call, with its thought before and the tool’s answer after it, and one of the answer', () => {
    const text = `<think>where?</think>\n${call('capital of France')}\nuser\n<tool_response>\nParis is it.\n</tool_response>\nassistant\n<think>so</think>\n<answer>Paris</answer>`;
    expect(textSteps(text)).toEqual([
      {
        tokens: 10,
        tool: { name: 'search', kind: 'text', arguments: { query: 'capital of France' } },
        text: `<think>where?</think>\n${call('capital of France')}`,
        observation: 'Paris is it.',
      },
      { tokens: 2, text: '<think>so</think>\n<answer>Paris</answer>' },
    ]);
  });
  it('reads the tool’s answer by the names of the roles where it has no tag, as in verl’s documentation', () => {
    const text = `assistant\n${call('2 + 2')}\n\ntool\n4.0\n\n\nassistant\n#### 4`;
    const [first, second] = textSteps(text);
    expect(first?.observation).toBe('4.0');
    expect(second).toEqual({ tokens: 2, text: '#### 4' });
  });
  it('makes two steps of two calls in a turn, and gives the answers to the last', () => {
    const steps = textSteps(`${call('a')}\n${call('b')}<tool_response>A</tool_response><tool_response>B</tool_response>`);
    expect(steps.map(({ tool, observation }) => [tool?.arguments.query, observation])).toEqual([
      ['a', undefined],
      ['b', 'A\nB'],
    ]);
  });
  it('takes a call that is no JSON, or has no name, for a turn without a call', () => {
    for (const bad of ['{"name": "search"', '{"arguments": {}}', '{"name": "search", "arguments": [1]}', 'null'])
      expect(textSteps(`<tool_call>${bad}</tool_call>`)).toEqual([{ tokens: bad.split(' ').length, text: `<tool_call>${bad}</tool_call>` }]);
    expect(textSteps(`${call('a')} then <tool_call>{"na`).map(({ tool }) => tool !== undefined)).toEqual([true, false]);
  });
  it('reads no calls from what a tool answered', () => {
    expect(textSteps(`${call('a')}<tool_response>a page with ${call('b')}</tool_response>done`).map(({ tool }) => tool?.arguments.query)).toEqual([
      'a',
      undefined,
    ]);
  });
  it('gives nothing for a blank text', () => {
    expect(textSteps('')).toEqual([]);
    expect(textSteps(' \n')).toEqual([]);
  });
  it('is quick on tags that are never closed', () => {
    const start = performance.now();
    expect(textSteps('<tool_response><tool_call>'.repeat(100_000))).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });
  it('gives steps that a rollout file may hold, whatever the text', () => {
    const part = fc.constantFrom(
      '<tool_call>',
      '</tool_call>',
      '<tool_response>',
      '</tool_response>',
      '{"name":"t","arguments":{}}',
      '\nuser\n',
      '\nassistant\n',
      'x ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const line = JSON.stringify({ group: 'g', rollout: 'r', reward: 0, steps: textSteps(parts.join('')) });
        expect(() => parseRollout(line)).not.toThrow();
      }),
    );
  });
});
