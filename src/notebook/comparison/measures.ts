// What a finished comparison is read by: one number a run, taken at a place that all the compared runs have.
import { mean } from '../../train/metrics.ts';
import type { RunState } from '../runs.ts';
import { commonUpdates, metricValues } from './metricValues.ts';

export interface Measure {
  readonly metric: string;
  /** last: the value at the last common update · recent: the mean of the last ten updates up to it · area: the mean height of the curve */
  readonly kind: 'last' | 'recent' | 'area';
  readonly title: string;
  readonly meaning: string;
  readonly unit: 'share' | 'number';
}

export const MEASURES: readonly Measure[] = [
  {
    metric: 'validation/accuracy',
    kind: 'last',
    title: 'Validation, sampled',
    meaning: 'sampled accuracy at the last evaluation that all have',
    unit: 'share',
  },
  {
    metric: 'validation/accuracy_greedy',
    kind: 'last',
    title: 'Validation, greedy',
    meaning: 'greedy accuracy at the same evaluation',
    unit: 'share',
  },
  {
    metric: 'validation/accuracy',
    kind: 'area',
    title: 'Area under validation',
    meaning: 'mean height of the curve of sampled accuracy, by trapezoids: higher where it is learnt sooner',
    unit: 'share',
  },
  {
    metric: 'accuracy',
    kind: 'recent',
    title: 'Training accuracy',
    meaning: 'mean of the last 10 updates that all have',
    unit: 'share',
  },
  {
    metric: 'credit/action_rate@0.7',
    kind: 'last',
    title: 'Misassignment, τ = 0.7',
    meaning: 'tool calls of failing rollouts that a successful one also made, at the last update that all have',
    unit: 'share',
  },
  {
    metric: 'tool/calls',
    kind: 'last',
    title: 'Tool calls a rollout',
    meaning: 'mean number at the last update that all have',
    unit: 'number',
  },
  {
    metric: 'policy/entropy',
    kind: 'last',
    title: 'Entropy, nats',
    meaning: 'mean entropy of a token at the last update that all have',
    unit: 'number',
  },
];

export interface Measured {
  /** Update that the values are read at; for an area, where it ends. */
  readonly at: number;
  /** One number a run, in their order. */
  readonly values: readonly number[];
}

/** Updates that `recent` takes the mean of. */
const RECENT = 10;

/** The measure of each of these runs, at a place that all of them have; null where there is none (an area needs two). */
export function measureRuns({ metric, kind }: Measure, states: readonly Pick<RunState, 'metrics' | 'evaluations'>[]): Measured | null {
  const series = states.map((state) => metricValues(state, metric));
  const updates = commonUpdates(series);
  const at = updates[updates.length - 1];
  if (at === undefined || (kind === 'area' && updates.length < 2)) return null;
  const read = (values: ReadonlyMap<number, number>): number => {
    switch (kind) {
      case 'last':
        return values.get(at) as number;
      case 'recent':
        return mean([...values].filter(([update]) => update > at - RECENT && update <= at).map(([, value]) => value));
      case 'area':
        return meanHeight(updates, values);
      default:
        return kind satisfies never;
    }
  };
  return { at, values: series.map(read) };
}

/** Σ (vᵢ + vᵢ₊₁) / 2 · (uᵢ₊₁ − uᵢ) / (u_last − u_first): the trapezoids' area over their width. */
function meanHeight(updates: readonly number[], values: ReadonlyMap<number, number>): number {
  const height = (i: number): number => values.get(updates[i] as number) as number;
  const width = (i: number): number => (updates[i + 1] as number) - (updates[i] as number);
  let area = 0;
  for (let i = 0; i + 1 < updates.length; i++) area += ((height(i) + height(i + 1)) / 2) * width(i);
  return area / ((updates[updates.length - 1] as number) - (updates[0] as number));
}
