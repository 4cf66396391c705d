// Whether engines do the same: the same tokens, log-probs, gradients and steps. What does not agree is not timed.
import type { Contender, ContenderName } from './contenders.ts';
import { benchWeights, type RolledOut } from './workload.ts';

export interface Agreement {
  readonly name: ContenderName;
  /** Share of the written tokens that are the first engine's: rounding may tip a draw, and its row then goes on otherwise. */
  readonly tokens: number;
  /** Greatest deviations from the first engine on its rollouts: nats; share of the norm; parameters after the steps. */
  readonly logProbs: number;
  readonly gradNorm: number;
  readonly parameters: number;
  /** Root mean square of the parameters' deviations, as a share of that of their movement. */
  readonly movement: number;
}

/** Steps that are compared. */
const STEPS = 2;
const LEAST_TOKENS = 0.8;
const MOST = { logProbs: 1e-3, gradNorm: 1e-3, movement: 0.02 } as const;

/**
 * Rolls out and takes a few steps on the first engine's rollouts in each engine, and starts all anew. Gives those rollouts, too. Throws
 * Error for an engine that goes another way than the first.
 */
export async function checkAgreement(contenders: readonly Contender[]): Promise<{ readonly rolledOut: RolledOut; readonly agreement: readonly Agreement[] }> {
  const rolledOut: RolledOut[] = [];
  const walks: Walk[] = [];
  for (const contender of contenders) {
    rolledOut.push(await contender.rollOut());
    walks.push(await walk(contender, rolledOut[0] as RolledOut));
  }
  const agreement = contenders.slice(1).map(({ name }, i) => {
    const tokens = sameTokens(rolledOut[i + 1] as RolledOut, rolledOut[0] as RolledOut);
    const found = { name, tokens, ...deviations(walks[i + 1] as Walk, walks[0] as Walk) };
    if (!(tokens >= LEAST_TOKENS)) throw new Error(`${name}: expected at least ${LEAST_TOKENS} of the tokens as in ${contenders[0]?.name}, got ${tokens}`);
    for (const [what, most] of Object.entries(MOST) as [keyof typeof MOST, number][])
      if (!(found[what] <= most)) throw new Error(`${name}: expected its ${what} within ${most} of ${contenders[0]?.name}, got ${found[what]}`);
    return found;
  });
  return { rolledOut: rolledOut[0] as RolledOut, agreement };
}

function sameTokens({ batch }: RolledOut, { batch: other }: RolledOut): number {
  const own = [...batch.mask.keys()].filter((i) => batch.mask[i] === 1);
  return own.filter((i) => batch.tokens[i] === other.tokens[i]).length / own.length;
}

interface Walk {
  readonly logProbs: readonly number[];
  readonly gradNorms: readonly number[];
  readonly start: Float32Array;
  readonly end: Float32Array;
}

async function walk(contender: Contender, { batch }: RolledOut): Promise<Walk> {
  contender.restart();
  const start = await contender.parameters();
  const logProbs: number[] = [];
  const gradNorms: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const result = await contender.update(batch, benchWeights(batch));
    logProbs.push(...result.logProbs);
    gradNorms.push(result.gradNorm);
  }
  const end = await contender.parameters();
  contender.restart();
  return { logProbs, gradNorms, start, end };
}

function deviations(other: Walk, first: Walk): Omit<Agreement, 'name' | 'tokens'> {
  const moved = first.end.map((x, i) => x - (first.start[i] as number));
  const off = other.end.map((x, i) => x - (first.end[i] as number));
  return {
    logProbs: greatest(other.logProbs, first.logProbs, (a, b) => a - b),
    gradNorm: greatest(other.gradNorms, first.gradNorms, (a, b) => a / b - 1),
    parameters: off.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    movement: rootMeanSquare(off) / rootMeanSquare(moved),
  };
}

/** NaN where any value is. */
function greatest(a: readonly number[], b: readonly number[], deviation: (a: number, b: number) => number): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(deviation(x, b[i] as number))), 0);
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}
