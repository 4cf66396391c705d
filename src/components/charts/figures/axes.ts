// Round numbers for axes, and how values are written on them.
import { percent } from '../../format.ts';
import type { YAxis } from './figure.ts';

/** Multiples of 1, 2 or 5 times a power of ten from at or below `low` to at or above `high`: about `count` steps; bounds that are as good as equal are spread. */
export function niceTicks(low: number, high: number, count = 4): number[] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = high - low > 1e-9 * size && high - low > 1e-300 ? high - low : size > 1e-300 ? size : 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) as number) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten around positive bounds, and those of them that are written: hardly more than five. */
export function powersOfTen(low: number, high: number): Pick<YAxis, 'domain' | 'ticks'> {
  const power = (exponent: number): number => Number((10 ** exponent).toPrecision(12));
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
  const every = Math.ceil((last - first) / 4);
  const written = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => power(last - i * every));
  return { domain: [power(first), power(last)], ticks: written.reverse() };
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
export function axisOf(values: readonly number[], withZero = true): YAxis {
  const from = withZero || values.length === 0 ? 0 : undefined;
  const ticks = niceTicks(least(values, from), values.length === 0 ? 1 : greatest(values, from));
  return { domain: ends(ticks), ticks, log: false, ...NUMBERS };
}

/** A logarithmic axis of powers of ten that holds the times above 0, in seconds. */
export function timeAxisOf(values: readonly number[]): YAxis {
  const positive = values.filter((value) => value > 0);
  return { ...(positive.length === 0 ? powersOfTen(0.1, 1) : powersOfTen(least(positive), greatest(positive))), log: true, ...TIMES };
}

const least = (values: readonly number[], from = Number.POSITIVE_INFINITY): number => values.reduce((low, value) => Math.min(low, value), from);
const greatest = (values: readonly number[], from = Number.NEGATIVE_INFINITY): number => values.reduce((high, value) => Math.max(high, value), from);
const ends = (ticks: readonly number[]): [number, number] => [ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1];
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

type Written = Pick<YAxis, 'say' | 'sayMean' | 'tick'>;

const NUMBERS: Written = {
  say: plain,
  sayMean: (y, half) => alike(y, half),
  tick: (y) => (Math.abs(y) < 10_000 ? plain(y) : COMPACT.format(y)),
};

/** 1.43 s, 11.3 ms, 100 µs */
const TIMES: Written = {
  say: (y) => `${plain(y * scaleOf(y).by)} ${scaleOf(y).unit}`,
  sayMean: (y, half) => `${alike(y * scaleOf(y).by, half * scaleOf(y).by)} ${scaleOf(y).unit}`,
  tick: (y) => `${plain(y * scaleOf(y).by)} ${scaleOf(y).unit}`,
};

const SCALES = [
  { from: 1, by: 1, unit: 's' },
  { from: 1e-3, by: 1e3, unit: 'ms' },
  { from: 0, by: 1e6, unit: 'µs' },
] as const;
const scaleOf = (seconds: number) => SCALES.find(({ from }) => Math.abs(seconds) >= from * (1 - 1e-9)) ?? SCALES[0];

/** Mean and half width with as many decimals as three digits of the mean take. */
function alike(y: number, half: number): string {
  const decimals = Math.max(0, Math.min(20, 2 - Math.floor(Math.log10(Math.abs(y) || 1))));
  return `${y.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}
