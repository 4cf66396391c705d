// `train` and `runs`, as cells see them.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditOptions, auditReport, type Rollout } from '../../tapo/index.ts';
import { trainConfig } from '../../train/config.ts';
import { EMPTY_RUN, type RunState } from '../runs.ts';
import { runDataOf } from './runData.ts';
import { cellBook, FIRST_KEY, runData, shownOf } from './testing.ts';

let book: ReturnType<typeof cellBook>;
beforeAll(() => {
  book = cellBook();
});
afterAll(() => book.evaluator.close());

const shown = async (source: string, ...data: Parameters<typeof runData>): Promise<string> => shownOf(await book.one(source, [runData(...data)]));
const viewOf = async (source: string) => {
  const result = await book.one(source, [runData()]);
  if (result.kind === 'error') throw new Error(result.message);
  const [value] = result.values;
  return value?.kind === 'view' ? value.view : value;
};

const first = { key: FIRST_KEY, spec: { seed: 1 } };
const second = { key: FIRST_KEY.replace('seed 1', 'seed 2'), spec: { seed: 2 } };

describe('train(spec)', () => {
  it('is a run: what repeats it, and all of its options', async () => {
    const key = FIRST_KEY.replace('tapo', 'tapo --beta 0.4');
    expect(await shown('const { key, command, spec } = train({ credit: { beta: 0.4 } }); [key, command, spec]')).toBe(
      `[\n  "${key}",\n  "npx tapo train ${key}",\n  { credit: { beta: 0.4 } }\n]`,
    );
    expect(await shown('JSON.stringify(train({ algorithm: "gspo" }).config)')).toBe(JSON.stringify(trainConfig({ algorithm: 'gspo' })));
  });
  it('has nothing yet where the page has no such run', async () => {
    expect(
      await shown(
        'const { status, update, name, metrics, evaluations, groups, probes } = train({ seed: 2 }); [status, update, name, metrics, evaluations, groups, probes]',
      ),
    ).toBe('["none", 0, null, [], [], [], []]');
  });
  it('has what the page knows of it', async () => {
    const source =
      'const { status, update, name, metrics, evaluations, groups, probes } = train({ seed: 1 }); [status, update, name, metrics.length, evaluations[0].greedy, groups[0].update, groups[0].groups[0].group, probes]';
    const change = { evaluations: ['{"update":0,"sampled":0.1,"greedy":0.2}'], groups: [{ update: 1, json: '[{"group":"q"}]' }], probes: ['7'] };
    expect(await shown(source, change)).toBe('["paused", 1, "first", 1, 0.2, 1, "q", [7]]');
  });
  it('is the same run for the same options, in whatever words', async () => {
    expect(await shown('train({ credit: { rule: "tapo" }, updates: 150 }).metrics.length')).toBe('1');
  });
  it.each([
    ['train({ seeds: 1 })', /^1: RangeError: train: seeds: no such option; expected one of benchmark, /],
    [
      'train({ seed: -1, updates: 0.5 })',
      '1: RangeError: train: seed: expected >=0, got -1\nupdates: expected a whole number, got 0.5\nupdates: expected >=1, got 0.5',
    ],
    ['train({ dualClip: NaN })', '1: TypeError: train: dualClip: expected numbers, texts, switches and records of them, got NaN'],
    ['train({ credit: { rule: () => 1 } })', '1: TypeError: train: credit.rule: expected numbers, texts, switches and records of them, got function rule()'],
    ['const spec = {}; spec.credit = spec; train(spec)', /^1: TypeError: train: .*expected numbers.*got one that is nested too deeply, or holds itself$/],
    ['train("gspo")', /^1: RangeError: train: the configuration: expected Object, got "gspo"$/],
  ])('%s: %s', async (source, error) => {
    const text = await shown(source);
    if (typeof error === 'string') expect(text.split('\n').sort()).toEqual(error.split('\n').sort());
    else expect(text).toMatch(error);
  });
});

describe('data of runs', () => {
  it('cannot be changed by a cell', async () => {
    for (const change of [
      'run.metrics.push(1)',
      'run.metrics[0].accuracy = 1',
      'run.metrics.length = 0',
      'run.key = ""',
      'run.config.credit.theta = 1',
      'run.spec.seed = 2',
      'delete run.key',
    ])
      expect(await shown(`const run = train({ seed: 1 }); ${change}`), change).toMatch(/cannot be changed; copy what you want to change|TypeError/);
    expect(await shown('train({ seed: 1 }).metrics')).toBe('table');
  });
  it('comes from a run as the page holds it, newest updates last', async () => {
    const state: RunState = {
      ...EMPTY_RUN,
      status: 'running',
      update: 2,
      metrics: [
        { update: 1, accuracy: 0.5 },
        { update: 2, accuracy: 1 },
      ],
      groups: [{ update: 2, groups: [] }],
    };
    const told = runDataOf({ key: FIRST_KEY, name: 'mine', spec: {} }, state);
    expect(told).toEqual({
      key: FIRST_KEY,
      name: 'mine',
      spec: {},
      status: 'running',
      update: 2,
      metrics: ['{"update":1,"accuracy":0.5}', '{"update":2,"accuracy":1}'],
      evaluations: [],
      groups: [{ update: 2, json: '[]' }],
      probes: [],
    });
    expect(shownOf(await book.one('runs.named("mine").metrics.map((m) => m.accuracy)', [told]))).toBe('[0.5, 1]');
  });
  it('of groups is parsed an update at a time, so that a loop over all of them fits into memory', async () => {
    const text = JSON.stringify([
      { group: 'q', rollouts: Array.from({ length: 400 }, (_, i) => ({ rollout: `r${i}`, words: 'a long text of a rollout '.repeat(20) })) },
    ]);
    const groups = Array.from({ length: 60 }, (_, i) => ({ update: i + 1, json: text }));
    expect(await shown('let n = 0; for (const { groups } of train({ seed: 1 }).groups) n += groups[0].rollouts.length; n', { groups })).toBe('24000');
  });
});

