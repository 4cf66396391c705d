// The work that engines are held against each other by: rollouts of several turns, and one update on what they wrote.
import { batchOf, type History, randomSegment } from '../../src/policy/testing/conformance.ts';
import type { DecodedTurn, Policy, PolicyShape, Segment, SequenceBatch } from '../../src/policy/types.ts';

export interface Workload {
  readonly shape: PolicyShape;
  readonly rollouts: number;
  readonly turns: number;
  /** Tokens of a question, the last of them a picture's patches; of an observation; of a turn. */
  readonly question: number;
  readonly patches: number;
  readonly observation: number;
  readonly written: number;
}

/** What an engine must do in a rollout: all rows read, then all rows write. */
export interface Writer {
  read(segments: readonly Segment[]): Promise<void>;
  /** One turn in each row, as many tokens as the workload says.   keys: one a row */
  write(keys: readonly number[]): Promise<readonly DecodedTurn[]>;
  end(): void;
}

/** Rollouts as a batch, with the log-probs that the engine gave for its own tokens [B, T], 0 elsewhere. */
export interface RolledOut {
  readonly batch: SequenceBatch;
  readonly logProbs: Float32Array;
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

/** A policy's session as a writer. */
export function policyWriter(policy: Policy, { rollouts, written }: Workload): Writer {
  const session = policy.startSession();
  const rows = Array.from({ length: rollouts }, () => session.open());
  return {
    read: (segments) => session.append(rows, segments),
    write: (keys) => session.decodeTurn(rows, { maxTokens: written, stopTokens: [], keys, temperature: 1 }),
    end: () => session.dispose(),
  };
}

/** What each row reads before a turn. */
export function segmentsOf({ shape, rollouts, question, patches, observation }: Workload, turn: number): Segment[] {
  return Array.from({ length: rollouts }, (_, row) => randomSegment(1000 * turn + row, turn === 0 ? question : observation, turn === 0 ? patches : 0, shape));
}

/** The keys of all rows in a turn. */
export const keysOf = ({ rollouts }: Workload, turn: number): number[] => Array.from({ length: rollouts }, (_, row) => 97 * row + turn);

/** Plays all rollouts, turn by turn, every row writing as many tokens as a turn has. */
export async function rollOut(writer: Writer, workload: Workload): Promise<RolledOut> {
  const { rollouts, turns } = workload;
  const histories = Array.from({ length: rollouts }, (): Omit<History, 'entropies'> => ({ tokens: [], mask: [], patchAt: [], patches: [], logProbs: [] }));
  for (let turn = 0; turn < turns; turn++) {
    const segments = segmentsOf(workload, turn);
    await writer.read(segments);
    const written = await writer.write(keysOf(workload, turn));
    histories.forEach((history, r) => {
      const [segment, { tokens, logProbs }] = [segments[r] as Segment, written[r] as DecodedTurn];
      history.patchAt.push(...segment.patchAt.map((at) => history.tokens.length + at));
      history.patches.push(...segment.patches);
      history.tokens.push(...segment.tokens, ...tokens);
      history.mask.push(...segment.tokens.map(() => 0), ...tokens.map(() => 1));
      history.logProbs.push(...segment.tokens.map(() => 0), ...logProbs);
    });
  }
  writer.end();
  return { batch: batchOf(histories), logProbs: Float32Array.from(histories.flatMap(({ logProbs }) => logProbs)) };
}

/** Weights of a batch's tokens that push some up and some down. */
export function benchWeights(batch: SequenceBatch): Float32Array {
  return Float32Array.from(batch.mask, (own, i) => (own ? Math.sin(i) / 1000 : 0));
}

/** Tokens that the policy writes in a workload, over all rollouts and turns. */
export const writtenTokens = ({ rollouts, turns, written }: Workload): number => rollouts * turns * written;

/** Tokens of one rollout, read and written; all are equally long. */
export const rolloutLength = ({ turns, question, observation, written }: Workload): number => question + (turns - 1) * observation + turns * written;

/** Where the policy's own turns stand in a rollout: first token, and the first behind it. */
export function turnPlaces({ turns, question, observation, written }: Workload): (readonly [number, number])[] {
  return Array.from({ length: turns }, (_, turn) => {
    const from = question + turn * (observation + written);
    return [from, from + written] as const;
  });
}
