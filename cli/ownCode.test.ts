// Runs with tools and a reward of one's own on the command line: those of the page's config.json, and those of files.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openOwnCode } from '../src/env/own/openOwnCode.ts';
import { startLocal } from '../src/env/own/testing/localSandbox.ts';
import { readPolicy } from '../src/policy/safetensors.ts';
import { ownCodesOf, type TrainSpec, trainConfig } from '../src/train/config.ts';
import { train } from '../src/train/loop.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from '../src/train/testing.ts';
import { readOwnCodes } from './ownCodeFlags.ts';

const tapoFile = fileURLToPath(new URL('./tapo.mjs', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'tapo-own-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return name;
};

/** Runs the command as a user does, in a folder of their own. */
function tapo(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [tapoFile, ...args], { cwd: folder }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
}

const REWARD = 'const brief = train.reward(({ correct, tokens, calls }) => (correct ? 1 : 0) - tokens / 1000 - calls.length / 100 + Math.random() / 10);';
const TOOL = `train.tool({
  name: "text_search_tool",
  call: ({ query }) => [{ title: query, text: "nothing is known of " + query }],
  similarity: (a, b) => (a.arguments.query.length === b.arguments.query.length ? 1 : 0.25),
})`;
const SMALL = ['--prompts', '2', '--group-size', '4', '--updates', '2', '--epochs', '1', '--evaluate-every', '0', '--probe-every', '0', '--backend', 'wasm'];
const SPEC: TrainSpec = { prompts: 2, groupSize: 4, updates: 2, epochs: 1, evaluateEvery: 0, probeEvery: 0 };
const policyOf = (run: string) => readPolicy(readFileSync(path.join(folder, run, 'policy.safetensors')));
const configOf = (run: string) => JSON.parse(readFileSync(path.join(folder, run, 'config.json'), 'utf8')).config;

describe('tapo train with code of one’s own', () => {
  it('trains what the page’s code trains from the same config.json', async () => {
    const config = trainConfig({ ...SPEC, reward: { name: 'brief', source: REWARD }, tools: [{ name: 'find', source: `const find = ${TOOL};` }] });
    write('config.json', JSON.stringify({ version: 1, config }));
    const { err } = await tapo('train', '--config', 'config.json', '--out', 'page', '--backend', 'wasm');
    expect(err).toBe('');
    expect(configOf('page')).toEqual(config);

    await wasmInNode();
    const atlas = await atlasFromDisk();
    const policy = await basePolicy(atlas);
    const own = await openOwnCode(ownCodesOf(config), { benchmark: atlas, tools: atlas.tools, start: startLocal, onFault: () => {} });
    for await (const _ of train(config, { benchmark: atlas, policy, tools: own.tools, ownReward: own.reward }));
    expect((await policy.save()).parameters).toEqual(policyOf('page').parameters);
    policy.dispose();
    own.close();
  });

  it('resumes with it', async () => {
    expect((await tapo('train', '--config', 'config.json', '--updates', '1', '--out', 'short', '--backend', 'wasm')).err).toBe('');
    expect((await tapo('train', '--resume', 'short', '--updates', '2', '--backend', 'wasm')).err).toBe('');
    expect(policyOf('short').parameters).toEqual(policyOf('page').parameters);
  });

  it('takes code from files, and writes it into config.json as the page does', async () => {
    const files = ['--reward-file', write('brief.js', `${REWARD}\n`), '--tool-file', write('find.js', `${TOOL};\n`)];
    const { err } = await tapo('train', ...SMALL, ...files, '--out', 'files');
    expect(err).toBe('');
    expect(configOf('files')).toMatchObject({ reward: { name: 'brief', source: REWARD }, tools: [{ name: 'find', source: `const find = ${TOOL};` }] });
    expect(policyOf('files').parameters).toEqual(policyOf('page').parameters);
    const other = await tapo('train', '--resume', 'files', ...files, '--backend', 'wasm');
    expect(other.err).toBe('tapo: --resume: code of one’s own stays as it was: files holds it; leave --tool-file and --reward-file out\n');
  });

  it('stops where the reward fails, with its line, and keeps everything; says how often a tool failed, and where', async () => {
    const bad = write('bad.js', 'train.reward(({ tokens }) =>\n  tokens > 40 ? tokens.not.there : 1);');
    const failed = await tapo('train', ...SMALL, '--reward-file', bad, '--out', 'bad');
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/stopped after update \d, everything kept; the policy is bad\/policy\.safetensors/);
    expect(failed.err).toMatch(/^tapo: bad, line 2 \(tokens > 40 \? tokens\.not\.there : 1\);\): TypeError: .*; called with \{"answer"/);

    const broken = write('broken.js', `train.tool({ name: 'text_search_tool', call: ({ query }) => query.not.there })`);
    const { code, out } = await tapo('eval', '--tasks', '8', '--tool-file', broken, '--backend', 'wasm');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}(?:[2-9]|\d{2,}) calls failed: broken, line 1 \(.*\): TypeError: cannot read property 'there' of undefined$/m);
  });

  it('values calls under its reward and its tools', async () => {
    const flags = ['--calls', '2', '--continuations', '2', '--prompts', '2', '--group-size', '4', '--backend', 'wasm', '--json'];
    const { out } = await tapo('truth', ...flags, '--reward-file', 'brief.js', '--tool-file', 'find.js', '--tool', 'image_search_tool=stochastic:0.5');
    const { command, config } = JSON.parse(out);
    expect(command).toContain(' --tool image_search_tool=stochastic:0.5 --tool-file find.js --reward-file brief.js ');
    expect(config.reward).toEqual({ name: 'brief', source: REWARD });
  });
});

describe('readOwnCodes(flags)', () => {
  const rewardOf = async (name: string, text: string) => (await readOwnCodes({ rewardFile: path.join(folder, write(name, text)) })).reward;

  it('names an expression after its file, and a declaration by its own name', async () => {
    expect(await rewardOf('2 short.js', '// brief\ntrain.reward(() => 1)')).toEqual({
      name: '_2_short',
      source: 'const _2_short = // brief\ntrain.reward(() => 1)',
    });
    const text = 'const half = (x) => x / 2;\nconst mine = train.reward(({ tokens }) => half(tokens));';
    expect(await rewardOf('other.js', text)).toEqual({ name: 'mine', source: text });
  });

  it.each([
    ['export default train.reward(() => 1)', 'expected train.reward(…), alone or declared by a name, as const mine = train.reward(…); got 0 of them'],
    ['const a = train.reward(() => 1), b = train.reward(() => 2);', 'got 2 of them'],
    [TOOL, 'got 0 of them'],
    ['train.reward(', 'Unexpected token (1:13)'],
  ])('refuses %s', async (text, words) => {
    await expect(rewardOf('refused.js', text)).rejects.toThrow(words);
  });
});
