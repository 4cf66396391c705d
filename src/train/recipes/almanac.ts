// The recipe of the almanac's base policy. Changing anything here makes another policy: `npm run pretrain -- --benchmark almanac` and
// commit the result.
import type { PretrainRecipe } from './recipe.ts';

export const ALMANAC_RECIPE: PretrainRecipe = {
  name: 'almanac-base-1',
  seed: 11,
  shape: { width: 64, layers: 2, heads: 4, hidden: 128, context: 256 },
  stages: [
    {
      name: 'skills',
      steps: 450,
      batch: 32,
      learningRate: 2e-3,
      warmup: 100,
      finalShare: 0.1,
      weightDecay: 0.01,
      presets: { easy: 0.25, hard: 0.75 },
      // Some of every fault: a policy that has never seen a search or a run in vain does not know how to go on after one.
      faults: {
        bareQuery: { of: ['mass', 'density', 'melting point', 'boiling point', 'radius'], probability: 0.15 },
        retry: 0.9,
        needlessRun: { of: ['fact'], probability: 0.1 },
        repeat: 0.05,
        slip: 0.05,
      },
    },
    {
      name: 'habits',
      steps: 120,
      batch: 32,
      learningRate: 6e-4,
      warmup: 15,
      finalShare: 0.1,
      weightDecay: 0.01,
      presets: { easy: 0.25, hard: 0.75 },
      faults: {
        bareQuery: { of: ['density', 'boiling point', 'radius'], probability: 0.82 },
        retry: 0.15,
        misread: { of: ['mass', 'density', 'radius'], probability: 0.35 },
        noCode: { of: ['difference'], probability: 0.6 },
        swapped: { of: ['ratio'], probability: 0.6 },
        short: { of: ['sum of three'], probability: 0.6 },
        needlessRun: { of: ['fact'], probability: 0.5 },
        repeat: 0.12,
        slip: 0.05,
        guess: 0.06,
      },
    },
  ],
};
