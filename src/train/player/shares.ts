// How sure one can be of a share, and of the difference of two shares on the same questions.
import type { Interval } from '../../tapo/index.ts';

/** Standard normal quantile of a 95 % interval. */
const Z = 1.959964;

/**
 * 95 % interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22), sound also for few trials and for 0 or all:
 *
 *   (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)          p = successes / n
 */
export function shareInterval(successes: number, n: number): Interval {
  if (!(n > 0 && successes >= 0 && successes <= n)) throw new RangeError(`shareInterval: expected 0 ≤ successes ≤ n and n ≥ 1, got ${successes} of ${n}`);
  const p = successes / n;
  const middle = (p + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n);
  return [successes === 0 ? 0 : middle - half, successes === n ? 1 : middle + half]; // exact at the ends, where rounding would miss them
}

/** Two policies on the same questions. */
export interface PairedShares {
  readonly questions: number;
  /** Right: the first, and the second policy. */
  readonly right: readonly [number, number];
  /** Right where the other was wrong. */
  readonly alone: readonly [number, number];
  /** Share of the first less share of the second. */
  readonly difference: number;
  /** 95 % interval of the difference. */
  readonly interval: Interval;
}

/**
 * The difference of two shares on matched questions, with the adjusted Wald interval of Agresti & Min (2005, Stat. Med. 24): half a question
 * is added to each of the four cells (both right, only one, only the other, neither), which keeps the interval honest for few questions.
 *
 *   d = (b − c) / n*          SE² = ((b + c) − (b − c)²/n*) / n*²          b, c: alone right, + ½ each · n* = n + 2
 */
export function pairedShares(first: readonly boolean[], second: readonly boolean[]): PairedShares {
  const n = first.length;
  if (n === 0 || second.length !== n) throw new RangeError(`pairedShares: expected two lists of the same questions, got ${n} and ${second.length}`);
  const count = (condition: (a: boolean, b: boolean) => boolean): number => first.filter((a, i) => condition(a, second[i] as boolean)).length;
  const [onlyFirst, onlySecond] = [count((a, b) => a && !b), count((a, b) => !a && b)];
  const [b, c, m] = [onlyFirst + 0.5, onlySecond + 0.5, n + 2];
  const middle = (b - c) / m;
  const half = (Z * Math.sqrt(b + c - (b - c) ** 2 / m)) / m;
  return {
    questions: n,
    right: [count((a) => a), count((_, x) => x)],
    alone: [onlyFirst, onlySecond],
    difference: (onlyFirst - onlySecond) / n,
    interval: [Math.max(-1, middle - half), Math.min(1, middle + half)],
  };
}
