import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTurn } from './parse.ts';

const TOOLS = [
  { name: 'zoom', kind: 'region' },
  { name: 'look', kind: 'image' },
  { name: 'search', kind: 'text' },
  { name: 'python', kind: 'other', argument: 'code' },
  { name: 'other', kind: 'other' },
] as const;
const parse = (text: string) => parseTurn(text === '' ? [] : text.split(' '), TOOLS);

describe('parseTurn(words, tools)', () => {
  it('reads a call, with or without a thought', () => {
    expect(parse('<think> red five </think> <tool_call> zoom 0 83 333 417 img_0 </tool_call>')).toEqual({
      kind: 'call',
      tool: 'zoom',
      toolKind: 'region',
      arguments: { bbox_2d: [0, 83, 333, 417], img_idx: 0 },
      start: 4,
    });
    expect(parse('<tool_call> look </tool_call>')).toMatchObject({ kind: 'call', tool: 'look', arguments: {}, start: 0 });
    expect(parse('<think> </think> <tool_call> search capital France </tool_call>')).toMatchObject({ arguments: { query: 'capital France' } });
    expect(parse('<tool_call> python print ( v1 ) </tool_call>')).toMatchObject({ arguments: { code: 'print ( v1 )' } });
    expect(parse('<tool_call> other a b </tool_call>')).toMatchObject({ arguments: { input: 'a b' } });
    expect(parse('<tool_call> search </tool_call>')).toMatchObject({ kind: 'call', arguments: { query: '' } });
  });
  it('reads an answer, also an empty one', () => {
    expect(parse('<think> Paris </think> <answer> Paris </answer>')).toEqual({ kind: 'answer', text: 'Paris', start: 3 });
    expect(parse('<answer> </answer>')).toEqual({ kind: 'answer', text: '', start: 0 });
  });
  it.each([
    ['', 'expected a call or an answer'],
    ['<think> red', 'the thought is not closed'],
    ['<answer> Paris', 'expected a call or an answer'],
    ['<tool_call> zoom 0 83 333 img_0 </tool_call>', 'the arguments of zoom cannot be read'],
    ['<tool_call> zoom 0 83 red 417 img_0 </tool_call>', 'the arguments of zoom cannot be read'],
    ['<tool_call> look 3 </tool_call>', 'the arguments of look cannot be read'],
    ['<tool_call> fly </tool_call>', 'no tool "fly"'],
    ['<tool_call> search <answer> </tool_call>', 'a tag stands where a word was expected'],
    ['<answer> Paris </tool_call>', 'expected a call or an answer'],
  ])('calls "%s" malformed', (text, reason) => {
    expect(parse(text)).toEqual({ kind: 'malformed', reason });
  });
  it('never throws, whatever the words', () => {
    const word = fc.constantFrom('<think>', '</think>', '<tool_call>', '</tool_call>', '<answer>', '</answer>', 'zoom', 'search', '83', 'img_0', 'France', '');
    fc.assert(fc.property(fc.array(word, { maxLength: 12 }), (words) => ['call', 'answer', 'malformed'].includes(parseTurn(words, TOOLS).kind)));
  });
});
