import { describe, expect, it } from 'vitest';
import { MAX_GENERATION_BATCHES } from '../tapo/index.ts';
import { trainConfig } from './config.ts';
import { objectiveOptions } from './improve.ts';
import { RUN_RECIPES } from './runRecipes.ts';

describe('RUN_RECIPES', () => {
  it('tool-augmented is DAPO for tools as it is published, but for its sizes', () => {
    const config = trainConfig(RUN_RECIPES['tool-augmented']);
    expect(config).toMatchObject({ algorithm: 'dapo', credit: { rule: 'none' }, reward: 'tool-augmented', responseMask: true, klCoefficient: 0 });
    expect(config).toMatchObject({ entropyCoefficient: 0, epsilon: 1e-6, groupSize: 4, weightDecay: 0.1, clipNorm: 1 });
    expect(1 + config.dynamicSampling).toBe(MAX_GENERATION_BATCHES);
    expect(config.prompts / config.miniBatches).toBe(4);
    expect(objectiveOptions(config)).toMatchObject({ dualClip: 10 });
    expect(objectiveOptions(config)).not.toHaveProperty('aggregate'); // DAPO's own: the token mean, clipped at 0.2 and 0.28
  });
});
