import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../tapo/index.ts';
import { type Episode, startEpisode, takeTurn } from '../episode.ts';
import { outcomeOfEpisode } from '../outcome.ts';
import { inProcessPython } from '../python/testing/inProcessPython.ts';
import { type Benchmark, SPLITS, type Split } from '../types.ts';
import { agrees } from '../variables.ts';
import { loadAlmanac } from './almanac.ts';
import { type Element, FACT_KINDS } from './facts.ts';
import { toolFreeScore } from './luck.ts';
import { ALMANAC_PRESETS } from './presets.ts';
import type { Sheet } from './tasks.ts';

const folder = fileURLToPath(new URL('../../../public/benchmarks/almanac/', import.meta.url));
const read = (name: string): Buffer => readFileSync(path.join(folder, name));
const json = <T>(name: string): T => JSON.parse(read(name).toString()) as T;
const elements = new Map(json<Element[]>('facts.json').map((element) => [element.name, element]));

let almanac: Benchmark;
beforeAll(async () => {
  almanac = await loadAlmanac(async (name) => read(name), inProcessPython);
});

/** A question about these elements, whatever it asks. */
function question(preset: string, type: string): ReturnType<Benchmark['task']> {
  for (let i = 0; ; i++) {
    const task = almanac.task(preset, 'train', 3, i);
    if (task.type === type) return task;
  }
}

const play = async (task: ReturnType<Benchmark['task']>, turns: readonly string[]): Promise<Episode> => {
  let episode = startEpisode(task);
  for (const text of turns) episode = await takeTurn(episode, text.split(' '), almanac.tools);
  return episode;
};
const search = (query: string) => `<tool_call> text_search_tool ${query} </tool_call>`;
const run = (code: string) => `<tool_call> python_tool ${code} </tool_call>`;

describe('ask(question)', () => {
  const ask = (text: string) => (almanac.ask as NonNullable<Benchmark['ask']>)(text);
  it('finds every question of its own again, with its answer, whatever its case', () => {
    for (const preset of ALMANAC_PRESETS)
      for (let i = 0; i < 40; i++) {
        const task = almanac.task(preset, 'validation', 7, i);
        const { question, answer, type, scene, split, toolTurns } = task;
        expect(ask(` ${question.toLowerCase().replace('?', ' ')}`)).toMatchObject({ preset, question, answer, type, scene, split, toolTurns });
      }
  });
  it('takes one that training would draw again, and names its split by its first element', () => {
    const task = ask('How much greater is the mass of Iron than the mass of Gold?');
    expect(Number(task.answer)).toBeCloseTo((elements.get('Iron')?.facts.mass as number) - (elements.get('Gold')?.facts.mass as number), 6);
    expect(json<Record<Split, string[]>>('splits.json')[task.split]).toContain('Iron');
  });
  it('says what can be asked, and what nobody has measured', () => {
    expect(() => ask('What is the colour of Iron?')).toThrow(
      /“What is the mass of Hydrogen\?”.*facts are mass, density, melting point.*got “What is the colour/,
    );
    expect(() => ask('')).toThrow(/expected a question such as/);
    const [name] = [...elements].find(([, { facts }]) => facts.radius === undefined) as [string, Element];
    expect(() => ask(`What is the radius of ${name}?`)).toThrow(`nobody has measured the radius of ${name}`);
  });
});

describe('the files of the almanac', () => {
  it('are what npm run build:almanac writes, byte for byte', () => {
    const out = mkdtempSync(path.join(tmpdir(), 'almanac-'));
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-almanac.ts', out], { stdio: 'pipe' });
    const built = readdirSync(out).sort();
    expect(built).toEqual(['LICENCES.txt', 'documents.json', 'facts.json', 'manifest.json', 'splits.json', 'vocabulary.json']);
    for (const name of built) expect(readFileSync(path.join(out, name)).equals(read(name)), `${name} differs`).toBe(true);
    rmSync(out, { recursive: true });
  });
  it('take less than 2 MB with the base policy', () => {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.reduce((sum, { name }) => sum + read(name).length, 0)).toBeLessThan(2e6);
  });
  it('put every element into one split', () => {
    const splits = json<Record<Split, string[]>>('splits.json');
    expect(SPLITS.flatMap((split) => splits[split]).sort()).toEqual([...elements.keys()].sort());
  });
});

describe('task(preset, split, seed, index)', () => {
  it('is a pure function of its arguments, and asks only about elements of its split', () => {
    const splits = json<Record<Split, string[]>>('splits.json');
    for (const preset of ALMANAC_PRESETS)
      for (const split of SPLITS)
        for (let i = 0; i < 100; i++) {
          const task = almanac.task(preset, split, 1, i);
          expect(task).toEqual(almanac.task(preset, split, 1, i));
          for (const name of (task.scene as Sheet).names) {
            expect(splits[split]).toContain(name);
            expect(task.question).toContain(name);
          }
        }
    expect(() => almanac.task('grid', 'train', 1, 0)).toThrow('preset must be one of easy, hard');
  });
  it('computes what it asks for', () => {
    const value = (name: string, { kind }: Sheet): number => elements.get(name)?.facts[kind] as number;
    for (let i = 0; i < 200; i++) {
      const { type, answer, scene } = almanac.task('hard', 'train', 2, i);
      const sheet = scene as Sheet;
      const values = sheet.names.map((name) => value(name, sheet)) as [number, number, number?];
      const expected = {
        sum: values[0] + values[1],
        'sum of three': values[0] + values[1] + (values[2] ?? 0),
        difference: values[0] - values[1],
        ratio: values[0] / values[1],
        count: [...elements.values()].filter(({ facts }) => (facts[sheet.kind] ?? 0) > values[0]).length,
      }[type] as number;
      expect(Number(answer)).toBeCloseTo(expected, 9);
      if (type !== 'count') for (const shortcut of values) expect(agrees(shortcut as number, expected)).toBe(false);
    }
  });
  it('asks for every fact and every operation', () => {
    const tasks = Array.from({ length: 300 }, (_, i) => almanac.task('hard', 'validation', 1, i));
    expect(new Set(tasks.map(({ type }) => type)).size).toBe(5);
    expect(new Set(tasks.map(({ scene }) => (scene as Sheet).kind))).toEqual(new Set(FACT_KINDS));
  });
  it('leaves little to luck', () => {
    for (const preset of ALMANAC_PRESETS) expect(toolFreeScore(almanac, preset)).toBeLessThan(0.2);
    expect(almanac.toolFree).toEqual(Object.fromEntries(ALMANAC_PRESETS.map((preset) => [preset, toolFreeScore(almanac, preset)])));
  });
});

