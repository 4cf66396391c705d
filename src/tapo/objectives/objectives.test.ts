import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dapoWeights } from './dapo.ts';
import { drGrpoWeights } from './drGrpo.ts';
import { grpoWeights } from './grpo.ts';
import { gspoWeights } from './gspo.ts';
import type { TokenBatch } from './objective.ts';
import { sapoWeights } from './sapo.ts';

const OBJECTIVES = { grpo: grpoWeights, drGrpo: drGrpoWeights, dapo: dapoWeights, gspo: gspoWeights, sapo: sapoWeights };

interface Case extends TokenBatch {
  case: number;
  objective: keyof typeof OBJECTIVES;
  options: Record<string, never>;
  expected: { loss: number; weights: number[] };
}
const cases = readFileSync(new URL('../../../fixtures/vectors/objectives.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

const close = (actual: number, expected: number): boolean => Math.abs(actual - expected) <= 1e-5 * (1 + Math.abs(expected));

describe('every objective agrees with automatic differentiation to 1e-5 · (1 + |x|)', () => {
  it.each(cases.map((c) => [c.objective, c.case, c] as const))('%s, case %i', (objective, _, { options, expected, ...batch }) => {
    const { loss, weights } = OBJECTIVES[objective](batch, options);
    expect(close(loss, expected.loss), `loss ${loss}, expected ${expected.loss}`).toBe(true);
    expect(weights.length).toBe(expected.weights.length);
    expected.weights.forEach((w, i) => {
      expect(close(weights[i] as number, w), `weights[${i}] = ${weights[i]}, expected ${w}`).toBe(true);
    });
  });
});

const onPolicy = (advantages: number[], mask: number[], shape: [number, number]): TokenBatch => {
  const logProbs = advantages.map((_, i) => -0.3 - 0.1 * i);
  return { shape, logProbs, oldLogProbs: logProbs, advantages, mask };
};

describe('objectives at ratio 1', () => {
  const batch = onPolicy([1, 1, -2, -2, 0.5, 0.5], [1, 1, 1, 0, 1, 1], [3, 2]);
  it.each(Object.entries(OBJECTIVES))('%s gives weight A times the aggregation factor', (_, weights) => {
    const factor = 1 / 5; // five model tokens
    expect([...weights(batch, { aggregate: 'tokenMean' }).weights]).toEqual([1, 1, -2, 0, 0.5, 0.5].map((a) => expect.closeTo(a * factor, 6)));
  });
  it.each(Object.entries(OBJECTIVES))('%s gives loss 0 and weights 0 for an empty mask', (_, weights) => {
    const empty = weights({ ...batch, mask: [0, 0, 0, 0, 0, 0] });
    expect(empty.loss).toBe(0);
    expect([...empty.weights]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(empty.metrics).toEqual({ clipFraction: 0, ratioMin: 1, ratioMax: 1, approxKl: 0 });
  });
  it.each(Object.entries(OBJECTIVES))('%s names a wrong length', (_, weights) => {
    expect(() => weights({ ...batch, mask: [1] })).toThrow(/mask must hold B·T = 3·2 = 6 numbers, got 1/);
    expect(() => weights(batch, { klCoefficient: 0.1 })).toThrow(/refLogProbs must hold .* got none/);
  });
});
