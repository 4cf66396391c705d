// An update without the response mask: what the tools answered is trained on as if the policy had written it. It is there to be compared with.
import type { Policy } from '../policy/types.ts';
import { PATCH_LENGTH } from './codec.ts';
import type { TrainConfig } from './config.ts';
import { type Improvement, improvePolicy } from './improve.ts';
import type { CollectedRollout } from './rollout.ts';
import { batchTranscripts } from './transcript.ts';

/** Sequences in one pass. */
const AT_ONCE = 64;

/** A token that is trained on: the model's own, with its number among those, or one that a tool injected after that many. */
interface TrainedToken {
  readonly own: boolean;
  /** Number of the model's token that it is, or that stands before it. */
  readonly at: number;
}

/**
 * As improvePolicy, but M = 1 on injected tokens, too: each has the advantage of the model's token before it, and as π_old the policy's
 * probability before the update. Tokens that no policy can write (the tags of a response) stay out: their probability is 0.
 */
export async function improveUnmasked(
  policy: Policy,
  rollouts: readonly CollectedRollout[],
  tokenAdvantages: readonly Float64Array[],
  config: TrainConfig,
  update: number,
  reference: Policy | null = null,
): Promise<Improvement> {
  const opened = rollouts.map((rollout) => ({ ...rollout, transcript: { ...rollout.transcript, mask: openMask(rollout) } }));
  const tokens = rollouts.map(({ transcript }, i) => trainedTokens(transcript.mask, opened[i]?.transcript.mask as readonly number[]));
  const read = await logProbsOf(policy, opened);
  const trained = opened.map((rollout, i) => ({
    ...rollout,
    logProbs: (tokens[i] as TrainedToken[]).map(({ own, at }, t) => (own ? rollout.logProbs[at] : read[i]?.[t]) as number),
  }));
  const advantages = tokens.map((list, i) => Float64Array.from(list, ({ at }) => tokenAdvantages[i]?.[at] as number));
  const improvement = await improvePolicy(policy, trained, advantages, config, update, reference);
  return { ...improvement, logProbs: improvement.logProbs.map((values, i) => values?.filter((_, t) => tokens[i]?.[t]?.own) ?? null) };
}

/** 1 on the model's tokens and on what was injected after the first of them, where a policy could have written it. */
function openMask({ codec, transcript: { tokens, mask } }: CollectedRollout): number[] {
  const unwritable = new Set(codec.unwritable);
  const first = mask.indexOf(1);
  return mask.map((own, i) => (own === 1 || (first >= 0 && i > first && !unwritable.has(tokens[i] as number)) ? 1 : 0));
}

function trainedTokens(mask: readonly number[], opened: readonly number[]): TrainedToken[] {
  let at = -1;
  return opened.flatMap((open, i): TrainedToken[] => {
    const own = mask[i] === 1;
    if (own) at++;
    return open === 1 ? [{ own, at }] : [];
  });
}

/** log π of each rollout's tokens under its mask, nats. */
async function logProbsOf(policy: Policy, rollouts: readonly CollectedRollout[]): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  for (let first = 0; first < rollouts.length; first += AT_ONCE) {
    const some = rollouts.slice(first, first + AT_ONCE).map(({ transcript }) => transcript);
    const batch = batchTranscripts(some, PATCH_LENGTH);
    const { logProbs } = await policy.logProbs(batch);
    const T = batch.shape[1];
    all.push(...some.map(({ mask }, b) => logProbs.subarray(b * T, b * T + mask.length).filter((_, t) => mask[t] === 1)));
  }
  return all;
}
