// What the policy believes of the truth before and after each of its turns: the log-probability of the true answer, were it to answer now.
import type { Policy } from '../policy/types.ts';
import { PATCH_LENGTH } from './codec.ts';
import type { CollectedRollout } from './rollout.ts';
import { addSegment, addWritten, batchTranscripts, copyTranscript, type Transcript, transcriptBefore } from './transcript.ts';

/** The policy is asked by a turn without a thought, since its usual thought before an answer is the answer itself. [ours] */
const ELICITATION = '<think> </think> <answer>';

/** Sequences in one pass. */
const AT_ONCE = 64;

/**
 * Log beliefs, nats: [rollout][turns + 1], before the first turn and after each. An answer brings nothing new to read, so the belief after
 * the last turn is that before it. Equal states are asked once.
 */
export async function measureBeliefs(policy: Policy, rollouts: readonly CollectedRollout[]): Promise<number[][]> {
  const questions = new Map<string, Transcript>();
  const keys = rollouts.map(({ codec, episode, transcript }) =>
    episode.turns.map((_, turn) => {
      const question = elicited(transcript, turn, codec.encodeTurn(ELICITATION), codec.encodeTurn(episode.task.answer));
      const key = question.tokens.join(' ');
      if (question.tokens.length <= policy.shape.context) questions.set(key, question);
      return key;
    }),
  );
  const beliefs = new Map<string, number>();
  const all = [...questions].sort(([, a], [, b]) => a.tokens.length - b.tokens.length);
  for (let first = 0; first < all.length; first += AT_ONCE) {
    const some = all.slice(first, first + AT_ONCE);
    const batch = batchTranscripts(
      some.map(([, question]) => question),
      PATCH_LENGTH,
    );
    const { logProbs } = await policy.logProbs(batch);
    const T = batch.shape[1];
    some.forEach(([key], b) => {
      beliefs.set(
        key,
        logProbs.subarray(b * T, (b + 1) * T).reduce((sum, l) => sum + l, 0),
      );
    });
  }
  return keys.map((turns) => {
    const path: number[] = [];
    for (const key of turns) path.push(beliefs.get(key) ?? path.at(-1) ?? 0); // no room left to ask: nothing has changed
    return [...path, path.at(-1) ?? 0];
  });
}

/** What stood before a turn, then the elicitation, then the truth, whose tokens alone count as the model's. */
function elicited(transcript: Transcript, turn: number, elicitation: readonly number[], truth: readonly number[]): Transcript {
  const before = transcriptBefore(transcript, turn);
  if (!before) throw new RangeError(`measureBeliefs: expected a turn that was written, got ${turn}`);
  const question = copyTranscript({ ...before, mask: before.mask.map(() => 0) });
  addSegment(question, { tokens: elicitation, patchAt: [], patches: new Float32Array(0) });
  addWritten(question, truth);
  return question;
}
