import { describe, expect, it } from 'vitest';
import { spreadOf } from './spread.ts';

describe('spreadOf(values)', () => {
  it('is median and quartiles, between values where need be', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 });
    expect(spreadOf([1, 2, 3, 4])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
    expect(spreadOf([7])).toEqual({ lower: 7, median: 7, upper: 7 });
    expect(() => spreadOf([])).toThrow('expected at least one value');
  });
});
