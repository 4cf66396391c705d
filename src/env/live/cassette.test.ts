import { describe, expect, it, vi } from 'vitest';
import { toBase64 } from '../base64.ts';
import { filled } from '../picture.ts';
import type { Observation, Tool } from '../types.ts';
import { CassetteMismatch, recordCassette, replayCassette } from './cassette.ts';
import { pngOf } from './png.ts';
import { TEXT_TOOL } from './testing/fakeFetch.ts';

const CONTEXT = { task: { id: 't', preset: '', split: 'train', type: '', question: '', answer: '', image: '', scene: null }, images: [] } as const;
const documents = (title: string): Observation => ({ kind: 'documents', results: [{ id: '1', title, text: 'é "quoted"\n', score: 0.1 + 0.2 }] });

/** The beginning of a file with too many pixels. */
const HUGE = pngOf(filled(1, 1, [0, 0, 0])).fill(255, 16, 24);

/** A tool that gives these answers one after the other; a text is a failure. */
function scripted(...answers: (Observation | string)[]): Tool {
  let n = 0;
  return {
    ...TEXT_TOOL,
    call: async () => {
      const answer = answers[n++];
      if (typeof answer === 'string') throw new Error(answer);
      return answer as Observation;
    },
  };
}

const ask = (tool: Tool, query: string) => tool.call({ query }, CONTEXT).catch((error: Error) => error.message);

async function recorded(tool: Tool, queries: readonly string[]): Promise<{ text: string; answers: unknown[] }> {
  const lines: string[] = [];
  const wrapped = recordCassette((line) => lines.push(line)).wrap(tool);
  const answers: unknown[] = [];
  for (const query of queries) answers.push(await ask(wrapped, query));
  return { text: lines.join(''), answers };
}

const QUERIES = ['a', 'b', 'a', 'c'];
const session = () => recorded(scripted(documents('A'), documents('B'), documents('other'), 'the server failed'), QUERIES);

describe('recordCassette(write) and replayCassette(text)', () => {
  it('give a session again, answers and failures alike', async () => {
    const { text, answers } = await session();
    const replayed = replayCassette(text).wrap(scripted());
    for (const [i, query] of QUERIES.entries()) expect(await ask(replayed, query)).toEqual(answers[i]);
    expect(answers[3]).toBe('the server failed');
  });

  it('find calls in another order, equal ones in theirs, and repeat the last of these', async () => {
    const { text, answers } = await session();
    const replayed = replayCassette(text).wrap(scripted());
    expect(await ask(replayed, 'c')).toBe('the server failed');
    expect(await ask(replayed, 'a')).toEqual(answers[0]);
    expect(await ask(replayed, 'a')).toEqual(answers[2]);
    expect(await ask(replayed, 'a')).toEqual(answers[2]);
  });

  it('keep titles, and pictures as PNG files', async () => {
    const titles: Observation = { kind: 'titles', results: [{ title: 'France', score: 1 }] };
    const picture: Observation = { kind: 'picture', picture: { width: 1, height: 1, pixels: Uint8Array.from([1, 2, 3]) }, text: 'a dot' };
    const { text } = await recorded(scripted(titles, picture), ['a', 'b']);
    expect(JSON.parse(text.split('\n')[1] as string).observation).toEqual({ kind: 'picture', png: expect.stringMatching(/^iVBOR/), text: 'a dot' });
    const replayed = replayCassette(text).wrap(scripted());
    expect([await ask(replayed, 'a'), await ask(replayed, 'b')]).toEqual([titles, picture]);
  });

  it('write a line a call: number, tool, arguments, status, observation', async () => {
    const { text } = await session();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ call: 0, tool: 'text_search_tool', arguments: { query: 'a' }, status: 'ok', observation: documents('A') });
    expect(lines[3]).toEqual({ call: 3, tool: 'text_search_tool', arguments: { query: 'c' }, status: 'failed', message: 'the server failed' });
  });

  it('keep what a server listed, which counts as no call; one that they lack is asked', async () => {
    const lines: string[] = [];
    const recorder = recordCassette((line) => lines.push(line));
    const server = new URL('http://mcp.example.org/mcp?key=canary');
    const listed = [{ name: 'sum', arguments: { a: 'number' }, required: ['a'] }];
    expect(await recorder.list(server, async () => listed)).toEqual(listed);
    await ask(recorder.wrap(scripted(documents('A'))), 'a');
    expect(lines[0]).toBe('{"server":"http://mcp.example.org/mcp","tools":[{"name":"sum","arguments":{"a":"number"},"required":["a"]}]}\n');
    expect(lines[1]).toMatch(/^\{"call":0,/);
    const player = replayCassette(lines.join(''));
    const unasked = vi.fn();
    expect(await player.list(server, unasked)).toEqual(listed);
    expect(unasked).not.toHaveBeenCalled();
    expect(await player.list(new URL('http://other.example.org/'), async () => [])).toEqual([]);
    expect(await ask(player.wrap(scripted()), 'z')).toMatch(/^cassette: call 0 is not in it: expected text_search_tool/);
  });

  it('leave no line for a call that was aborted', async () => {
    const lines: string[] = [];
    const stop = new AbortController();
    const tool = recordCassette((line) => lines.push(line)).wrap(scripted('aborted'));
    stop.abort();
    await expect(tool.call({ query: 'a' }, CONTEXT, { signal: stop.signal })).rejects.toThrow('aborted');
    expect(lines).toEqual([]);
  });
});

