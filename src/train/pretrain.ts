// Pre-training of the base policy: supervised steps on demonstrations, in stages. A recipe decides everything; the same recipe gives the same policy.
import type { Faults } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import { randomStream } from '../tapo/index.ts';
import { PATCH_LENGTH } from './codec.ts';
import { batchTranscripts, type Transcript } from './transcript.ts';

export interface PretrainStage {
  readonly name: string;
  readonly steps: number;
  /** Demonstrations a step. */
  readonly batch: number;
  /** Peak learning rate: reached after `warmup` steps, then falling by a cosine to `finalShare` of it. */
  readonly learningRate: number;
  readonly warmup: number;
  readonly finalShare: number;
  readonly weightDecay: number;
  /** Share of each preset among the demonstrations. */
  readonly presets: Readonly<Record<string, number>>;
  readonly faults: Faults;
}

/** Asks for demonstration number `index` of a stage; may run elsewhere. */
export type DemonstrationSource = (stage: PretrainStage, seed: number, step: number) => Promise<readonly Transcript[]>;

export interface PretrainProgress {
  readonly stage: string;
  readonly step: number;
  readonly steps: number;
  /** Mean cross-entropy of the agent's tokens, nats. */
  readonly loss: number;
  readonly learningRate: number;
}

/** Learning rate at a step that counts from 1. */
export function scheduledRate({ learningRate, warmup, steps, finalShare }: PretrainStage, step: number): number {
  if (step <= warmup) return (learningRate * step) / warmup;
  const progress = (step - warmup) / Math.max(1, steps - warmup);
  return learningRate * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

/** Runs one stage from a step on (counted from 1) and reports each step. */
export async function* pretrainStage(
  policy: Policy,
  stage: PretrainStage,
  seed: number,
  source: DemonstrationSource,
  from = 1,
): AsyncGenerator<PretrainProgress> {
  let coming = source(stage, seed, from);
  for (let step = from; step <= stage.steps; step++) {
    const transcripts = await coming;
    if (step < stage.steps) coming = source(stage, seed, step + 1); // prepared while this step runs
    const batch = batchTranscripts(transcripts, PATCH_LENGTH);
    const tokens = batch.mask.reduce((total, m) => total + m, 0);
    const learningRate = scheduledRate(stage, step);
    const { scores } = await policy.update(
      batch,
      Float32Array.from(batch.mask, (m) => m / tokens),
      { learningRate, weightDecay: stage.weightDecay },
    );
    const loss = -scores.logProbs.reduce((total, l) => total + l, 0) / tokens;
    yield { stage: stage.name, step, steps: stage.steps, loss, learningRate };
  }
}

/** Which demonstrations a step uses: preset and index of each. */
export function demonstrationPlan(
  { presets, batch }: PretrainStage,
  seed: number,
  step: number,
): readonly { readonly preset: string; readonly index: number }[] {
  const random = randomStream(seed, step, PLAN);
  return Array.from({ length: batch }, (_, i) => {
    let left = random.next() * Object.values(presets).reduce((sum, share) => sum + share, 0);
    const preset = Object.entries(presets).find(([, share]) => {
      left -= share;
      return left <= 0;
    });
    return { preset: preset?.[0] ?? (Object.keys(presets)[0] as string), index: step * batch + i };
  });
}

const PLAN = 0x91a7;
