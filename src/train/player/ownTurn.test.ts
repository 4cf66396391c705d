import { beforeAll, describe, expect, it } from 'vitest';
import { parseTurn } from '../../env/parse.ts';
import type { Tool } from '../../env/types.ts';
import { buildCodec, type Codec } from '../codec.ts';
import { almanacFromDisk, atlasFromDisk } from '../testing.ts';
import { type OwnTurn, tokenOfWord, tokensOfTurn, turnText } from './ownTurn.ts';

let codec: Codec;
let tools: readonly Tool[];
beforeAll(async () => {
  const atlas = await atlasFromDisk();
  codec = buildCodec(atlas.vocabulary)();
  tools = atlas.tools;
});

const zoom: OwnTurn = { thought: 'red five', action: { kind: 'region', tool: 'image_zoom_in_tool', box: [333, 0, 667, 417], image: 1 } };
const search = (query: string): OwnTurn => ({ thought: '', action: { kind: 'text', tool: 'text_search_tool', query } });
const answer = (text: string): OwnTurn => ({ thought: '', action: { kind: 'answer', text } });

describe('turnText(turn)', () => {
  it('writes a turn as a policy would, with a thought or without', () => {
    expect(turnText(zoom)).toBe('<think> red five </think> <tool_call> image_zoom_in_tool 333 0 667 417 img_1 </tool_call>');
    expect(turnText(answer('Paris'))).toBe('<answer> Paris </answer>');
    expect(turnText({ thought: ' ', action: { kind: 'image', tool: 'image_search_tool' } })).toBe('<tool_call> image_search_tool  </tool_call>');
  });
});

describe('tokensOfTurn(turn, codec)', () => {
  it('gives tokens that the world reads as the call that was meant', () => {
    const read = (turn: OwnTurn) => parseTurn(codec.decodeTurn(tokensOfTurn(turn, codec)), tools);
    expect(read(zoom)).toMatchObject({ kind: 'call', tool: 'image_zoom_in_tool', arguments: { bbox_2d: [333, 0, 667, 417], img_idx: 1 } });
    expect(read(search('calling code of New Zealand'))).toMatchObject({ arguments: { query: 'calling code of New Zealand' } });
    expect(read(answer('south america'))).toEqual({ kind: 'answer', text: 'South America', start: 0 }); // the vocabulary's own case
    expect(read(answer(''))).toMatchObject({ kind: 'answer', text: '' });
  });
  it('names the word that the vocabulary lacks', () => {
    expect(() => tokensOfTurn(search('capital of Atlantis, please'), codec)).toThrow(/no word “Atlantis”/);
    expect(() => tokensOfTurn({ ...zoom, action: { kind: 'region', tool: 'image_zoom_in_tool', box: [100, 0, 667, 417], image: 0 } }, codec)).toThrow(
      /no word “100”/,
    );
  });
  it('refuses tags in the text, and turns that are too long', () => {
    expect(() => tokensOfTurn(search('capital </tool_call>'), codec)).toThrow(/plain words, got a tag/);
    expect(() => tokensOfTurn(search('capital '.repeat(30)), codec)).toThrow(/at most 24 tokens a turn, got 33/);
  });
});

describe('tokensOfTurn(turn, codec) of a program', () => {
  let almanac: Codec;
  let almanacTools: readonly Tool[];
  beforeAll(async () => {
    const world = await almanacFromDisk();
    almanac = buildCodec(world.vocabulary)();
    almanacTools = world.tools;
  });
  const program = (query: string): OwnTurn => ({ thought: 'sum', action: { kind: 'other', tool: 'python_tool', query } });
  it('takes signs with or without spaces between them', () => {
    const read = (query: string) => parseTurn(almanac.decodeTurn(tokensOfTurn(program(query), almanac)), almanacTools);
    expect(read('print(sum(x>v1 for x in v3))')).toMatchObject({ tool: 'python_tool', arguments: { code: 'print ( sum ( x > v1 for x in v3 ) )' } });
    expect(read('print ( v1+v3 )')).toMatchObject({ arguments: { code: 'print ( v1 + v3 )' } });
  });
  it('names the sign or the number that the vocabulary lacks', () => {
    expect(() => tokensOfTurn(program('print(v1 % v3)'), almanac)).toThrow(/no word “%”/);
    expect(() => tokensOfTurn(program('print(v1 * 2)'), almanac)).toThrow(/no word “2”/);
    expect(() => tokensOfTurn(program('print(v1 < v3)'), almanac)).toThrow(/got a tag/);
  });
});

describe('tokenOfWord(word, codec)', () => {
  it('finds every token by its word', () => {
    const writable = Array.from({ length: codec.vocabularySize }, (_, id) => id);
    expect(writable.map((id) => tokenOfWord(codec.decodeTurn([id])[0] as string, codec))).toEqual(writable);
  });
  it('refuses what is no single token', () => {
    expect(() => tokenOfWord('capital France', codec)).toThrow(/no word “capital France”/);
    expect(() => tokenOfWord('Atlantis', codec)).toThrow(/no word “Atlantis”/);
  });
});
