// What slow tools cost rollouts: decoding whatever is ready, against waiting for every tool of a turn.
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend } from '../cli/machine.ts';
import { REWARDS } from '../src/env/rewards.ts';
import { slowTools } from '../src/env/testing/slowTools.ts';
import type { Tool } from '../src/env/types.ts';
import { type RandomStream, randomStream } from '../src/tapo/index.ts';
import { drawJobs } from '../src/train/collectBatch.ts';
import { trainConfig } from '../src/train/config.ts';
import { collectRollouts } from '../src/train/rollout.ts';
import { spreadOf } from './spread.ts';
import { type Bench, shown } from './table.ts';

const PAIRS = 7;
/** Milliseconds that a call takes longer than by itself. */
const DELAYS: Readonly<Record<string, ((random: RandomStream) => number) | null>> = {
  none: null,
  '100 ms': () => 100,
  '50 to 2,000 ms': (random) => 50 + random.below(1951),
};

interface Sample {
  /** The model's own tokens a second. */
  readonly rate: number;
  /** Share of the time in which nothing was decoded. */
  readonly idle: number;
}

interface Pair {
  readonly inStep: Sample;
  readonly asTheyAnswer: Sample;
}

export const batching: Bench = {
  about: 'rollouts with slow tools on wasm in Node: decoding whatever is ready, against waiting for all tools of a turn',
  async run(progress) {
    await startNodeBackend('wasm');
    const atlas = await loadBenchmark('atlas');
    const state = await readPolicyFile(undefined, atlas);
    const policy = makePolicy(atlas, state.shape, state);
    const jobs = drawJobs(trainConfig({}), atlas, 1, 0);
    let expected: string | null = null;
    const sample = async (tools: readonly Tool[]): Promise<Sample> => {
      const start = performance.now();
      const { rollouts, toolTime } = await collectRollouts(policy, atlas, jobs, { reward: REWARDS.exact, tools });
      const elapsed = performance.now() - start;
      const records = JSON.stringify(rollouts.map(({ record }) => record));
      expected ??= records;
      if (records !== expected) throw new Error('batching: expected the same rollouts of every schedule, got others');
      return { rate: (1000 * rollouts.flatMap(({ logProbs }) => logProbs).length) / elapsed, idle: toolTime / elapsed };
    };
    await sample(atlas.tools);
    const pairs: Record<string, Pair[]> = {};
    for (const [name, delay] of Object.entries(DELAYS)) {
      pairs[name] = [];
      for (let i = 0; i < PAIRS; i++) {
        const tools = (): readonly Tool[] => {
          const random = randomStream(i);
          return delay ? slowTools(atlas.tools, () => delay(random)) : atlas.tools;
        };
        pairs[name].push({ inStep: await sample(inStep(tools())), asTheyAnswer: await sample(tools()) });
        progress(`${name}, pair ${i + 1} of ${PAIRS}`);
      }
    }
    policy.dispose();
    return {
      tables: [
        {
          title: `${jobs.length} rollouts, tokens of the model a second: median of ${PAIRS} pairs [quartiles]; in brackets the share of time in which nothing was decoded`,
          columns: ['each call takes longer by', 'all wait for all tools', 'each for its own', 'times as fast'],
          rows: Object.entries(pairs).map(([name, some]) => [
            name,
            shownSamples(some.map((pair) => pair.inStep)),
            shownSamples(some.map((pair) => pair.asTheyAnswer)),
            shownSpread(some.map((pair) => pair.asTheyAnswer.rate / pair.inStep.rate)),
          ]),
        },
      ],
      data: pairs,
    };
  },
};

/** Tools of which none answers before all that were called with it: what a loop makes of them that waits for every tool, turn by turn. */
function inStep(tools: readonly Tool[]): Tool[] {
  let step: Promise<unknown>[] = [];
  return tools.map(
    (tool): Tool => ({
      ...tool,
      async call(...args) {
        const own = step;
        const answer = tool.call(...args);
        own.push(answer);
        await null; // all calls of one decoding are made in one go
        step = own === step ? [] : step;
        await Promise.all(own);
        return answer;
      },
    }),
  );
}

function shownSpread(values: readonly number[]): string {
  const { lower, median, upper } = spreadOf(values);
  return `${shown(median)} [${shown(lower)}, ${shown(upper)}]`;
}

function shownSamples(samples: readonly Sample[]): string {
  const idle = spreadOf(samples.map((sample) => sample.idle)).median;
  return `${shownSpread(samples.map(({ rate }) => rate))} (${Math.round(100 * idle)} %)`;
}
