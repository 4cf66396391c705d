import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isClockReading } from '../src/train/metrics.ts';
import { OPTIONS } from '../src/train/options/optionTable.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'tapo-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a user does; `onStart` gets the process. */
function tapo(args: readonly string[], onStart: (pid: number, onOutput: (listener: (text: string) => void) => void) => void = () => {}): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [path.join(root, 'cli/tapo.mjs'), ...args], { cwd: root, maxBuffer: 1e9 }, (error, out, err) =>
      resolve({ code: error ? ((error as { code?: number }).code ?? -1) : 0, out, err }),
    );
    onStart(child.pid as number, (listener) => child.stdout?.on('data', (chunk: Buffer) => listener(chunk.toString())));
  });
}

const line = (id: number, correct: boolean, query: string) =>
  JSON.stringify({
    group: 'q',
    rollout: `q/${id}`,
    reward: correct ? 1 : 0,
    correct,
    steps: [{ tokens: 3, tool: { name: 'search', kind: 'text', arguments: { query } } }, { tokens: 1 }],
  });
const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const good = write('good.jsonl', `${line(0, true, 'capital France')}\n${line(1, false, 'capital France')}\n`);
const SMALL = ['--prompts', '2', '--group-size', '4', '--evaluate-every', '0', '--backend', 'wasm'];
const metricsOf = (run: string) =>
  readFileSync(path.join(run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((text) => Object.entries(JSON.parse(text) as Record<string, number>).filter(([name]) => !isClockReading(name)));

describe('tapo audit', () => {
  it('prints one JSON object, and takes options', async () => {
    const { code, out } = await tapo(['audit', good, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      groups: [{ group: 'q', clusters: [{ tool: 'search', members: [['q/0', 0]], support: 1 }] }],
      rates: { action: { '0.7': 1 }, byTool: { search: { '1.0': 1 } } },
    });
    const library = await tapo(['audit', good, '--json', '--scope', 'batch', '--clustering', 'exact', '--theta-cluster', 'auto', '--outcome', 'sign']);
    expect(library.out).toBe(out); // one group, equal calls: the same answer by other ways
    const strict = JSON.parse((await tapo(['audit', good, '--json', '--theta', '1.5'])).out) as { groups: { rollouts: { steps: { reason: string }[] }[] }[] };
    expect(strict.groups[0]?.rollouts[1]?.steps[0]?.reason).toBe('below-theta');
  });
  it('prints a table for people', async () => {
    const { out } = await tapo(['audit', good]);
    expect(out).toMatch(/2 rollouts in 1 groups/);
    expect(out).toMatch(/actions\s+100\.0 %/);
    expect(out).toMatch(/every incorrect rollout/);
    expect(out).toMatch(/transferred\s+1/);
  });
  it('names a bad line and prints nothing else', async () => {
    const bad = write('bad.jsonl', `${line(0, true, 'a')}\n{"group":"q"}\n`);
    const { code, out, err } = await tapo(['audit', bad, '--json']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^tapo: .*bad\.jsonl: line 2: "rollout" must be a string, got nothing/);
  });
  it.each([
    [['audit', '/no/such/file.jsonl'], /no such file: \/no\/such\/file\.jsonl/],
    [['audit', good, '--theta', 'high'], /expected a number from 0, got "high"/],
    [['audit', good, '--text', 'cosine'], /'--text <name>' argument 'cosine' .* expected one of tokenF1, jaccard, levenshtein, exact, got "cosine"/],
    [['audit', good, '--theta-cluster', 'none'], /expected a number from 0, or auto, got "none"/],
    [['audit', good, '--span', 'call'], /unknown option '--span'/],
    [['audit', good, '--tau', '1'], /unknown option '--tau'/],
    [['train', '--algorithm', 'ppo'], /expected one of grpo, dr-grpo, dapo, gspo, sapo, got "ppo"/],
    [['train', '--updates', '0.5'], /'--updates <n>' argument '0.5' is invalid. expected a whole number from 1 to 100000, got "0.5"/],
    [['train', '--overlong-max-tokens', '20', '--overlong-buffer', '30'], /overlong\.buffer: expected at most overlong\.maxTokens, got 30/],
    [['train', '--preset', 'maze', '--out', path.join(folder, 'maze')], /--preset: expected one of grid, clutter, got maze/],
    [['eval', '--policy', good], /policy file: /],
    [['eval', '--without', 'telescope'], /--without: expected one of image_zoom_in_tool, .*, got telescope/],
    [['train', '--resume', folder], /--resume: expected a run's folder with config\.json/],
    [['truth', '--continuations', '1'], /expected a whole number from 2, got "1"/],
    [['fly'], /unknown command 'fly'/],
  ])('%j is refused with what was expected', async (args, message) => {
    const { code, err } = await tapo(args);
    expect(code).not.toBe(0);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('tapo train', () => {
  it('takes a published recipe, which options given beside it change', async () => {
    const run = path.join(folder, 'recipe');
    const result = await tapo([
      'train',
      '--recipe',
      'tool-augmented',
      ...SMALL,
      '--dynamic-sampling',
      '0',
      '--updates',
      '1',
      '--probe-every',
      '0',
      '--out',
      run,
    ]);
    expect(result.err).toBe('');
    const { config } = JSON.parse(readFileSync(path.join(run, 'config.json'), 'utf8'));
    expect(config).toMatchObject({
      benchmark: 'almanac',
      preset: 'hard',
      algorithm: 'dapo',
      reward: 'tool-augmented',
      dualClip: 10,
      prompts: 2,
      dynamicSampling: 0,
    });
    expect(readFileSync(path.join(run, 'rollouts.jsonl'), 'utf8')).toMatch(/"name":"python_tool","kind":"other","arguments":\{"code":"print /);
  });
  it('writes its files; a stopped and resumed run equals one that was never stopped', async () => {
    const [whole, halted] = [path.join(folder, 'whole'), path.join(folder, 'halted')];
    expect((await tapo(['train', ...SMALL, '--updates', '4', '--out', whole])).code).toBe(0);
    expect(readdirSync(whole).sort()).toEqual(['config.json', 'metrics.jsonl', 'policy.safetensors', 'probes.jsonl', 'rollouts.jsonl']);
    const stopped = await tapo(['train', ...SMALL, '--updates', '4', '--out', halted], (pid, onOutput) =>
      onOutput((text) => {
        if (text.includes('update 2/4')) process.kill(pid, 'SIGINT');
      }),
    );
    expect(stopped.code).toBe(0);
    expect(stopped.out).toMatch(/stopped after update [23]; npx tapo train --resume/);
    expect((await tapo(['train', '--resume', halted, '--backend', 'wasm'])).code).toBe(0);
    expect(metricsOf(halted)).toEqual(metricsOf(whole));
    expect(readFileSync(path.join(halted, 'policy.safetensors')).equals(readFileSync(path.join(whole, 'policy.safetensors')))).toBe(true);
    expect(readFileSync(path.join(halted, 'rollouts.jsonl'), 'utf8')).toBe(readFileSync(path.join(whole, 'rollouts.jsonl'), 'utf8'));

    const audited = await tapo(['audit', path.join(whole, 'rollouts.jsonl'), '--json']);
    expect((JSON.parse(audited.out) as { groups: unknown[] }).groups).toHaveLength(8);

    const other = await tapo(['train', '--resume', halted, '--theta', '0.9']);
    expect([other.code, other.err]).toEqual([1, expect.stringMatching(/only --updates may change; expected --theta 0\.7 as in .*, got 0\.9/)]);
    const again = await tapo(['train', ...SMALL, '--out', whole]);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/already holds a run .*use --resume/);
    expect(metricsOf(whole)).toHaveLength(4);
  }, 120_000);
  it('holds a run with a KL term to the policy that it started from, also after a resume', async () => {
    const at = (name: string) => path.join(folder, `kl-${name}`);
    const train = (out: string, ...more: string[]) =>
      tapo(['train', ...SMALL, '--mini-batches', '1', '--epochs', '1', '--learning-rate', '1e-3', '--out', at(out), ...more]);
    await train('start', '--updates', '1', '--learning-rate', '1e-2'); // far from the base policy
    const from = ['--policy', path.join(at('start'), 'policy.safetensors')];
    await train('free', '--updates', '1', ...from);
    await train('whole', '--updates', '2', '--kl-coefficient', '1', ...from);
    await train('halted', '--updates', '1', '--kl-coefficient', '1', ...from);
    // At the start the KL to the start is flat, so the first step is that of a run without it.
    const firstNorm = (run: string) => new Map(metricsOf(at(run))[0]).get('policy/grad_norm') as number;
    expect(firstNorm('whole') / firstNorm('free')).toBeCloseTo(1, 4);
    rmSync(at('start'), { recursive: true });
    expect((await tapo(['train', '--resume', at('halted'), '--updates', '2', '--backend', 'wasm'])).code).toBe(0);
    expect(metricsOf(at('halted'))).toEqual(metricsOf(at('whole')));

    rmSync(path.join(at('halted'), 'start.safetensors'));
    const { code, err } = await tapo(['train', '--resume', at('halted'), '--updates', '3', '--backend', 'wasm']);
    expect([code, err]).toEqual([1, expect.stringMatching(/start\.safetensors must hold the policy that it started from/)]);
  }, 120_000);
  it('refuses a policy that is cut off, and leaves the run’s files as they were', async () => {
    const run = path.join(folder, 'cut');
    await tapo(['train', ...SMALL, '--updates', '1', '--out', run]);
    const before = readFileSync(path.join(run, 'metrics.jsonl'), 'utf8');
    const policy = path.join(run, 'policy.safetensors');
    writeFileSync(policy, readFileSync(policy).subarray(0, 100_000));
    const { code, err } = await tapo(['train', '--resume', run, '--updates', '3', '--backend', 'wasm']);
    expect(code).toBe(1);
    expect(err).toMatch(/policy file: .*the file is cut off/);
    expect(readFileSync(path.join(run, 'metrics.jsonl'), 'utf8')).toBe(before);
  });
});

describe('tapo truth', () => {
  it('values calls and judges every credit rule, the same each time', async () => {
    const args = ['truth', '--calls', '6', '--continuations', '4', '--prompts', '3', '--backend', 'wasm'];
    const [first, again, text] = [await tapo([...args, '--json']), await tapo([...args, '--json']), await tapo(args)];
    const untimed = ({ out }: Result) => ({ ...(JSON.parse(out) as Record<string, unknown>), seconds: 0 });
    expect(untimed(first)).toMatchObject({ title: 'base policy', continuations: 4 });
    expect(untimed(again)).toEqual(untimed(first));
    expect(text.out).toMatch(/tapo, no clamp/);
    expect(text.out).toMatch(/lucky +\d+: truly helpful \d+/);
  });
});

describe('tapo eval', () => {
  it('scores sampled and greedy, with all tools or without some', async () => {
    const score = async (...more: string[]) =>
      JSON.parse((await tapo(['eval', '--tasks', '40', '--json', '--backend', 'wasm', ...more])).out) as {
        sampled: { accuracy: number; byType: object };
        greedy: { accuracy: number };
      };
    const all = await score();
    expect(all.sampled.accuracy).toBeGreaterThan(0.05);
    const blind = await score('--without', 'text_search_tool');
    expect(blind.greedy.accuracy).toBeLessThanOrEqual(all.greedy.accuracy);
  });
});

describe('tapo --help', () => {
  it('lists the commands with examples', async () => {
    const { out } = await tapo(['--help']);
    for (const text of ['train', 'eval', 'audit', 'pretrain', 'npx tapo train --resume']) expect(out).toContain(text);
    const help = (await tapo(['train', '--help'])).out.replaceAll(/\s+/g, ' ');
    for (const { flag, kind, initial, tag } of OPTIONS) {
      const shown = help.slice(help.indexOf(` --${kind === 'switch' && initial === true ? 'no-' : ''}${flag} `));
      expect(shown.slice(0, shown.indexOf(']') + 1), flag).toMatch(new RegExp(`default: .*\\) \\[${tag}\\]$`));
    }
    expect(help).toContain('[ours] not published: our choice');
  });
});
