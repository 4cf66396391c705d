import { describe, expect, it } from 'vitest';
import { toBase64 } from '../base64.ts';
import { filled } from '../picture.ts';
import type { Observation } from '../types.ts';
import { createKeyring } from './keyring.ts';
import type { McpAnswer, McpServer } from './mcp.ts';
import { mcpToolAsItIs } from './mcpTools.ts';
import { pngOf } from './png.ts';

const RED = filled(3, 2, [255, 0, 0]);
const png = { mimeType: 'image/png', data: toBase64(pngOf(RED)) };
const CONTEXT = { task: { id: 't', preset: '', split: 'train', type: '', question: '', answer: '', image: '', scene: null }, images: [] } as const;

function answered(answer: McpAnswer) {
  const server: McpServer = {
    url: new URL('http://mcp.example.org/mcp'),
    tools: async () => [],
    call: async () => answer,
    close: async () => {},
  };
  return mcpToolAsItIs(server, { name: 'look', arguments: {}, required: [] }, createKeyring()).call({}, CONTEXT);
}

describe('mcpToolAsItIs(server, tool, keys)', () => {
  it('gives the first picture that can be read, with the text beside it and a word on each other one', async () => {
    expect(await answered({ text: 'A <b>red</b> field', pictures: [{ mimeType: 'image/jpeg', data: '' }, png, png] })).toEqual({
      kind: 'picture',
      picture: RED,
      text: 'A b red /b field (2 pictures are not shown: only PNG is read, not image/jpeg; another one is shown)',
    });
  });
  it('shows a large picture smaller', async () => {
    const data = toBase64(pngOf(filled(1536, 3, [0, 0, 255])));
    expect(await answered({ text: '', pictures: [{ mimeType: 'image/png', data }] })).toEqual({
      kind: 'picture',
      picture: filled(768, 2, [0, 0, 255]),
      text: '',
    });
  });
  it.each([
    [{ mimeType: 'image/<svg>', data: png.data }, '(a picture is not shown: only PNG is read, not image/ svg)'],
    [{ mimeType: 'image/png', data: 'R0lGODlh' }, '(a picture is not shown: it is no PNG file)'],
    [{ mimeType: 'image/png', data: '&' }, expect.stringMatching(/^\(a picture is not shown: .+\)$/)],
  ])('says in words of %o why it is not shown, behind the text', async (picture, note) => {
    const alone = await answered({ text: ' ', pictures: [picture] });
    expect(alone).toEqual({ kind: 'documents', results: [{ id: 'look/0', title: '', text: note, score: 1 }] });
    const { text } = (alone as Observation & { kind: 'documents' }).results[0] as { text: string };
    expect(await answered({ text: 'Title\nText', pictures: [picture] })).toEqual({
      kind: 'documents',
      results: [{ id: 'look/0', title: 'Title', text: `Text ${text}`, score: 1 }],
    });
  });
  it('cuts neither text nor note for the other: all documents stand, and the last makes room for one line', async () => {
    const long = 'x'.repeat(3000);
    const jpegs = ['a', 'b', 'c', 'd'].map((name) => ({ mimeType: `image/${name.repeat(99)}`, data: '' }));
    const note = /^x{1700,} \(4 pictures are not shown: only PNG is read, not image\/a+;.+\)$/;
    const documents = (await answered({ text: [long, long, long].join('\n\n'), pictures: jpegs })) as Observation & { kind: 'documents' };
    expect(documents.results.map(({ text }) => text)).toEqual(['x'.repeat(2000), 'x'.repeat(2000), expect.stringMatching(note)]);
    const picture = (await answered({ text: long, pictures: [...jpegs, png] })) as Observation & { kind: 'picture' };
    expect(picture.text).toMatch(note);
    expect([picture.text.length, documents.results[2]?.text.length]).toEqual([2000, 2000]);
  });
});
