import { describe, expect, it } from 'vitest';
import { trainConfig } from './config.ts';
import { RUN_RECIPES } from './runRecipes.ts';
import { runTitle } from './runTitle.ts';

describe('runTitle(config)', () => {
  it('names algorithm, credit rule, world, updates and seed', () => {
    expect(runTitle(trainConfig({ updates: 60, seed: 2 }))).toBe('GRPO with TAPO credit transfer on atlas/grid, 60 updates, seed 2');
    const plain = trainConfig({ algorithm: 'dr-grpo', credit: { rule: 'none' }, preset: 'clutter', updates: 5 });
    expect(runTitle(plain)).toBe('Dr. GRPO without credit transfer on atlas/clutter, 5 updates, seed 1');
    expect(runTitle(trainConfig({ credit: { rule: 'gigpo' }, updates: 5 }))).toMatch(/^GRPO with GiGPO’s advantages on/);
  });
  it('names what differs from the defaults, but not what is only measured', () => {
    const changed = trainConfig({ credit: { beta: 0.4, clamp: false }, klCoefficient: 0.01, updates: 5, evaluateEvery: 1, probeEvery: 0 });
    expect(runTitle(changed)).toBe(
      'GRPO with TAPO credit transfer on atlas/grid, β strength 0.4, without clamp at zero, KL coefficient 0.01, 5 updates, seed 1',
    );
    expect(runTitle(trainConfig({ tools: ['text_search_tool=mediawiki:https://en.wikipedia.org'], updates: 5 }))).toContain('=mediawiki:');
  });
  it('names a recipe, and tells the arms of a comparison apart', () => {
    const arm = (change: object) => runTitle(trainConfig({ ...RUN_RECIPES['tool-augmented'], updates: 10, ...change }));
    expect(arm({})).toBe('Tool-Augmented PO on almanac/hard, 10 updates, seed 1');
    expect(arm({ responseMask: false })).toBe('Tool-Augmented PO on almanac/hard, without response mask, 10 updates, seed 1');
    expect(arm({ dynamicSampling: 0 })).toBe('Tool-Augmented PO on almanac/hard, without dynamic sampling, 10 updates, seed 1');
    expect(arm({ overlong: null })).toBe('Tool-Augmented PO on almanac/hard, overlong L_max off, overlong L_buf off, 10 updates, seed 1');
  });
  it('does not name a recipe of which little is left', () => {
    expect(runTitle(trainConfig({ benchmark: 'almanac', algorithm: 'dapo', credit: { rule: 'none' }, updates: 5 }))).toBe(
      'DAPO without credit transfer on almanac/easy, 5 updates, seed 1',
    );
  });
});
