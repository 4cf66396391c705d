// One batch as an update sees it: rollouts of a question with a picture and some turns, about a third of the tokens the model's own.
import type { PolicyShape, SequenceBatch } from '../src/policy/types.ts';
import { randomStream } from '../src/tapo/index.ts';

/** Tokens of the first picture: they come with patches. */
const PATCHES = 9;

export interface UpdateWork {
  readonly batch: SequenceBatch;
  /** w [B, T] of Σ w · log π: of both signs, 0 where the model did not write. */
  readonly weights: Float32Array;
  /** Tokens in all, and those of the model. */
  readonly tokens: number;
  readonly modelTokens: number;
}

/** `rollouts` sequences of 40 to 110 tokens: a question, a picture, then turns of 6 to 10 tokens with observations of 8 to 24 between. */
export function updateWork({ vocabulary, patch }: PolicyShape, rollouts: number, seed: number): UpdateWork {
  const random = randomStream(seed);
  const lengths = Int32Array.from({ length: rollouts }, () => 40 + random.below(71));
  const T = Math.max(...lengths);
  const mask = new Uint8Array(rollouts * T);
  const patchRows = new Int32Array(rollouts * T).fill(-1);
  lengths.forEach((length, b) => {
    const question = 6 + random.below(8);
    for (let i = 0; i < PATCHES; i++) patchRows[b * T + question + i] = b * PATCHES + i;
    let at = question + PATCHES;
    while (at < length) {
      const turn = Math.min(6 + random.below(5), length - at);
      mask.fill(1, b * T + at, b * T + at + turn);
      at += turn + 8 + random.below(17);
    }
  });
  const modelTokens = mask.reduce((sum, m) => sum + m, 0);
  return {
    batch: {
      shape: [rollouts, T],
      lengths,
      mask,
      patchRows,
      tokens: Int32Array.from({ length: rollouts * T }, () => random.below(vocabulary)),
      patches: Float32Array.from({ length: rollouts * PATCHES * patch }, () => 2 * random.next() - 1),
    },
    weights: Float32Array.from(mask, (m) => (m * (2 * random.next() - 1)) / modelTokens),
    tokens: lengths.reduce((sum, length) => sum + length, 0),
    modelTokens,
  };
}