describe('the tools of the almanac', () => {
  it('bind the numbers that are found, and compute with them', async () => {
    const task = question('hard', 'ratio');
    const { kind, names } = task.scene as Sheet;
    const searched = await play(
      task,
      names.map((name) => search(`${kind} ${name}`)),
    );
    const [first, second] = searched.turns.map(({ observation }) => observation);
    if (first?.kind !== 'documents' || second?.kind !== 'documents') throw new Error('expected documents');
    expect(first.results[0]?.text).toBe(`The ${kind} of ${names[0]} is v1.`);
    expect(first.variables?.v1).toBe(elements.get(names[0] as string)?.facts[kind]);
    const name = /v\d+/.exec(second.results[0]?.text ?? '')?.[0] as string;
    expect(Object.keys(second.variables ?? {})[0]).toBe(name);
    const divided = await takeTurn(searched, run(`print ( v1 / ${name} )`).split(' '), almanac.tools);
    expect(divided.turns[2]?.observation).toMatchObject({ kind: 'output', text: 'r1', printed: task.answer, variables: { r1: Number(task.answer) } });
    const answered = await takeTurn(divided, '<answer> r1 </answer>'.split(' '), almanac.tools);
    expect(outcomeOfEpisode(answered)).toMatchObject({ correct: true, answer: task.answer, observed: true });
  });
  it('bind a whole table as a list', async () => {
    const task = question('hard', 'count');
    const { kind, names } = task.scene as Sheet;
    const { turns } = await play(task, [search(`${kind} ${names[0]}`), search(`${kind} every element`)]);
    const table = turns[1]?.observation;
    if (table?.kind !== 'documents') throw new Error('expected documents');
    const name = /v\d+/.exec(table.results[0]?.text ?? '')?.[0] as string;
    const { turns: all } = await play(task, [search(`${kind} ${names[0]}`), search(`${kind} every element`), run(`print ( sum ( x > v1 for x in ${name} ) )`)]);
    expect(all[2]?.observation).toMatchObject({ kind: 'output', printed: task.answer });
  });
  it('find no fact for a bare name', async () => {
    const task = question('easy', 'fact');
    const { names } = task.scene as Sheet;
    const { turns } = await play(task, [search(names[0] as string)]);
    expect(JSON.stringify(turns[0]?.observation)).not.toContain('The ');
  });
  it('blame the policy for code that does not run', async () => {
    const { turns } = await play(question('easy', 'fact'), [run('print ( v1 )'), run(''), run('print ( len ( [ x for x in [ 1 ] ] ) )').replace('1', 'r1')]);
    expect(turns.map(({ observation }) => observation)).toMatchObject([
      { kind: 'error', cause: 'model', message: 'exception', detail: "NameError: name 'v1' is not defined" },
      { kind: 'error', cause: 'model', message: 'empty code' },
      { kind: 'error', cause: 'model', message: 'exception' },
    ]);
  });
  it('end after four tool turns', async () => {
    const task = question('easy', 'fact');
    const four = Array.from({ length: 4 }, () => search('mass Iron'));
    expect((await play(task, four)).status).toBe('open');
    expect((await play(task, [...four, search('mass Iron')])).status).toBe('malformed');
    expect((await play(task, [...four, '<answer> v1 </answer>'])).status).toBe('answered');
  });
});

describe('demonstrate(task, faults, random)', () => {
  const outcomes = async (preset: string, faults: object) => {
    const results = [];
    for (let i = 0; i < 60; i++) {
      const task = almanac.task(preset, 'train', 5, i);
      const agent = almanac.demonstrate(task, faults as never, randomStream(1, i));
      let episode = startEpisode(task);
      while (episode.status === 'open') episode = await takeTurn(episode, agent.next(episode).split(' '), almanac.tools);
      results.push({ task, episode, outcome: outcomeOfEpisode(episode) });
    }
    return results;
  };
  it('is always right without faults', async () => {
    for (const preset of ALMANAC_PRESETS) for (const { outcome } of await outcomes(preset, {})) expect(outcome.correct).toBe(true);
  });
  it('errs where its habits say, and only there', async () => {
    for (const { task, outcome } of await outcomes('hard', { swapped: { of: ['ratio'], probability: 1 }, short: { of: ['sum of three'], probability: 1 } }))
      expect(outcome.correct).toBe(task.type !== 'ratio' && task.type !== 'sum of three');
  });
  it('ends in time, whatever its faults', async () => {
    const faults = { bareQuery: { of: FACT_KINDS, probability: 0.5 }, retry: 0.5, repeat: 0.5, slip: 0.5, needlessRun: { of: ['fact'], probability: 0.5 } };
    for (const preset of ALMANAC_PRESETS) for (const { outcome } of await outcomes(preset, faults)) expect(outcome.wellFormed).toBe(true);
  });
});
