// A run's numbers by update, whichever part of its state they are in.
import { METRICS, type MetricDefinition } from '../../train/metrics.ts';
import type { RunState } from '../runs.ts';

/** Where the evaluations, and not the updates' records, have the numbers: they know of update 0 too. */
const EVALUATED: Readonly<Record<string, 'sampled' | 'greedy'>> = { 'validation/accuracy': 'sampled', 'validation/accuracy_greedy': 'greedy' };

/** The values of a metric (train/metrics.ts) by update, ascending; updates without a value are not there. */
export function metricValues(state: Pick<RunState, 'metrics' | 'evaluations'>, name: string): ReadonlyMap<number, number> {
  const kind = EVALUATED[name];
  const pairs = kind
    ? state.evaluations.map((evaluation) => [evaluation.update, evaluation[kind]] as const)
    : state.metrics.flatMap((record) => (record[name] === undefined ? [] : [[record.update, record[name]] as const]));
  return new Map(pairs.filter(([, value]) => Number.isFinite(value)).sort(([a], [b]) => a - b));
}

/** What is compared most, first, by the name that people call it. */
const FIRST: Readonly<Record<string, string>> = {
  'validation/accuracy': 'Validation accuracy, sampled',
  'validation/accuracy_greedy': 'Validation accuracy, greedy',
  accuracy: 'Training accuracy',
  'credit/action_rate@0.7': 'Misassigned tool calls, τ = 0.7',
  'credit/trajectory_rate@0.7': 'Misassigned rollouts, τ = 0.7',
  'tool/calls': 'Tool calls a rollout',
  'response/length': 'Tokens a rollout',
  'policy/entropy': 'Entropy of the policy',
};

export interface ComparedMetric extends MetricDefinition {
  readonly title: string;
}

/** Metrics that any of the runs has: what is compared most, then the others in the order of the list, then calls by tool. */
export function metricsThere(states: readonly Pick<RunState, 'metrics' | 'evaluations'>[]): readonly ComparedMetric[] {
  const names = new Set(states.flatMap(({ metrics }) => metrics.flatMap(Object.keys)));
  for (const name of Object.keys(EVALUATED)) if (states.some(({ evaluations }) => evaluations.length > 0)) names.add(name);
  names.delete('update');
  const listed = [...Object.keys(FIRST), ...METRICS.map(({ name }) => name).filter((name) => !(name in FIRST))].filter((name) => names.has(name));
  const others = [...names].filter((name) => !listed.includes(name)).sort();
  return [...listed, ...others].map((name) => ({
    ...(METRICS.find((metric) => metric.name === name) ?? { name, unit: '', meaning: meaningOf(name) }),
    title: FIRST[name] ?? name,
  }));
}

function meaningOf(name: string): string {
  return name.startsWith('tool/calls/') ? `Mean number of calls of ${name.slice('tool/calls/'.length)} a rollout.` : '';
}

/** Updates at which every one of the series has a value, ascending; none where there is no series. */
export function commonUpdates(series: readonly ReadonlyMap<number, number>[]): number[] {
  const [first, ...rest] = series;
  return first ? [...first.keys()].filter((update) => rest.every((each) => each.has(update))) : [];
}