describe('replayCassette(text, options)', () => {
  it('names the call that it lacks, what it expected and what came', async () => {
    const heard: CassetteMismatch[] = [];
    const replayed = replayCassette((await session()).text, { onMismatch: (mismatch) => heard.push(mismatch) }).wrap(scripted());
    await ask(replayed, 'a');
    const expected = 'cassette: call 1 is not in it: expected text_search_tool {"query":"b"}, got text_search_tool {"query":"z"}';
    await expect(replayed.call({ query: 'z' }, CONTEXT)).rejects.toThrow(new CassetteMismatch(expected));
    expect(heard.map(({ message }) => message)).toEqual([expected]);
  });
  it('says that nothing further was expected', async () => {
    expect(await ask(replayCassette('').wrap(scripted()), 'a')).toBe(
      'cassette: call 0 is not in it: expected no further call, got text_search_tool {"query":"a"}',
    );
  });
  it('unpacks a picture when its call is played, which fails where it cannot be read', async () => {
    const png = toBase64(pngOf(filled(9, 9, [1, 2, 3])).subarray(0, 45));
    const line = { call: 7, tool: 'text_search_tool', arguments: { query: 'a' }, status: 'ok', observation: { kind: 'picture', png, text: '' } };
    const replayed = replayCassette(JSON.stringify(line)).wrap(scripted());
    expect(await ask(replayed, 'a')).toMatch(/^cassette: the picture of call 7 cannot be read: its file is damaged/);
  });
  it.each([
    ['not JSON', 'nonsense'],
    ['another shape', '{"call":0}'],
    ['a picture that is none', '{"call":0,"tool":"t","arguments":{},"status":"ok","observation":{"kind":"picture","png":"AAAA","text":""}}'],
    ['a picture that is too large', `{"call":0,"tool":"t","arguments":{},"status":"ok","observation":{"kind":"picture","png":"${toBase64(HUGE)}","text":""}}`],
    [
      'an infrastructure error as an answer',
      '{"call":0,"tool":"t","arguments":{},"status":"ok","observation":{"kind":"error","cause":"infrastructure","message":"x"}}',
    ],
  ])('names a line with %s', (_, line) => {
    const good = '{"call":0,"tool":"t","arguments":{},"status":"failed","message":"x"}';
    expect(() => replayCassette(`${good}\n${line}\n`)).toThrow(/cassette, line 2: expected \{"call","tool"/);
  });
});