describe('views', () => {
  it.each<[string, object]>([
    ['train({ seed: 1 })', { kind: 'experiment', runs: [first] }],
    ['[1, 2].map((seed) => train({ seed }))', { kind: 'experiment', runs: [first, second] }],
    ['train({ seed: 1 }).charts("accuracy", "entropy")', { kind: 'charts', runs: [first], charts: ['accuracy', 'entropy'] }],
    [
      'train({ seed: 1 }).charts()',
      { kind: 'charts', runs: [first], charts: ['accuracy', 'misassignment', 'threshold', 'histogram', 'entropy', 'calls', 'length', 'time'] },
    ],
    ['train({ seed: 1 }).trajectories()', { kind: 'trajectories', run: first }],
    ['train({ seed: 1 }).credit()', { kind: 'credit', run: first, selection: {} }],
    ['train({ seed: 1 }).credit({ update: 3, group: 0, step: [1, 2] })', { kind: 'credit', run: first, selection: { update: 3, group: 0, step: [1, 2] } }],
    ['train({ seed: 1 }).rules()', { kind: 'rules', run: first, rules: ['none', 'tapo'], selection: {} }],
    [
      'train({ seed: 1 }).rules("tapo, no clamp", "truth", { update: 2 })',
      { kind: 'rules', run: first, rules: ['tapo, no clamp', 'truth'], selection: { update: 2 } },
    ],
    ['train({ seed: 1 }).question(4)', { kind: 'question', run: first, group: 4 }],
    ['train({ seed: 1 }).tryIt()', { kind: 'try', run: first }],
    ['runs.all()', { kind: 'experiment', runs: [first] }],
    ['runs.named("first")', { kind: 'experiment', runs: [first] }],
    ['runs.charts([train({ seed: 1 }), train({ seed: 2 })], ["time"])', { kind: 'charts', runs: [first, second], charts: ['time'] }],
    ['runs.charts(train({ seed: 1 }), "time")', { kind: 'charts', runs: [first], charts: ['time'] }],
    ['runs.compare(train({ seed: 1 }), [train({ seed: 2 })])', { kind: 'comparison', runs: [first, second] }],
    ['runs.truth()', { kind: 'truth' }],
    ['runs.tryIt()', { kind: 'try', run: null }],
    ['runs.audit()', { kind: 'audit' }],
    ['runs.library()', { kind: 'library' }],
  ])('%s', async (source, view) => {
    expect(await viewOf(source)).toEqual(view);
  });

  it('are told with the runs that they show', async () => {
    const result = await book.one('runs.compare([1, 2].map((seed) => train({ seed })))');
    expect(result).toMatchObject({ usesRuns: [first.key, second.key] });
  });

  it.each([
    ['train({}).charts("acuracy")', /^1: RangeError: run\.charts: expected one of "accuracy", .*"time", got "acuracy"$/],
    ['train({}).credit(3)', '1: TypeError: run.credit: expected {update, group, step}, each as you like, got 3'],
    ['train({}).credit({ step: 1 })', '1: TypeError: run.credit: step: expected [rollout, step], two whole numbers from 0, got 1'],
    ['train({}).credit({ step: [1, -1] })', '1: RangeError: run.credit: step: expected a whole number from 0, got -1'],
    ['train({}).credit({ updates: 1 })', '1: TypeError: run.credit: no such choice "updates"; expected update, group, step'],
    ['train({}).rules("ppo")', /^1: RangeError: run\.rules: expected one of "none", "tapo", .*, got "ppo"$/],
    ['train({}).question("a")', '1: RangeError: run.question: the index of a question: expected a whole number from 0, got "a"'],
    ['runs.charts()', '1: TypeError: runs.charts: expected runs, as train({…}) gives them, got undefined'],
    ['runs.compare()', '1: TypeError: runs.compare: expected at least one run, as train({…}) gives it, got none'],
    ['runs.compare([train({}), { seed: 1 }])', '1: TypeError: runs.compare: expected runs, as train({…}) gives them, got { seed: 1 }'],
    ['runs.named("second")', '1: RangeError: runs.named: no run is called "second"; there are "first"'],
  ])('%s: %s', async (source, error) => {
    const text = await shown(source);
    if (typeof error === 'string') expect(text).toBe(error);
    else expect(text).toMatch(error);
  });
});

describe('the library inside the sandbox', () => {
  it('gives what it gives outside, number for number', async () => {
    const lines = readFileSync(new URL('../../../fixtures/vectors/credit.jsonl', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    const outside = lines.map((line) => {
      const { rollouts, options } = JSON.parse(line) as { rollouts: Rollout[]; options: AuditOptions };
      return auditReport(rollouts, options);
    });
    const source = 'JSON.stringify(train({ seed: 1 }).probes.map(({ rollouts, options }) => tapo.auditReport(rollouts, options)))';
    const text = JSON.stringify(outside);
    for (let at = 0; at < text.length; at += 900_000) {
      expect(await shown(`(${source}).slice(${at}, ${at + 900_000})`, { probes: lines })).toBe(text.slice(at, at + 900_000));
    }
  });
});
