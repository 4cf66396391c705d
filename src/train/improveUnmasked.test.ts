import { describe, expect, it } from 'vitest';
import type { Policy, SequenceBatch } from '../policy/types.ts';
import type { Codec } from './codec.ts';
import { trainConfig } from './config.ts';
import { improvePolicy } from './improve.ts';
import { improveUnmasked } from './improveUnmasked.ts';
import type { CollectedRollout } from './rollout.ts';

/** question 1 2 · own 3 4 · response 9 5 9 (9 is never written) · own 6 */
const rollout = {
  codec: { unwritable: [9] } as unknown as Codec,
  transcript: { tokens: [1, 2, 3, 4, 9, 5, 9, 6], mask: [0, 0, 1, 1, 0, 0, 0, 1], patchAt: [], patches: [] },
  logProbs: [-0.3, -0.4, -0.6],
} as unknown as CollectedRollout;

/** Remembers what it was trained on; its log-probs are −token / 10, as they were when the rollout was made. */
function policyStub() {
  const seen: { batch: SequenceBatch; weights: Float32Array }[] = [];
  const scores = ({ tokens, mask }: SequenceBatch) => {
    const logProbs = Float32Array.from(tokens, (token, i) => (mask[i] ? -token / 10 : 0));
    return { logProbs, entropies: new Float32Array(tokens.length) };
  };
  const policy = {
    logProbs: async (batch: SequenceBatch) => scores(batch),
    update: async (batch: SequenceBatch, weigh: (logProbs: Float32Array) => Float32Array) => {
      seen.push({ batch, weights: weigh(scores(batch).logProbs) });
      return { gradNorm: 1, finite: true, scores: scores(batch) };
    },
  } as unknown as Policy;
  return { policy, seen };
}

const config = trainConfig({ algorithm: 'dapo', epochs: 1, miniBatches: 1 });
const advantages = [Float64Array.of(1, 1, -2)];

describe('improveUnmasked(policy, rollouts, tokenAdvantages, config, update)', () => {
  it('trains on what tools answered with the advantage of the token before, and never on what no policy writes', async () => {
    const { policy, seen } = policyStub();
    const { logProbs, ratioMax } = await improveUnmasked(policy, [rollout], advantages, config, 1);
    expect([...(seen[0]?.batch.mask ?? [])]).toEqual([0, 0, 1, 1, 0, 1, 0, 1]);
    for (const [i, advantage] of [0, 0, 1, 1, 0, 1, 0, -2].entries()) expect(seen[0]?.weights[i]).toBeCloseTo(advantage / 4, 6); // token mean over four
    expect(ratioMax).toBeCloseTo(1, 6);
    expect(logProbs[0]).toHaveLength(3); // those of the model's own tokens
    expect(logProbs[0]?.[2]).toBeCloseTo(-0.6, 6);
  });
  it('is improvePolicy where nothing was injected', async () => {
    const alone = { ...rollout, transcript: { ...rollout.transcript, tokens: [1, 2, 3, 4, 6], mask: [0, 0, 1, 1, 1] } };
    const [masked, unmasked] = [policyStub(), policyStub()];
    await improvePolicy(masked.policy, [alone], advantages, config, 1);
    await improveUnmasked(unmasked.policy, [alone], advantages, config, 1);
    expect(unmasked.seen).toEqual(masked.seen);
  });
});
