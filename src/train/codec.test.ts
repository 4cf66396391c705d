import { beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import { randomStream } from '../tapo/index.ts';
import { buildCodec, type Codec, PATCH_LENGTH, shuffleNames } from './codec.ts';
import { atlasFromDisk } from './testing.ts';
import { addSegment, addWritten, batchTranscripts, emptyTranscript } from './transcript.ts';

let atlas: Atlas;
let codec: Codec;
beforeAll(async () => {
  atlas = await atlasFromDisk();
  codec = buildCodec(atlas.vocabulary)();
});
const say = (tokens: readonly number[]) => codec.decodeTurn(tokens).join(' ');

describe('the codec of the atlas', () => {
  it('writes a question, then the picture as nine patches', () => {
    const task = atlas.task('grid', 'train', 1, 0);
    const { tokens, patchAt, patches } = codec.question(task, atlas.overview(task));
    expect(say(tokens)).toBe(
      `<question> ${task.question.replace('?', '').toLowerCase()} </question> img_0 ${Array.from({ length: 9 }, (_, i) => `<patch_${i}>`).join(' ')}`,
    );
    expect(patchAt).toEqual(Array.from({ length: 9 }, (_, i) => tokens.length - 9 + i));
    expect(patches.length).toBe(9 * PATCH_LENGTH);
    expect(Math.max(...patches)).toBeLessThanOrEqual(1);
    expect(Math.min(...patches)).toBeGreaterThanOrEqual(-1);
  });
  it('cuts patches row by row', () => {
    const pixels = new Uint8Array(24 * 24 * 3);
    pixels[(8 * 24 + 16) * 3 + 1] = 255; // row 8, column 16, green: patch 5, its first pixel
    const { patches } = codec.observation({ kind: 'image', index: 1, region: { image: 'q', bbox: [0, 0, 1, 1] }, picture: { width: 24, height: 24, pixels } });
    expect([...patches.keys()].filter((i) => patches[i] === 1)).toEqual([5 * PATCH_LENGTH + 1]);
  });
  it('writes what tools answer, documents cut to eight tokens', () => {
    const text = (observation: Parameters<Codec['observation']>[0]) => say(codec.observation(observation).tokens);
    const picture = { width: 1, height: 1, pixels: new Uint8Array(3) };
    expect(text({ kind: 'picture', picture, text: 'capital of France' })).toBe('<tool_response> capital of France </tool_response>');
    expect(
      text({
        kind: 'titles',
        region: { image: 'q', bbox: [0, 0, 1, 1] },
        results: [
          { title: 'France', score: 1 },
          { title: 'Peru', score: 0.5 },
        ],
      }),
    ).toBe('<tool_response> France Peru </tool_response>');
    expect(
      text({ kind: 'documents', results: [{ id: 'd', title: 'Peru', text: 'The capital of Peru is Lima and the currency is PEN and more.', score: 1 }] }),
    ).toBe('<tool_response> <document> Peru the capital of Peru is Lima and the </tool_response>');
    expect(text({ kind: 'error', cause: 'model', message: 'empty box' })).toBe('<tool_response> error empty box </tool_response>');
  });
  it('keeps what a policy only reads out of what it writes', () => {
    expect(say(codec.stopTokens)).toBe('</tool_call> </answer>');
    expect(codec.unwritable).toHaveLength(6 + 9);
    for (const token of codec.encodeTurn('<think> red five </think> <tool_call> image_zoom_in_tool 0 0 333 333 img_0 </tool_call>'))
      expect(codec.unwritable).not.toContain(token);
  });
});

describe('shuffleNames(vocabulary, random)', () => {
  it('is a bijection that moves names within their kind and leaves the rest', () => {
    const { forward, inverse } = shuffleNames(atlas.vocabulary, randomStream(4));
    expect([...forward].sort((a, b) => a - b)).toEqual([...forward.keys()]);
    forward.forEach((to, from) => {
      expect(inverse[to]).toBe(from);
    });
    let first = 0;
    for (const { entity, tokens } of atlas.vocabulary.groups) {
      const ids = tokens.map((_, i) => first + i);
      const moved = ids.map((id) => forward[id] as number);
      if (entity) expect(moved.sort((a, b) => a - b)).toEqual(ids);
      else expect(moved).toEqual(ids);
      first += tokens.length;
    }
  });
  it('renames on the way in and back on the way out, so that the world stays real', () => {
    const shuffled = buildCodec(atlas.vocabulary)(shuffleNames(atlas.vocabulary, randomStream(4)));
    const text = '<think> capital </think> <tool_call> text_search_tool capital France </tool_call>';
    expect(shuffled.encodeTurn(text)).not.toEqual(codec.encodeTurn(text));
    expect(shuffled.decodeTurn(shuffled.encodeTurn(text)).join(' ')).toBe(text);
  });
});

describe('transcripts', () => {
  it('hold tokens, patches and whose they are, and pad to a batch', () => {
    const task = atlas.task('grid', 'train', 1, 0);
    const [long, short] = [emptyTranscript(), emptyTranscript()];
    const question = codec.question(task, atlas.overview(task));
    addSegment(long, question);
    addWritten(long, [7, 8]);
    addWritten(short, [9]);
    const batch = batchTranscripts([short, long], PATCH_LENGTH);
    const T = question.tokens.length + 2;
    expect(batch.shape).toEqual([2, T]);
    expect([...batch.lengths]).toEqual([1, T]);
    expect([...batch.mask.subarray(0, 3)]).toEqual([1, 0, 0]);
    expect([...batch.mask.subarray(2 * T - 3)]).toEqual([0, 1, 1]);
    expect([...batch.patchRows.subarray(0, T)]).toEqual(new Array(T).fill(-1));
    expect([...batch.patchRows.subarray(2 * T - 3)]).toEqual([8, -1, -1]);
    expect(() => batchTranscripts([{ ...long, patches: [] }], PATCH_LENGTH)).toThrow('expected 9 patches');
  });
});
