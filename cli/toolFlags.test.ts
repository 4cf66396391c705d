import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseToolConfig } from '../src/env/live/index.ts';
import { loadBenchmark } from './machine.ts';
import { openCommandTools, type ToolFlags } from './toolFlags.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'tapo-tools-'));
const CANARY = 'canary_4711';

let server: Server;
let asked: { authorization: string | undefined; query: string }[] = [];
let tool = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const [query] = (JSON.parse(body) as { queries: [string] }).queries;
      asked.push({ authorization: request.headers.authorization, query });
      const contents = `"capital"\nThe capital of ${query} is Paris. ${request.headers.authorization}`;
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ result: [[{ document: { id: '0', contents }, score: 1 }]] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tool = `text_search_tool=search-r1:http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

function tapo(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const key = `TAPO_KEY_127_0_0_1_${(server.address() as AddressInfo).port}`;
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'cli/tapo.mjs'), ...args], { cwd: root, env: { ...process.env, [key]: CANARY } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('--tool, --record-cassette and --cassette', () => {
  const evaluate = (...args: string[]) => tapo('eval', '--tasks', '12', '--backend', 'wasm', '--json', ...args);
  const file = path.join(folder, 'session.jsonl');

  it('search a live endpoint with its key, record the session, and play it again without the network', async () => {
    asked = [];
    const live = await evaluate('--tool', tool, '--record-cassette', file);
    expect(live.err).toBe('');
    expect(asked[0]?.query).toBe('capital France'); // the check before the first question
    expect(asked.length).toBeGreaterThan(3);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${CANARY}`]));
    const recorded = readFileSync(file, 'utf8');
    expect(recorded.trimEnd().split('\n')).toHaveLength(asked.length - 1);
    expect(recorded + live.out + live.err).not.toContain(CANARY);

    asked = [];
    expect(await evaluate('--tool', tool, '--cassette', file)).toEqual(live);
    expect(asked).toEqual([]);
  });

  it('stop at a call that the cassette lacks', async () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const short = path.join(folder, 'short.jsonl');
    writeFileSync(short, `${lines[0]}\n`);
    const { code, out, err } = await evaluate('--tool', tool, '--cassette', short);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^tapo: cassette: call \d+ is not in it: expected .*, got text_search_tool \{"query":".*"\}\n$/);
  });

  it('explain an endpoint that does not answer, and refuse what cannot be, before anything is run', async () => {
    const open = (flags: ToolFlags) => openCommandTools({ tools: [], vocabulary: { groups: [] }, overview: () => null }, flags, { seed: 0 });
    await expect(open({ tool: [parseToolConfig('text_search_tool=search-r1:http://127.0.0.1:9')] })).rejects.toThrow(/search-r1 can stand in for/);
    const atlas = await loadBenchmark('atlas');
    await expect(openCommandTools(atlas, { tool: [parseToolConfig('text_search_tool=search-r1:http://127.0.0.1:9')] }, { seed: 0 })).rejects.toThrow(
      /^--tool 127\.0\.0\.1:9: no connection/,
    );
    await expect(open({ cassette: file })).rejects.toThrow(/need a live --tool/);
    await expect(open({ tool: [parseToolConfig(tool)], cassette: file, recordCassette: file })).rejects.toThrow(/cannot be given together/);
  });
});

describe('tapo train --tool', () => {
  it('trains over it, says so in config.json, and resumes with it', async () => {
    const run = path.join(folder, 'run');
    const train = (...args: string[]) =>
      tapo('train', '--prompts', '2', '--group-size', '2', '--evaluate-every', '0', '--probe-every', '0', '--backend', 'wasm', ...args);
    const first = await train('--updates', '1', '--tool', tool, '--out', run);
    expect(first.err).toBe('');
    expect(JSON.parse(readFileSync(path.join(run, 'config.json'), 'utf8')).config.tools).toEqual([tool]);
    asked = [];
    const resumed = await tapo('train', '--resume', run, '--updates', '2', '--backend', 'wasm');
    expect(resumed.err).toBe('');
    expect(asked.length).toBeGreaterThan(0);
    const other = await tapo('train', '--resume', run, '--updates', '3', '--tool', 'image_search_tool=stochastic:0.5', '--backend', 'wasm');
    expect(other.err).toContain(`--resume: tools stay as they were in ${run}: --tool ${tool}`);
  });
});
