// A setting's curve: the mean over its seeds with an interval, at the updates that all of them have. It looks at no other setting.
import { type MeanInterval, meanInterval } from './meanInterval.ts';
import { commonUpdates, metricValues } from './metricValues.ts';
import type { Setting } from './settings.ts';

export interface CurvePoint extends MeanInterval {
  readonly update: number;
}

export interface SettingCurve {
  readonly setting: Setting;
  /** Seeds that the mean is over: those with a value of the metric. */
  readonly seeds: readonly number[];
  readonly points: readonly CurvePoint[];
  /** The seed that ends first, where the mean ends with it before the others do. */
  readonly heldBack: { readonly seed: number; readonly update: number } | null;
  /** Each of these seeds alone. */
  readonly single: readonly { readonly seed: number; readonly points: readonly { readonly update: number; readonly value: number }[] }[];
}

export function settingCurve(setting: Setting, metric: string): SettingCurve {
  const series = setting.runs.map(({ seed, state }) => ({ seed, values: metricValues(state, metric) })).filter(({ values }) => values.size > 0);
  const ends = series.map(({ seed, values }) => ({ seed, update: Math.max(...values.keys()) })).sort((a, b) => a.update - b.update);
  const [first, last] = [ends[0], ends[ends.length - 1]];
  return {
    setting,
    heldBack: first && last && first.update < last.update ? first : null,
    seeds: series.map(({ seed }) => seed),
    points: commonUpdates(series.map(({ values }) => values)).map((update) => ({
      update,
      ...(meanInterval(series.map(({ values }) => values.get(update) as number)) as MeanInterval),
    })),
    single: series.map(({ seed, values }) => ({ seed, points: [...values].map(([update, value]) => ({ update, value })) })),
  };
}
