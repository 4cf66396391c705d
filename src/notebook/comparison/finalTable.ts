// The tables at the end of a comparison: each setting by itself, and two settings seed by seed.

import { type MeanInterval, meanInterval } from './meanInterval.ts';
import { MEASURES, type Measure, measureRuns } from './measures.ts';
import { metricValues } from './metricValues.ts';
import type { SeedRun, Setting } from './settings.ts';

/** A measure of a setting: mean and interval over its seeds, and the update that it is read at. */
export interface FinalValue extends MeanInterval {
  readonly at: number;
}

export interface FinalRow {
  readonly setting: Setting;
  /** In the order of MEASURES; null where no update is common to the seeds. */
  readonly values: readonly (FinalValue | null)[];
}

/** One row a setting. A row looks at its own setting alone. */
export function finalTable(settings: readonly Setting[]): readonly FinalRow[] {
  return settings.map((setting) => ({ setting, values: MEASURES.map((measure) => finalValue(measure, setting)) }));
}

function finalValue(measure: Measure, { runs }: Setting): FinalValue | null {
  const measured = measureRuns(
    measure,
    withValues(measure, runs).map(({ state }) => state),
  );
  const over = measured && meanInterval(measured.values);
  return measured && over ? { ...over, at: measured.at } : null;
}

/** Runs that have a value of the measure's metric at all; one that has just begun takes no part. */
function withValues({ metric }: Measure, runs: readonly SeedRun[]): readonly SeedRun[] {
  return runs.filter(({ state }) => metricValues(state, metric).size > 0);
}

/**
 * `setting` less `baseline`, seed by seed.
 * open: the interval holds 0, so no difference is shown · higher, lower: it does not · single: one seed, no interval · unpaired: no seed
 * that both have, or no update at which both have a value.
 */
export type PairedDifference =
  | { readonly kind: 'unpaired'; readonly measure: Measure }
  | {
      readonly kind: 'open' | 'higher' | 'lower' | 'single';
      readonly measure: Measure;
      /** Seeds that both have. */
      readonly seeds: readonly number[];
      readonly at: number;
      readonly difference: MeanInterval;
    };

/**
 * Paired differences d_s = x_s − y_s over the seeds that both settings have, and the t interval of their mean; both runs of every pair are
 * read at the last update that all the paired runs have. One a measure, in the order of MEASURES.
 */
export function pairedDifferences(setting: Setting, baseline: Setting): readonly PairedDifference[] {
  return MEASURES.map((measure) => {
    const [ours, theirs] = [withValues(measure, setting.runs), withValues(measure, baseline.runs)];
    const pairs = ours.flatMap((run) => {
      const other = theirs.find(({ seed }) => seed === run.seed);
      return other ? [{ seed: run.seed, states: [run.state, other.state] }] : [];
    });
    const measured = measureRuns(
      measure,
      pairs.flatMap(({ states }) => states),
    );
    if (!measured) return { kind: 'unpaired', measure };
    const difference = meanInterval(pairs.map((_, i) => (measured.values[2 * i] as number) - (measured.values[2 * i + 1] as number))) as MeanInterval;
    return { kind: verdictOf(difference), measure, seeds: pairs.map(({ seed }) => seed), at: measured.at, difference };
  });
}

function verdictOf({ interval }: MeanInterval): 'open' | 'higher' | 'lower' | 'single' {
  if (!interval) return 'single';
  if (interval[0] > 0) return 'higher';
  return interval[1] < 0 ? 'lower' : 'open';
}
