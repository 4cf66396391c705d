// What one update of the default model takes on tfjs-wasm, beside native PyTorch and the same model in stock tfjs, one thread each.
import { startNodeBackend } from '../cli/machine.ts';
import { BETA1, BETA2, EPSILON } from '../src/policy/adam.ts';
import { NORM_EPSILON } from '../src/policy/kernels/layers.ts';
import { NEVER } from '../src/policy/likeliestTokens.ts';
import { initialParameters, parameterTable } from '../src/policy/parameters.ts';
import { createReferencePolicy } from '../src/policy/reference.ts';
import type { PolicyShape } from '../src/policy/types.ts';
import { atMost, withQuartiles } from './budgets.ts';
import { type Spread, spreadOf } from './spread.ts';
import { createStockPolicy } from './stockPolicy.ts';
import { type Bench, type BenchResult, shown, type Table } from './table.ts';
import { findTorch, startTorch } from './torchUpdates.ts';
import { updateWork } from './updateBatch.ts';

const SHAPE: PolicyShape = { vocabulary: 1088, width: 64, layers: 2, heads: 4, hidden: 256, context: 256, patch: 192 };
const UNWRITABLE = [0, 1, 2];
const OPTIONS = { learningRate: 1e-4, weightDecay: 0.01, clipNorm: 1 };
const ROLLOUTS = 64;
const SEED = 1;
const WARM_UP = 3;
const ROUNDS = 9;

/** One update: milliseconds by the clock and by the processor. */
interface Sample {
  readonly clock: number;
  readonly processor: number;
  readonly gradNorm: number;
}

interface Engine {
  readonly name: string;
  /** Greatest share of this engine's time that ReferencePolicy may take; null for itself. */
  readonly budget: number | null;
  readonly sample: () => Promise<Sample>;
}

export const updateTime: Bench = {
  about: 'one update (forward, backward, clip, AdamW) of the default model on wasm in Node, against native PyTorch and stock tfjs, one thread each',
  async run(progress) {
    await startNodeBackend('wasm');
    const work = updateWork(SHAPE, ROLLOUTS, SEED);
    progress(`${ROLLOUTS} sequences, ${work.tokens} tokens, ${work.modelTokens} of the model, padded to ${work.batch.shape[1]}`);
    const python = findTorch();
    if (!python) progress('PyTorch is left out: no python3 with torch was found (Debian: apt-get install python3-torch libopenblas0-pthread; or set PYTHON)');
    const torch = python ? startTorch(python, torchWork(work)) : null;
    const reference = createReferencePolicy(SHAPE, { unwritable: UNWRITABLE, seed: SEED });
    const stock = createStockPolicy(SHAPE, UNWRITABLE, SEED, OPTIONS.learningRate);
    let version = '';
    const ours: Engine = {
      name: 'ReferencePolicy',
      budget: null,
      sample: () => timed(async () => (await reference.update(work.batch, work.weights, OPTIONS)).gradNorm),
    };
    const others: Engine[] = [
      {
        name: 'stock tfjs, transpose flags',
        budget: 0.25,
        sample: () => timed(() => stock.update(work.batch, work.weights, OPTIONS)),
      },
    ];
    if (torch)
      others.unshift({
        name: 'native PyTorch',
        budget: 4,
        async sample() {
          const { seconds, processorSeconds, gradNorm, version: its } = await torch.update();
          version = its;
          return { clock: 1000 * seconds, processor: 1000 * processorSeconds, gradNorm };
        },
      });
    try {
      const samples = await alternate([ours, ...others], progress);
      return resultOf([ours, ...others], samples, { version, ...work });
    } finally {
      torch?.stop();
      reference.dispose();
      stock.dispose();
    }
  },
};

function torchWork({ batch, weights }: ReturnType<typeof updateWork>): object {
  const model = { shape: SHAPE, table: parameterTable(SHAPE), parameters: initialParameters(SHAPE, SEED), unwritable: UNWRITABLE, never: NEVER };
  return { ...model, batch, weights, options: OPTIONS, betas: [BETA1, BETA2], epsilon: EPSILON, normEpsilon: NORM_EPSILON };
}

async function timed(update: () => Promise<number> | number): Promise<Sample> {
  const processor = process.cpuUsage();
  const start = performance.now();
  const gradNorm = await update();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(processor);
  return { clock, processor: (user + system) / 1000, gradNorm };
}

/** Rounds in which every engine takes one update; the first ones are not counted. All take the same steps, so their gradients must agree. */
async function alternate(engines: readonly Engine[], progress: (line: string) => void): Promise<Sample[][]> {
  const samples: Sample[][] = engines.map(() => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const taken: Sample[] = [];
    for (const { sample } of engines) taken.push(await sample());
    const norms = taken.map(({ gradNorm }) => gradNorm);
    if (Math.max(...norms) > 1.001 * Math.min(...norms)) throw new Error(`update: expected the same gradient of every engine, got norms ${norms.join(', ')}`);
    if (round < 0) continue;
    taken.forEach((sample, i) => {
      samples[i]?.push(sample);
    });
    progress(`round ${round + 1} of ${ROUNDS}: ${engines.map(({ name }, i) => `${name} ${shown(taken[i]?.clock ?? 0)} ms`).join(', ')}`);
  }
  return samples;
}

interface About {
  readonly version: string;
  readonly tokens: number;
  readonly modelTokens: number;
}

function resultOf(engines: readonly Engine[], samples: readonly (readonly Sample[])[], { version, tokens, modelTokens }: About): BenchResult {
  const ratios = (i: number, of: 'clock' | 'processor'): Spread =>
    spreadOf((samples[0] as readonly Sample[]).map((sample, round) => sample[of] / ((samples[i] as readonly Sample[])[round] as Sample)[of]));
  const measured = engines.map(({ name, budget }, i) => {
    const own = samples[i] as readonly Sample[];
    return {
      name,
      budget,
      samples: own,
      clock: spreadOf(own.map(({ clock }) => clock)),
      processor: spreadOf(own.map(({ processor }) => processor)),
      ratio: budget === null ? null : { clock: ratios(i, 'clock'), processor: ratios(i, 'processor') },
    };
  });
  const table: Table = {
    title: `one update, median of ${ROUNDS} alternating rounds with its quartiles${version ? `; PyTorch ${version}` : ''}`,
    columns: ['engine', 'ms', 'ms of processor', 'ReferencePolicy : it', 'by processor', 'budget'],
    rows: measured.map(({ name, budget, clock, processor, ratio }) => [
      name,
      withQuartiles(clock),
      withQuartiles(processor),
      ratio ? withQuartiles(ratio.clock) : '–',
      ratio ? withQuartiles(ratio.processor) : '–',
      budget === null ? '–' : `≤ ${budget}`,
    ]),
  };
  const budgets = measured.flatMap(({ name, budget, ratio }) =>
    ratio && budget !== null
      ? [{ what: `wasm update, ReferencePolicy : ${name}, by processor`, measured: ratio.processor, bound: atMost(budget), unit: '×' }]
      : [],
  );
  return {
    tables: [table],
    budgets,
    data: { shape: SHAPE, options: OPTIONS, seed: SEED, rollouts: ROLLOUTS, tokens, modelTokens, torch: version || null, measured },
  };
}
