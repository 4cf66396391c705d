// npm run soak -- tool-augmented [--seeds N] [--updates N] — what the recipe tool-augmented brings on the almanac, over paired seeds: against the
// policy before it, without each of its parts, and with a tool switched off. Writes runs/soak-tool-augmented.json, and goes on from it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend } from '../../cli/machine.ts';
import type { Benchmark } from '../../src/env/types.ts';
import { type MeanInterval, meanInterval } from '../../src/notebook/comparison/meanInterval.ts';
import type { Policy } from '../../src/policy/types.ts';
import { buildCodec } from '../../src/train/codec.ts';
import { type TrainSpec, trainConfig } from '../../src/train/config.ts';
import { evaluatePolicy } from '../../src/train/evaluate.ts';
import { train } from '../../src/train/loop.ts';
import { mean } from '../../src/train/metrics.ts';
import { RUN_RECIPES } from '../../src/train/runRecipes.ts';

/** Validation questions of an evaluation, the same for every policy, sampled with the same keys. */
const TASKS = 400;

const ARMS: Readonly<Record<string, TrainSpec>> = {
  recipe: {},
  'no response mask': { responseMask: false },
  'no dynamic sampling': { dynamicSampling: 0 },
  /** An update for each generation batch that the recipe drew with this seed: it writes as many rollouts. */
  'no dynamic sampling, as many batches': { dynamicSampling: 0 },
  'no overlong penalty': { overlong: null },
  /** One search answers an easy question: a run of code is needless, and costs some ten tokens. */
  'easy, no overlong penalty': { preset: 'easy', overlong: null },
  'easy, overlong from 20 tokens': { preset: 'easy', overlong: { maxTokens: 36, buffer: 16 } },
};

const FILE = 'runs/soak-tool-augmented.json';

const TOOLS_OFF: Readonly<Record<string, string>> = { 'python off': 'python_tool', 'search off': 'text_search_tool' };

/** Of a question: share right, calls, searches, code runs, the model's own tokens; and the share of rollouts with a fault of format. */
interface Score {
  readonly accuracy: number;
  readonly calls: number;
  readonly searches: number;
  readonly runs: number;
  readonly tokens: number;
  readonly faults: number;
}

/** What the file holds: a change of updates or tasks begins it anew. */
interface Soak {
  readonly updates: number;
  readonly tasks: number;
  /** Of the base policy, by preset. */
  readonly before: Record<string, Score>;
  readonly runs: SoakRun[];
}

interface SoakRun {
  readonly arm: string;
  readonly seed: number;
  readonly after: Score;
  readonly toolsOff: Readonly<Record<string, Score>>;
  /** Of an update: generation batches, prompts that filled the batch, calls that reached a tool; and milliseconds that such a call took. */
  readonly training: { readonly draws: number; readonly filled: number; readonly calls: number; readonly callTime: number };
  readonly minutes: number;
}

export async function soakToolAugmented(seeds: number, updates: number): Promise<void> {
  const benchmark = await loadBenchmark('almanac');
  await startNodeBackend('wasm');
  const { shape, parameters } = await readPolicyFile(undefined, benchmark);
  const fresh = (): Policy => makePolicy(benchmark, shape, { shape, parameters });
  const soak = known(updates) ?? { updates, tasks: TASKS, before: {}, runs: [] };
  for (const preset of benchmark.presets) {
    soak.before[preset] ??= await scored(fresh(), benchmark, preset);
    console.log(`${preset}, before: ${inWords(soak.before[preset] as Score)}`);
  }
  for (const [arm, change] of Object.entries(ARMS))
    for (let seed = 1; seed <= seeds; seed++) {
      if (soak.runs.some((run) => run.arm === arm && run.seed === seed)) continue;
      const recipe = soak.runs.find((run) => run.arm === 'recipe' && run.seed === seed);
      const wanted = arm.endsWith('as many batches') ? Math.round((recipe as SoakRun).training.draws * updates) : updates;
      const start = performance.now();
      const policy = fresh();
      const config = trainConfig({ ...RUN_RECIPES['tool-augmented'], ...change, seed, updates: wanted, evaluateEvery: 0, probeEvery: 0 });
      const told: Readonly<Record<string, number>>[] = [];
      for await (const event of train(config, { benchmark, policy })) if (event.kind === 'updated') told.push(event.metrics);
      const toolsOff: Record<string, Score> = {};
      if (arm === 'recipe') for (const [name, tool] of Object.entries(TOOLS_OFF)) toolsOff[name] = await score(policy, benchmark, config.preset, [tool]);
      const average = (name: string): number => mean(told.map((metrics) => metrics[name] as number));
      const calls = average('tool/external_calls');
      const training = { draws: average('sampling/draws'), filled: average('sampling/filled'), calls, callTime: (1000 * average('time/tools')) / calls };
      const run: SoakRun = {
        arm,
        seed,
        after: await scored(policy, benchmark, config.preset),
        toolsOff,
        training,
        minutes: (performance.now() - start) / 60_000,
      };
      soak.runs.push(run);
      console.log(`${arm}, seed ${seed}: ${inWords(run.after)}; ${training.draws.toFixed(1)} draws an update, ${run.minutes.toFixed(1)} min`);
      mkdirSync('runs', { recursive: true });
      writeFileSync(FILE, `${JSON.stringify(soak, null, 1)}\n`);
    }
  tell(soak.before, soak.runs);
}

