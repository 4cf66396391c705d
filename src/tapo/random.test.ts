import { describe, expect, it } from 'vitest';
import { below, gumbel, hash32, mix32, randomStream, uniform } from './random.ts';

describe('random', () => {
  it('mix32 and hash32 give fixed unsigned 32-bit numbers', () => {
    // Any other value means that every seed gives another run: change it only on purpose.
    expect([mix32(0), mix32(1), hash32(1, 2, 3), hash32(3, 2, 1)]).toEqual([0, 2261973619, 387230854, 2832644503]);
    expect(hash32(1, 2, 3)).not.toBe(hash32(3, 2, 1));
    for (const keys of [[], [0], [-1], [2 ** 32 - 1, 7]]) expect(hash32(...keys)).toBe(hash32(...keys) >>> 0);
  });
  it('uniform stays inside (0, 1) and is exact in float32', () => {
    for (const bits of [0, 1, 511, 512, 2 ** 31, 2 ** 32 - 1]) {
      const u = uniform(bits);
      expect(u > 0 && u < 1).toBe(true);
      expect(Math.fround(u)).toBe(u);
      expect(Number.isFinite(gumbel(bits))).toBe(true);
    }
  });
  it('below(n) is even', () => {
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[below(7, hash32(5, i))] = (counts[below(7, hash32(5, i))] as number) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
  it('the arg max of logits with Gumbel noise is a sample of their softmax', () => {
    const p = [0.5, 0.3, 0.15, 0.05];
    const counts = p.map(() => 0);
    for (let i = 0; i < 40_000; i++) {
      const noisy = p.map((x, v) => Math.log(x) + gumbel(mix32(hash32(9, i) + Math.imul(v, 0x9e3779b9))));
      const best = noisy.indexOf(Math.max(...noisy));
      counts[best] = (counts[best] as number) + 1;
    }
    p.forEach((x, v) => {
      expect(Math.abs((counts[v] as number) / 40_000 - x)).toBeLessThan(5 * Math.sqrt((x * (1 - x)) / 40_000));
    });
  });
  it('randomStream repeats itself under the same keys; shuffle keeps all items', () => {
    const [a, b, c] = [randomStream(1, 2), randomStream(1, 2), randomStream(2, 1)];
    const draw = (stream: typeof a) => Array.from({ length: 5 }, () => stream.next());
    const first = draw(a);
    expect(draw(b)).toEqual(first);
    expect(draw(c)).not.toEqual(first);
    expect(a.shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(() => a.pick([])).toThrow('pick: expected at least one item');
  });
});
