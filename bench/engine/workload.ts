// The work that engines are held against each other by: rollouts of several turns, and one update on what they wrote.
import { batchOf, type History, randomSegment } from '../../src/policy/testing/conformance.ts';
import type { Policy, PolicyShape, SequenceBatch } from '../../src/policy/types.ts';

export interface Workload {
  readonly shape: PolicyShape;
  readonly rollouts: number;
  readonly turns: number;
  /** Tokens of a question, with a picture's patches among them; of an observation; of a turn. */
  readonly question: number;
  readonly patches: number;
  readonly observation: number;
  readonly written: number;
}

/** Tokens that may not be written. */
export const BENCH_UNWRITABLE: readonly number[] = [0, 1, 2];

/** The setting of the budgets: 64 rollouts of 6 turns under a model of width 96 with 2 layers. */
export const BUDGET_WORKLOAD: Workload = {
  shape: { vocabulary: 1088, width: 96, layers: 2, heads: 6, hidden: 384, context: 256, patch: 192 },
  rollouts: 64,
  turns: 6,
  question: 28,
  patches: 16,
  observation: 8,
  written: 8,
};

/** The same model with less work, for software adapters: the reference would take minutes. */
export const SOFTWARE_WORKLOAD: Workload = { ...BUDGET_WORKLOAD, rollouts: 8, turns: 2 };

/** Plays all rollouts, turn by turn, every row writing as many tokens as a turn has. Gives them as a batch for an update. */
export async function rollOut(policy: Policy, { shape, rollouts, turns, question, patches, observation, written }: Workload): Promise<SequenceBatch> {
  const session = policy.startSession();
  const rows = Array.from({ length: rollouts }, () => session.open());
  const histories = rows.map((): Pick<History, 'tokens' | 'mask' | 'patchAt' | 'patches'> => ({ tokens: [], mask: [], patchAt: [], patches: [] }));
  for (let turn = 0; turn < turns; turn++) {
    const segments = rows.map((row) => randomSegment(1000 * turn + row, turn === 0 ? question : observation, turn === 0 ? patches : 0, shape));
    await session.append(rows, segments);
    const keys = rows.map((row) => 97 * row + turn);
    const written_ = await session.decodeTurn(rows, { maxTokens: written, stopTokens: [], keys, temperature: 1 });
    histories.forEach((history, r) => {
      const segment = segments[r] as (typeof segments)[number];
      const tokens = written_[r]?.tokens ?? [];
      history.patchAt.push(...segment.patchAt.map((at) => history.tokens.length + at));
      history.patches.push(...segment.patches);
      history.tokens.push(...segment.tokens, ...tokens);
      history.mask.push(...segment.tokens.map(() => 0), ...tokens.map(() => 1));
    });
  }
  session.dispose();
  return batchOf(histories);
}

/** Weights of a batch's tokens that push some up and some down. */
export function benchWeights(batch: SequenceBatch): Float32Array {
  return Float32Array.from(batch.mask, (own, i) => (own ? Math.sin(i) / 1000 : 0));
}

/** Tokens that one rollout of the workload's policy has written, over all rollouts and turns. */
export const writtenTokens = ({ rollouts, turns, written }: Workload): number => rollouts * turns * written;
