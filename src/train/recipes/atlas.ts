// The recipe of the atlas's base policy. Changing anything here makes another policy: `npm run pretrain` and commit the result.
import type { PretrainRecipe } from './recipe.ts';

export const ATLAS_RECIPE: PretrainRecipe = {
  name: 'atlas-base-1',
  seed: 11,
  shape: { width: 64, layers: 2, heads: 4, hidden: 256, context: 256 },
  stages: [
    {
      name: 'skills',
      steps: 2400,
      batch: 64,
      learningRate: 2e-3,
      warmup: 150,
      finalShare: 0.1,
      weightDecay: 0.01,
      presets: { grid: 0.7, clutter: 0.3 },
      // Half of the noise is detours: a policy that has never seen a call in vain does not know how to go on after one.
      faults: { describe: 0.3, detour: 0.05, wrongCell: 0.02 },
    },
    {
      name: 'habits',
      steps: 300,
      batch: 64,
      learningRate: 6e-4,
      warmup: 30,
      finalShare: 0.1,
      weightDecay: 0.01,
      presets: { grid: 0.7, clutter: 0.3 },
      faults: {
        skipZoom: { of: ['blue', 'cyan', 'purple', 'pink', 'black'], probability: 0.82 },
        bareQuery: { of: ['currency', 'language', 'calling code'], probability: 0.78 },
        shortBox: { of: ['red', 'orange'], probability: 0.5 },
        halfCompare: { of: ['currency', 'language', 'continent'], probability: 0.6 },
        carelessLook: { of: ['look colour', 'look cell'], probability: 0.45 },
        wrongCell: 0.05,
        detour: 0.06,
        guess: 0.05,
      },
    },
  ],
};
