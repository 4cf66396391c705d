// Counter-based randomness: every number is a hash of its keys, so batch order, engines and thread counts cannot change results.
// The WGSL kernels have the same functions; only 32-bit integer operations are used.

/** Mixes all bits of an unsigned 32-bit integer (Chris Wellons's lowbias32 family, bias 0.107). */
export function mix32(x: number): number {
  let h = x >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** An unsigned 32-bit hash of a list of keys, for example (seed, update, rollout, position); order matters. */
export function hash32(...keys: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const key of keys) h = mix32((h ^ mix32(key + 0x85ebca6b)) + 0x9e3779b9);
  return h >>> 0;
}

/** Uniform in the open interval (0, 1) from the upper 23 bits: never 0 or 1, and exact in float32, so that every engine has the same number. */
export function uniform(bits: number): number {
  return ((bits >>> 9) + 0.5) / 8388608;
}

/** Standard Gumbel noise from 32 bits: −log(−log u). The arg max of logits plus such noise is a sample of their softmax. */
export function gumbel(bits: number): number {
  return -Math.log(-Math.log(uniform(bits)));
}

/** A whole number 0 ≤ k < n, from 32 bits (the bias is below n / 2²³). */
export function below(n: number, bits: number): number {
  return Math.floor(uniform(bits) * n);
}

/** A sequence of draws under one key, for code that needs many: `next()` gives uniforms, `below(n)` whole numbers. */
export interface RandomStream {
  /** Uniform in (0, 1). */
  next(): number;
  /** A whole number 0 ≤ k < n. */
  below(n: number): number;
  /** One of the items, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
}

/** A stream keyed by the given integers; two streams with the same keys give the same numbers. */
export function randomStream(...keys: readonly number[]): RandomStream {
  const key = hash32(...keys);
  let count = 0;
  const bits = (): number => mix32(key ^ mix32(count++));
  const stream: RandomStream = {
    next: () => uniform(bits()),
    below: (n) => below(n, bits()),
    pick: (items) => {
      if (items.length === 0) throw new RangeError('pick: expected at least one item, got none');
      return items[stream.below(items.length)] as (typeof items)[number];
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = stream.below(i + 1);
        [out[i], out[j]] = [out[j] as (typeof out)[number], out[i] as (typeof out)[number]];
      }
      return out;
    },
  };
  return stream;
}
