// An MCP server that nobody here wrote: @modelcontextprotocol/server-everything over Streamable HTTP. Its instructions try to tell an agent
// what to say; they must change nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answering, ended, freePort } from '../../scripts/servers.ts';
import type { Atlas } from '../../src/env/atlas/atlas.ts';
import {
  type Cassette,
  checkTool,
  createLiveClient,
  type LiveClient,
  openTools,
  parseToolConfig,
  recordCassette,
  replayCassette,
} from '../../src/env/live/index.ts';
import { pngOf } from '../../src/env/live/png.ts';
import type { Observation, Tool } from '../../src/env/types.ts';
import { buildCodec } from '../../src/train/codec.ts';
import { evaluatePolicy } from '../../src/train/evaluate.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from '../../src/train/testing.ts';

const program = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');
const instructions = readFileSync(new URL('docs/instructions.md', `file://${program}`), 'utf8');
const CONTEXT = { task: { id: 't', preset: '', split: 'train', type: '', question: '', answer: '', image: '', scene: null }, images: [] } as const;

let server: ChildProcess;
let url: string;
let atlas: Atlas;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  const port = await freePort();
  url = `http://127.0.0.1:${port}/mcp`;
  server = spawn(process.execPath, [program, 'streamableHttp'], { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
  await answering(url, server);
});
afterAll(() => ended(server));

const open = (text: string, timeLimit = 10_000) => openTools(atlas.tools, [parseToolConfig(text)], { client: createLiveClient({ timeLimit, backoff: 10 }) });
const check = (text: string) => checkTool(parseToolConfig(text), { client: createLiveClient(), tools: atlas.tools });

describe('an MCP server', () => {
  it('stands in for the text search, by an argument that is named or found', async () => {
    for (const text of [`text_search_tool=mcp:${url}#echo(message)`, `text_search_tool=mcp:${url}#echo`])
      expect(await check(text)).toEqual({ ok: true, documents: [{ id: 'echo/0', title: '', text: 'Echo: capital France', score: 1 }], tools: [] });
  });

  it('stands in for the image search, and is given the picture as a PNG file in Base64', async () => {
    for (const text of [`image_search_tool=mcp:${url}#echo(message)`, `image_search_tool=mcp:${url}#echo`]) {
      const { tools, close } = await openTools(atlas.tools, [parseToolConfig(text)], { client: createLiveClient(), overview: atlas.overview });
      const task = atlas.task('grid', 'validation', 0, 0);
      const titles = await tools[1]?.call({}, { task, images: [[0, 0, 1000, 1000]] });
      const file = Buffer.from(pngOf(atlas.overview(task))).toString('base64');
      expect(titles).toEqual({
        kind: 'titles',
        results: [{ title: `Echo: ${file}`.slice(0, 200), score: 1 }],
        region: { image: task.image, bbox: [0, 0, 1000, 1000] },
      });
      await close();
    }
  });

  it('explains a tool that it lacks, and arguments that are not clear', async () => {
    expect(await check(`text_search_tool=mcp:${url}#fetch`)).toEqual({
      ok: false,
      explanation: expect.stringMatching(/it has no tool "fetch"; it has .*echo/),
    });
    expect(await check(`text_search_tool=mcp:${url}#get-sum`)).toEqual({
      ok: false,
      explanation: expect.stringMatching(/which argument of get-sum takes the query is not clear/),
    });
    expect(await check(`text_search_tool=mcp:${url}#get-sum(a)`)).toEqual({ ok: false, explanation: expect.stringMatching(/it refused the call: .*/) });
    expect(await check(`text_search_tool=mcp:${url}/nothing#echo`)).toEqual({ ok: false, explanation: expect.stringMatching(/404/) });
  });

  it('gives its tools under their own names, with arguments but not a word of its own', async () => {
    const { tools, close } = await open(`mcp:${url}`);
    const own = tools.slice(atlas.tools.length);
    const sum = own.find(({ name }) => name === 'get-sum') as Tool;
    expect(sum.schema.function).toEqual({
      name: 'get-sum',
      description: `A tool of the MCP server at ${new URL(url).host}.`,
      parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] },
    });
    expect(JSON.stringify(own.map(({ schema }) => schema))).not.toMatch(/echoes|returns|easter/i);
    expect(await sum.call({ a: 2, b: 3 }, CONTEXT)).toMatchObject({ kind: 'documents', results: [{ text: expect.stringContaining('5') }] });
    const image = (await own.find(({ name }) => name === 'get-tiny-image')?.call({}, CONTEXT)) as Observation;
    expect(image).toEqual({
      kind: 'picture',
      picture: { width: 20, height: 20, pixels: expect.any(Uint8Array) },
      text: "Here's the image you requested: The image above is the MCP logo.",
    });
    await close();
  });

  it('is asked for nothing when a cassette plays what its tools listed and answered', async () => {
    const lines: string[] = [];
    const config = parseToolConfig(`mcp:${url}`);
    const session = async (client: LiveClient, cassette: Cassette) => {
      const { tools, close } = await openTools(atlas.tools, [config], { client, cassette });
      const ask = (name: string, args: object) => tools.find((tool) => tool.name === name)?.call({ ...args }, CONTEXT);
      const answers = [await ask('get-sum', { a: 2, b: 3 }), await ask('get-tiny-image', {})];
      await close();
      return { schemas: tools.map(({ schema }) => schema), answers };
    };
    const live = await session(
      createLiveClient(),
      recordCassette((line) => lines.push(line)),
    );
    const noNetwork = (): never => {
      throw new Error('the network was asked');
    };
    expect(await session(createLiveClient({ fetch: noNetwork }), replayCassette(lines.join('')))).toEqual(live);
  });

  it('is not waited for longer than the time limit', async () => {
    const { tools, close } = await open(`mcp:${url}`, 700);
    const slow = tools.find(({ name }) => name === 'trigger-long-running-operation') as Tool;
    await expect(slow.call({ duration: 5, steps: 1 }, CONTEXT)).rejects.toThrow(/no answer within 0\.7 s/);
    await close();
  });

  it('changes nothing by its instructions: a policy reads and does the same as with a local echo', async () => {
    expect(instructions).toMatch(/respond with "🎉 Server instructions are working!/);
    const policy = await basePolicy(atlas);
    const echo: Tool = {
      ...(atlas.tools[2] as Tool),
      call: async ({ query }) => ({ kind: 'documents', results: [{ id: 'echo/0', title: '', text: `Echo: ${query}`, score: 1 }] }),
    };
    const { tools, close } = await open(`text_search_tool=mcp:${url}#echo(message)`);
    const play = async (used: readonly Tool[]) => {
      const options = { preset: 'grid', split: 'validation', tasks: 24, temperature: 1, tools: used } as const;
      const { rollouts } = await evaluatePolicy(policy, atlas, buildCodec(atlas.vocabulary)(), options);
      return rollouts.map(({ transcript, outcome }) => ({ tokens: transcript.tokens, outcome }));
    };
    const [live, local] = [await play(tools), await play([atlas.tools[0] as Tool, atlas.tools[1] as Tool, echo])];
    expect(live.some(({ outcome }) => outcome.searched)).toBe(true);
    expect(live).toEqual(local);
    await close();
    policy.dispose();
  });
});

describe('an MCP server that is gone', () => {
  it('is explained as one that cannot be reached', async () => {
    const address = `http://127.0.0.1:${await freePort()}/mcp`;
    expect(await check(`text_search_tool=mcp:${address}#echo`)).toEqual({ ok: false, explanation: expect.stringMatching(/no connection \(ECONNREFUSED\)/) });
  });
});
