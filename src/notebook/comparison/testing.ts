// Runs made up for tests of the comparison: numbers by update, nothing else.
import { type TrainSpec, trainConfig } from '../../train/config.ts';
import type { MetricRecord } from '../../train/metrics.ts';
import { EMPTY_RUN } from '../runs.ts';
import type { ShownRun } from '../shownRun.ts';

interface MadeUp {
  readonly spec: TrainSpec;
  /** Metrics of updates 1, 2, …; undefined where an update has no value. */
  readonly metrics?: Readonly<Record<string, readonly (number | undefined)[]>>;
  /** [update, sampled accuracy]; greedy is a tenth more. */
  readonly sampled?: readonly (readonly [number, number])[];
}

export function madeUpRun({ spec, metrics = {}, sampled = [] }: MadeUp): ShownRun {
  const config = trainConfig(spec);
  const length = Math.max(0, ...Object.values(metrics).map((values) => values.length));
  const records = Array.from({ length }, (_, i) =>
    Object.fromEntries([['update', i + 1], ...Object.entries(metrics).flatMap(([name, values]) => (values[i] === undefined ? [] : [[name, values[i]]]))]),
  ) as MetricRecord[];
  return {
    key: `${config.credit.rule} ${config.seed}`,
    name: `seed ${config.seed}`,
    state: {
      ...EMPTY_RUN,
      config,
      update: length,
      metrics: records,
      evaluations: sampled.map(([update, accuracy]) => ({ update, sampled: accuracy, greedy: accuracy + 0.1 })),
    },
  };
}
