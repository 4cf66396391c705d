import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedShares, shareInterval } from './shares.ts';

describe('shareInterval(successes, n)', () => {
  it('is Wilson’s interval', () => {
    // p = 0.5, n = 16, z² = 3.8415: middle (0.5 + 0.12005) / 1.24009 = 0.5, half 1.95996 · √(0.015625 + 0.003751) / 1.24009 = 0.22000
    const [low, high] = shareInterval(8, 16);
    expect(low).toBeCloseTo(0.28, 3);
    expect(high).toBeCloseTo(0.72, 3);
  });
  it('stays inside 0 … 1 and is not empty at the ends', () => {
    // 0 of 10: [0, z²/n / (1 + z²/n)] = [0, 0.38415 / 1.38415]
    expect(shareInterval(0, 10)).toEqual([0, expect.closeTo(0.27753, 4)]);
    expect(shareInterval(10, 10)).toEqual([expect.closeTo(1 - 0.27753, 4), 1]);
    expect(shareInterval(1, 1)[0]).toBeCloseTo(0.20655, 4);
  });
  it('holds the share, and narrows with n', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), (k, n) => {
        const s = Math.min(k, n);
        const [low, high] = shareInterval(s, n);
        expect(low).toBeLessThanOrEqual(s / n);
        expect(high).toBeGreaterThanOrEqual(s / n);
        const [low4, high4] = shareInterval(4 * s, 4 * n);
        expect(high4 - low4).toBeLessThan(high - low);
      }),
    );
  });
  it('refuses what is no share', () => {
    expect(() => shareInterval(1, 0)).toThrow(/n ≥ 1, got 1 of 0/);
    expect(() => shareInterval(3, 2)).toThrow(/got 3 of 2/);
  });
});

describe('pairedShares(first, second)', () => {
  const list = (text: string): boolean[] => Array.from(text, (each) => each === '1');
  it('counts who was right alone, with the adjusted Wald interval', () => {
    const result = pairedShares(list('11110'), list('11000'));
    expect(result).toMatchObject({ questions: 5, right: [4, 2], alone: [2, 0], difference: 0.4 });
    // b = 2.5, c = 0.5, n* = 7: middle 2/7 = 0.28571, half 1.95996 · √(3 − 4/7) / 7 = 0.43634
    expect(result.interval).toEqual([expect.closeTo(-0.15063, 4), expect.closeTo(0.72205, 4)]);
  });
  it('of equal answers is 0, with an interval that is not empty', () => {
    const { difference, interval } = pairedShares(list('10'), list('10'));
    expect(difference).toBe(0);
    // b = c = 0.5, n* = 4: half 1.95996 · 1 / 4
    expect(interval).toEqual([expect.closeTo(-0.48999, 4), expect.closeTo(0.48999, 4)]);
  });
  it('turns its sign with the order', () => {
    const [a, b] = [list('1101011'), list('1010010')];
    const [forth, back] = [pairedShares(a, b), pairedShares(b, a)];
    expect(back.difference).toBe(-forth.difference);
    expect(back.interval[0]).toBeCloseTo(-forth.interval[1], 12);
  });
  it('wants the same questions, and at least one', () => {
    expect(() => pairedShares([], [])).toThrow(/got 0 and 0/);
    expect(() => pairedShares([true], [true, false])).toThrow(/got 1 and 2/);
  });
});
