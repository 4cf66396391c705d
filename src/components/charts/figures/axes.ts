// Round numbers for axes, and how values are written on them.
import { percent } from '../../format.ts';
import type { YAxis } from './figure.ts';

/** Multiples of 1, 2 or 5 times a power of ten from at or below `low` to at or above `high`: about `count` steps, equal bounds spread. */
export function niceTicks(low: number, high: number, count = 4): number[] {
  const span = high > low ? high - low : Math.abs(low) || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) as number) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten around positive bounds, at least two and hardly more than five. */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
  const every = Math.ceil((last - first) / 4);
  const count = Math.ceil((last - first) / every) + 1;
  return Array.from({ length: count }, (_, i) => Number((10 ** (last + (i + 1 - count) * every)).toPrecision(12)));
}

/** Three digits at most, no zeros behind: 0.25, 1.5, 0.0041. */
export const plain = (value: number): string => String(Number(value.toPrecision(3)));

export const SHARES: YAxis = {
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
  log: false,
  say: (y) => percent(y),
  sayMean: (y, half) => `${(100 * y).toFixed(1)} ± ${percent(half)}`,
  tick: (y) => percent(y, 0),
};

/** An axis of round numbers that holds the values and, unless told otherwise, 0. */
export function axisOf(values: readonly number[], unit = '', withZero = true): YAxis {
  const from = withZero || values.length === 0 ? 0 : undefined;
  const ticks = niceTicks(least(values, from), values.length === 0 ? 1 : greatest(values, from));
  return { domain: ends(ticks), ticks, log: false, ...written(unit) };
}

/** A logarithmic axis of powers of ten that holds the values above 0. */
export function logAxisOf(values: readonly number[], unit = ''): YAxis {
  const positive = values.filter((value) => value > 0);
  const ticks = positive.length === 0 ? [0.1, 1] : logTicks(least(positive), greatest(positive));
  return { domain: ends(ticks), ticks, log: true, ...written(unit) };
}

const least = (values: readonly number[], from = Number.POSITIVE_INFINITY): number => values.reduce((low, value) => Math.min(low, value), from);
const greatest = (values: readonly number[], from = Number.NEGATIVE_INFINITY): number => values.reduce((high, value) => Math.max(high, value), from);
const ends = (ticks: readonly number[]): [number, number] => [ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1];
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const written = (unit: string) => {
  const behind = unit && ` ${unit}`;
  const say = (y: number): string => plain(y) + behind;
  return {
    say,
    /** Both with as many decimals as three digits of the mean take. */
    sayMean: (y: number, half: number): string => {
      const decimals = Math.max(0, Math.min(20, 2 - Math.floor(Math.log10(Math.abs(y) || 1))));
      return `${y.toFixed(decimals)} ± ${half.toFixed(decimals)}${behind}`;
    },
    tick: (y: number): string => (Math.abs(y) < 10_000 ? say(y) : COMPACT.format(y) + behind),
  };
};
