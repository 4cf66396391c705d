import { describe, expect, it } from 'vitest';
import type { ToolCall, ToolKind } from './rollout.ts';
import { callSimilarity, prepareCall, type SimilarityOptions } from './similarity.ts';

const call = (kind: ToolKind, args: Record<string, unknown>, rest: Partial<ToolCall> = {}): ToolCall => ({ name: 'tool', kind, arguments: args, ...rest });
const similarity = (a: ToolCall, b: ToolCall, options?: SimilarityOptions): number => callSimilarity(prepareCall(a, 'g'), prepareCall(b, 'g'), options);

describe('callSimilarity of region calls', () => {
  const zoom = (box: number[], rest: Record<string, unknown> = {}) => call('region', { bbox_2d: box, ...rest });
  it('is IoU on the same image, image 0 where none is named', () => {
    expect(similarity(zoom([0, 0, 500, 500]), zoom([0, 0, 500, 250], { img_idx: 0 }))).toBe(0.5);
    expect(similarity(zoom([0, 0, 500, 500]), zoom([0, 0, 500, 500], { img_idx: 1 }))).toBe(0);
    expect(similarity(zoom([0, 0, 500, 500], { img_idx: '1' }), zoom([0, 0, 500, 500], { img_idx: 1 }))).toBe(1);
  });
  it('takes the resolved region, if there is one, before the box', () => {
    const a = call('region', { bbox_2d: [0, 0, 9, 9] }, { region: { image: 'q', bbox: [0, 0, 10, 10] } });
    const b = call('region', { bbox_2d: [500, 0, 900, 9] }, { region: { image: 'q', bbox: [0, 0, 10, 5] } });
    expect(similarity(a, b)).toBe(0.5);
  });
  it('compares argument by argument where one has no box', () => {
    expect(similarity(zoom([0, 0, 500, 500]), call('region', { label: 'flag' }))).toBe(0);
    expect(similarity(call('region', { label: 'red flag' }), call('region', { label: 'flag' }))).toBeCloseTo(2 / 3, 12);
  });
  it('iouLabel multiplies with the similarity of the labels; giou is clipped at 0', () => {
    expect(similarity(zoom([0, 0, 4, 4], { label: 'red flag' }), zoom([0, 0, 4, 4], { label: 'flag' }), { region: 'iouLabel' })).toBeCloseTo(2 / 3, 12);
    expect(similarity(zoom([0, 0, 1, 1]), zoom([5, 5, 6, 6]), { region: 'giou' })).toBe(0);
  });
});

describe('callSimilarity of image searches', () => {
  const at = (bbox: [number, number, number, number], image = 'q') => call('image', {}, { region: { image, bbox } });
  it('is 1 without regions in one group, whatever the arguments, and 0 across groups', () => {
    expect(similarity(call('image', { hint: 'a' }), call('image', {}))).toBe(1);
    expect(callSimilarity(prepareCall(call('image', {}), 'g'), prepareCall(call('image', {}), 'h'))).toBe(0);
  });
  it('is IoU in the root image with regions, 0 for another image or where only one has a region', () => {
    expect(similarity(at([0, 0, 10, 10]), at([0, 0, 10, 5]))).toBe(0.5);
    expect(similarity(at([0, 0, 10, 10]), at([0, 0, 10, 10], 'r'))).toBe(0);
    expect(similarity(at([0, 0, 10, 10]), call('image', {}))).toBe(0);
    expect(similarity(at([0, 0, 10, 10]), at([0, 0, 10, 9]), { image: 'exact' })).toBe(0);
  });
});

describe('callSimilarity of other calls', () => {
  const other = (args: Record<string, unknown>) => call('other', args);
  it('is the mean over the union of argument names', () => {
    expect(similarity(other({ a: 'x y', n: 3 }), other({ a: 'x', n: 3, m: 1 }))).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12);
    expect(similarity(other({}), other({}))).toBe(1);
  });
  it('compares numbers by value, booleans to booleans, null to null, objects whatever their key order, boxes by IoU', () => {
    const pairs: [unknown, unknown, number][] = [
      [1, 1.0, 1],
      [1, true, 0],
      [true, true, 1],
      [null, null, 1],
      [null, 0, 0],
      [{ a: 1, b: [2] }, { b: [2], a: 1 }, 1],
      [[0, 0, 2, 2], [0, 0, 2, 1], 0.5],
      [[0, 0, 2, 2], [0, 0, 2], 0],
      ['1', 1, 0],
      [-0, 0, 1],
    ];
    for (const [a, b, expected] of pairs) expect(similarity(other({ v: a }), other({ v: b })), `${JSON.stringify(a)} ~ ${JSON.stringify(b)}`).toBe(expected);
  });
  it('exact wants equal arguments', () => {
    expect(similarity(other({ a: 'x y' }), other({ a: 'x' }), { other: 'exact' })).toBe(0);
  });
});

describe('callSimilarity of text calls', () => {
  it('compares queries, and arguments where one has no string query', () => {
    expect(similarity(call('text', { query: 'capital France', k: 3 }), call('text', { query: 'France capital', k: 5 }))).toBe(1);
    expect(similarity(call('text', { q: 'a' }), call('text', { query: 'a' }))).toBe(0);
  });
});

describe('tools', () => {
  it('of another name or kind are never alike', () => {
    expect(similarity(call('text', { query: 'a' }), { ...call('text', { query: 'a' }), name: 'other' })).toBe(0);
    expect(similarity(call('text', { query: 'a' }), call('other', { query: 'a' }))).toBe(0);
  });
});

describe('similarities of single tools', () => {
  const nearness = (a: ToolCall, b: ToolCall): number => 1 - Math.abs(Number(a.arguments.n) - Number(b.arguments.n)) / 10;
  const number = (n: unknown, name = 'tool') => call('other', { n }, { name });
  it('stand in the place of their kind’s, for the tool of that name alone', () => {
    expect(similarity(number(3), number(5), { similarities: { tool: nearness } })).toBe(0.8);
    expect(similarity(number(3, 'constructor'), number(5, 'constructor'), { similarities: { tool: nearness } })).toBe(0);
    expect(similarity(call('region', { bbox_2d: [0, 0, 1, 1], n: 1 }), call('region', { n: 2 }), { similarities: { tool: nearness } })).toBe(0.9);
  });
  it.each([[1.5], [-0.1], [Number.NaN], ['0.5']])('refuses %s, and names the tool', (value) => {
    expect(() => similarity(number(1), number(2), { similarities: { tool: () => value as number } })).toThrow(
      new RangeError(`similarities: expected a number in [0, 1] for two calls of tool, got ${value}; mend the tool's measure`),
    );
  });
});
