import { describe, expect, it } from 'vitest';
import { type ChatForm, chatCommandOf, FIRST_CHAT_FORM, readChatForm, titleOf } from './chatForm.ts';
import { changeOption } from './form.ts';

const FILLED: ChatForm = { ...FIRST_CHAT_FORM, url: ' http://localhost:11434/v1 ', model: ' qwen 2.5 ' };
const setupOf = (form: ChatForm) => {
  const read = readChatForm(form);
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.setup;
};

describe('readChatForm(form)', () => {
  it('gives the play that a filled form asks for', () => {
    const spec = { ...FILLED.spec, prompts: 3, temperature: 0.5, tools: ['text_search_tool=mediawiki:https://en.wikipedia.org'] };
    expect(setupOf({ ...FILLED, servers: ' http://a.example/mcp  http://b.example ', spec })).toEqual({
      url: 'http://localhost:11434/v1',
      model: 'qwen 2.5',
      benchmark: 'atlas',
      preset: 'grid',
      split: 'validation',
      tasks: 3,
      groupSize: 8,
      temperature: 0.5,
      tools: ['text_search_tool=mediawiki:https://en.wikipedia.org', 'mcp:http://a.example/mcp', 'mcp:http://b.example'],
    });
  });
  it('leaves out transports of tools that the benchmark lacks', () => {
    const tools = ['image_search_tool=stochastic:0.2', 'text_search_tool=searxng:https://s.example'];
    const spec = changeOption({ ...FILLED.spec, tools }, 'benchmark', 'almanac');
    expect(setupOf({ ...FILLED, spec })).toMatchObject({ benchmark: 'almanac', preset: 'easy', tools: [tools[1]] });
  });
  it('names what is wrong by its field', () => {
    expect(readChatForm(FIRST_CHAT_FORM)).toEqual({
      kind: 'faults',
      faults: {
        url: 'expected an http or https address, such as http://localhost:11434/v1',
        model: 'expected the model’s name, as the endpoint calls it',
      },
    });
    for (const [url, expected] of [
      ['localhost', 'an http or https address'],
      ['ftp://a.example', 'an http or https address'],
      ['https://me:secret@a.example', 'an address without a name and password'],
    ] as const)
      expect(readChatForm({ ...FILLED, url })).toMatchObject({ faults: { url: expect.stringContaining(expected) } });
    expect(readChatForm({ ...FILLED, servers: 'http://a.example a.example' })).toMatchObject({
      faults: { servers: 'expected an http or https address, got "mcp:a.example"' },
    });
  });
});

it('titleOf(setup) names model, host and questions', () => {
  expect(titleOf(setupOf(FILLED))).toBe('qwen 2.5 at localhost:11434 on atlas/grid, validation');
});

it('chatCommandOf(setup) has every word as a shell takes it', () => {
  expect(chatCommandOf(setupOf({ ...FILLED, servers: 'http://a.example/mcp?x=1' }))).toBe(
    "npx tapo chat http://localhost:11434/v1 --model 'qwen 2.5' --benchmark atlas --preset grid --split validation --tasks 8 --group-size 8 --temperature 1 --tool 'mcp:http://a.example/mcp?x=1'",
  );
});
