import { describe, expect, it } from 'vitest';
import { toBase64 } from '../base64.ts';
import { filled } from '../picture.ts';
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
      text: 'A b red /b field (a picture in image/jpeg is not shown: only PNG is read) (another picture is not shown)',
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
    [{ mimeType: 'image/<svg>', data: png.data }, '(a picture in image/ svg is not shown: only PNG is read)'],
    [{ mimeType: 'image/png', data: 'R0lGODlh' }, '(a picture is not shown: it is no PNG file)'],
    [{ mimeType: 'image/png', data: '&' }, expect.stringMatching(/^\(a picture is not shown: .+\)$/)],
  ])('says in words of %o why it is not shown, before the text', async (picture, text) => {
    expect(await answered({ text: 'Title\nText', pictures: [picture] })).toEqual({
      kind: 'documents',
      results: [
        { id: 'look/0', title: '', text, score: 1 },
        { id: 'look/1', title: 'Title', text: 'Text', score: 0.5 },
      ],
    });
  });
});
