import { describe, expect, it } from 'vitest';
import { HISTOGRAM_EDGES, histogram, isClockReading, METRICS, mean, standardDeviation } from './metrics.ts';

describe('histogram(values)', () => {
  it('counts values from an edge up to the next, and what lies beyond at the ends', () => {
    expect(histogram([0, 0.5, 1, 1.5, 2, 99, -99], [0, 1, 2])).toEqual([3, 4]);
    expect(histogram([])).toEqual(new Array(HISTOGRAM_EDGES.length - 1).fill(0));
    expect(histogram([0])[15]).toBe(1);
    expect(histogram([-0.0001])[14]).toBe(1);
    expect(histogram([3])[29]).toBe(1);
  });
});

describe('the list of metrics', () => {
  it('names each once, with a meaning', () => {
    expect(new Set(METRICS.map((m) => m.name)).size).toBe(METRICS.length);
    for (const { meaning } of METRICS) expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
  it('knows its clock readings', () => {
    expect(METRICS.filter((m) => isClockReading(m.name)).map((m) => m.name)).toEqual([
      'credit/time_share',
      'time/rollout',
      'time/tools',
      'time/credit',
      'time/update',
      'time/evaluate',
      'tokens_per_second',
    ]);
  });
});

describe('mean and standardDeviation', () => {
  it('are 0 where there is too little', () => {
    expect([mean([]), mean([1, 2]), standardDeviation([3]), standardDeviation([1, 3])]).toEqual([0, 1.5, 0, Math.SQRT2]);
  });
});
