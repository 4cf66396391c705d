// Numbers of a comparison as people read them.
import type { MeanInterval } from '../../notebook/comparison.ts';
import { percent, signed } from '../format.ts';

/** share: read as percent · number: three digits */
export type Unit = 'share' | 'number';

export function unitOf(unit: string): Unit {
  return unit === 'share' ? 'share' : 'number';
}

/** 0.4123 → "41.2 %"; 2.98431 → "2.98" */
export function written(value: number, unit: Unit): string {
  return unit === 'share' ? percent(value).replace('-', '−') : plain(value);
}

/** "[40.1, 43.0]", in the unit of the value before it; "one seed" where there is no interval. */
export function writtenInterval({ interval }: MeanInterval, unit: Unit): string {
  if (!interval) return 'one seed';
  const end = (value: number): string => (unit === 'share' ? (100 * value).toFixed(1).replace('-', '−') : plain(value));
  return `[${interval.map(end).join(', ')}]`;
}

/** With its sign; shares differ by percentage points: "+3.2 points". */
export function writtenDifference(value: number, unit: Unit): string {
  return unit === 'share' ? `${signed(100 * value, 1)} points` : signedPlain(value);
}

export function writtenDifferenceInterval({ interval }: MeanInterval, unit: Unit): string {
  if (!interval) return '';
  return `[${interval.map((value) => (unit === 'share' ? signed(100 * value, 1) : signedPlain(value))).join(', ')}]`;
}

/** "4 seeds", "1 seed" */
export function seedCount(n: number): string {
  return `${n} ${n === 1 ? 'seed' : 'seeds'}`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

function signedPlain(value: number): string {
  return value > 0 ? `+${plain(value)}` : plain(value);
}