/** What was measured before, if it was with these settings. */
function known(updates: number): Soak | null {
  if (!existsSync(FILE)) return null;
  const soak = JSON.parse(readFileSync(FILE, 'utf8')) as Soak;
  return soak.updates === updates && soak.tasks === TASKS ? soak : null;
}

/** The score of a policy that is not needed afterwards. */
async function scored(policy: Policy, benchmark: Benchmark, preset: string): Promise<Score> {
  try {
    return await score(policy, benchmark, preset);
  } finally {
    policy.dispose();
  }
}

async function score(policy: Policy, benchmark: Benchmark, preset: string, disabledTools: readonly string[] = []): Promise<Score> {
  const codec = buildCodec(benchmark.vocabulary)();
  const { accuracy, rollouts } = await evaluatePolicy(policy, benchmark, codec, {
    preset,
    split: 'validation',
    tasks: TASKS,
    temperature: 1,
    disabledTools,
  });
  const calls = rollouts.map(({ record }) => record.steps.flatMap(({ tool }) => (tool ? [tool.kind] : [])));
  const count = (kind: string): number => mean(calls.map((kinds) => kinds.filter((each) => each === kind).length));
  return {
    accuracy,
    calls: mean(calls.map((kinds) => kinds.length)),
    searches: count('text'),
    runs: count('other'),
    tokens: mean(rollouts.map(({ logProbs }) => logProbs.length)),
    faults: mean(rollouts.map(({ outcome }) => (!outcome.wellFormed || outcome.modelErrors > 0 ? 1 : 0))),
  };
}

/** Means over seeds, and differences within seeds, with 95 % intervals. */
function tell(before: Readonly<Record<string, Score>>, runs: readonly SoakRun[]): void {
  const of = (arm: string): readonly SoakRun[] => runs.filter((run) => run.arm === arm);
  const after = (arm: string): readonly Score[] => of(arm).map((run) => run.after);
  const off = (name: string): readonly Score[] => of('recipe').map(({ toolsOff }) => toolsOff[name] as Score);
  const line = (name: string, scores: readonly Score[]): void =>
    console.log(`${name.padEnd(48)} ${MEASURES.map((measure) => `${measure} ${written(meanInterval(scores.map((each) => each[measure])))}`).join(' · ')}`);
  const less = (name: string, ones: readonly Score[], others: readonly Score[]): void =>
    line(
      name,
      others.map((other, i) => difference(ones[i] as Score, other)),
    );
  const arms = Object.keys(ARMS);
  const [hard, easy] = [arms.filter((arm) => !arm.startsWith('easy')), arms.filter((arm) => arm.startsWith('easy'))];
  for (const [preset, score] of Object.entries(before)) line(`${preset}, before`, [score]);
  for (const arm of arms) line(arm, after(arm));
  for (const name of Object.keys(TOOLS_OFF)) line(name, off(name));
  for (const arm of ['recipe', ...easy])
    less(
      `${arm} − before`,
      after(arm),
      after(arm).map(() => before[arm === 'recipe' ? 'hard' : 'easy'] as Score),
    );
  for (const arm of hard.slice(1)) less(`recipe − ${arm}`, after('recipe'), after(arm));
  for (const name of Object.keys(TOOLS_OFF)) less(`recipe − ${name}`, after('recipe'), off(name));
  less(`${easy[1]} − ${easy[0]}`, after(easy[1] as string), after(easy[0] as string));
  for (const arm of arms) {
    const part = (name: keyof SoakRun['training']): string => written(meanInterval(of(arm).map(({ training }) => training[name])));
    console.log(`${arm}, an update: draws ${part('draws')}, filled prompts ${part('filled')}, calls ${part('calls')}; ms a call ${part('callTime')}`);
  }
}

const MEASURES: readonly (keyof Score)[] = ['accuracy', 'calls', 'searches', 'runs', 'tokens', 'faults'];

function difference(a: Score, b: Score): Score {
  return Object.fromEntries(MEASURES.map((measure) => [measure, a[measure] - b[measure]])) as unknown as Score;
}

function written(value: MeanInterval | null): string {
  if (!value) return '–';
  return `${value.mean.toFixed(3)}${value.interval ? ` [${value.interval.map((end) => end.toFixed(3)).join(', ')}]` : ''}`;
}

function inWords({ accuracy, calls, tokens, faults }: Score): string {
  return `${(100 * accuracy).toFixed(1)} % right, ${calls.toFixed(2)} calls and ${tokens.toFixed(1)} tokens a question, ${(100 * faults).toFixed(1)} % with a fault`;
}
