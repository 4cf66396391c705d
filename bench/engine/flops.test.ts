import { describe, expect, it } from 'vitest';
import { rolloutFlops, tokensPerSecond, updateFlops } from './flops.ts';
import type { Workload } from './workload.ts';

// two rollouts of 3 tokens read, with 1 patch, then 2 written
const TINY: Workload = {
  shape: { vocabulary: 10, width: 4, layers: 1, heads: 1, hidden: 8, context: 16, patch: 12 },
  rollouts: 2,
  turns: 1,
  question: 3,
  patches: 1,
  observation: 7,
  written: 2,
};

describe('updateFlops(workload)', () => {
  it('is three times the products of a pass', () => {
    const layers = 5 * (2 * 16 + 8 * 16 + 4 * 32); // 1440
    const attention = 2 * 4 * 5 * 6; // 240
    const patch = 2 * 12 * 4; // 96
    const logits = 2 * 2 * 10 * 4; // 160
    expect(updateFlops(TINY)).toBe(3 * 2 * (layers + attention + patch + logits));
  });
});

describe('rolloutFlops(workload)', () => {
  it('leaves out the last token, which nobody reads', () => {
    expect(rolloutFlops(TINY)).toBe(2 * (4 * 288 + 2 * 4 * 4 * 5 + 96 + 160));
  });
});

describe('tokensPerSecond(workload, milliseconds)', () => {
  it('counts what was written', () => expect(tokensPerSecond(TINY, 8)).toBe(500));
});
