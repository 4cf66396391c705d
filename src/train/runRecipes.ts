// Published ways to train, as specs of runs. What was scaled for a small policy is in docs/decisions.md.
import type { TrainSpec } from './config.ts';

export type RunRecipe = keyof typeof RUN_RECIPES;

export const RUN_RECIPES = {
  /** Tool-Augmented Policy Optimization (arXiv:2510.07038, Goer17/TAPO): DAPO for tools, with a penalty on the model's own length. */
  'tool-augmented': {
    benchmark: 'almanac',
    preset: 'hard',
    algorithm: 'dapo',
    credit: { rule: 'none' },
    reward: 'tool-augmented',
    dualClip: 10,
    prompts: 16,
    groupSize: 4,
    epochs: 1,
    miniBatches: 4,
    dynamicSampling: 9,
    overlong: { maxTokens: 88, buffer: 32 },
    learningRate: 1e-4,
    weightDecay: 0.1,
  },
} as const satisfies Readonly<Record<string, TrainSpec>>;
