// The one list of metrics: name, unit, meaning. Page, files and command line all read it.

export interface MetricDefinition {
  readonly name: string;
  readonly unit: string;
  /** One sentence with the formula. */
  readonly meaning: string;
}

/** Thresholds τ that misassignment is recorded at. */
export const RECORDED_THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0] as const;

const define = (name: string, unit: string, meaning: string): MetricDefinition => ({ name, unit, meaning });

export const METRICS: readonly MetricDefinition[] = [
  define('reward/mean', '', 'Mean reward over the update’s rollouts.'),
  define('reward/std', '', 'Standard deviation of the reward over the update’s rollouts (n − 1).'),
  define('accuracy', 'share', 'Share of the update’s sampled rollouts whose answer is correct.'),
  define('format_error', 'share', 'Share of rollouts with a turn that could not be read, a call that failed by the policy’s fault, or no answer.'),
  define('group/mixed', 'share', 'Share of groups with both correct and incorrect rollouts.'),
  ...RECORDED_THRESHOLDS.map((tau) =>
    define(
      `credit/action_rate@${tau.toFixed(1)}`,
      'share',
      `Failing tool steps whose best witness similarity is ≥ ${tau.toFixed(1)}, over failing tool steps.`,
    ),
  ),
  ...RECORDED_THRESHOLDS.map((tau) =>
    define(`credit/trajectory_rate@${tau.toFixed(1)}`, 'share', `Failing rollouts with at least one such step, over failing rollouts.`),
  ),
  ...RECORDED_THRESHOLDS.map((tau) =>
    define(
      `credit/incorrect_action_rate@${tau.toFixed(1)}`,
      'share',
      `As credit/action_rate@${tau.toFixed(1)}, over every incorrect rollout, also of groups that all failed.`,
    ),
  ),
  ...RECORDED_THRESHOLDS.map((tau) =>
    define(`credit/incorrect_trajectory_rate@${tau.toFixed(1)}`, 'share', `As credit/trajectory_rate@${tau.toFixed(1)}, over every incorrect rollout.`),
  ),
  define('credit/failing_calls', 'calls', 'Failing tool steps: what action rates are shares of; with 0 they say nothing.'),
  define('credit/failing_rollouts', 'rollouts', 'Failing rollouts: what trajectory rates are shares of.'),
  define(
    'credit/corrected_share',
    'share',
    'Failing tool steps that credit transfer corrects under the run’s options, over failing tool steps (also measured where the rule is none).',
  ),
  define('credit/mean_shift', '', 'Mean of Ã − A over corrected steps.'),
  define('credit/support', 'share', 'Mean support of the matched cluster over corrected steps.'),
  define('credit/confidence', '', 'Mean of similarity · support over corrected steps.'),
  define('credit/time_share', 'share', 'Time of credit transfer over the time of the whole update.'),
  define('policy/entropy', 'nats', 'Mean entropy of the sampling policy over the model’s tokens.'),
  define('policy/clip_fraction', 'share', 'Tokens whose weight the clip set to zero; mean over optimizer steps.'),
  define('policy/approx_kl', 'nats', 'Mean of r − 1 − log r between sampling and current policy; mean over optimizer steps.'),
  define('policy/ratio_max', '', 'Greatest ratio π/π_old in the update.'),
  define('policy/grad_norm', '', 'Norm of the gradient before clipping; mean over optimizer steps.'),
  define('response/length', 'tokens', 'Mean number of the model’s own tokens a rollout.'),
  define('response/turns', 'turns', 'Mean number of turns a rollout: calls, answers, and turns that could not be read.'),
  define('tool/calls', 'calls', 'Mean number of tool calls a rollout; tool/calls/NAME by tool.'),
  define('tool/valid_share', 'share', 'Tool calls that could be executed, over all turns that were no answer.'),
  define('tool/valid_actions', 'actions', 'Mean number of valid actions a rollout: tool calls that could be executed, and answers.'),
  define('tool/calls_per_solution', 'calls', 'Tool calls of correct rollouts, over correct rollouts; 0 without any.'),
  define('tool/searches_per_solution', 'calls', 'Image and text searches of correct rollouts, over correct rollouts; 0 without any.'),
  define(
    'tool/runs_per_solution',
    'calls',
    'Calls of tools that are no search and no zoom, as Python is, of correct rollouts, over correct rollouts; 0 without any.',
  ),
  define('tool/external_calls', 'calls', 'Calls that reached a tool in the whole update, also of rollouts that were dropped or not kept.'),
  define('tool/infrastructure_errors', 'rollouts', 'Rollouts dropped since the world failed; they train nothing.'),
  define('sampling/draws', 'batches', 'Generation batches drawn in the update: 1, and with dynamic sampling up to 10.'),
  define('sampling/filled', 'prompts', 'Prompts without mixed outcomes that fill the batch, since the draws were used up; 0 where dynamic sampling is off.'),
  define('validation/accuracy', 'share', 'Sampled accuracy on the fixed validation questions; only where evaluated.'),
  define('validation/accuracy_greedy', 'share', 'Greedy accuracy on the same questions; only where evaluated.'),
  define('time/rollout', 's', 'Time spent collecting rollouts, tools included.'),
  define('time/tools', 's', 'Time in which tools ran and nothing was decoded.'),
  define('time/credit', 's', 'Time of credit transfer and misassignment rates.'),
  define('time/update', 's', 'Time of the optimizer steps.'),
  define('time/evaluate', 's', 'Time of the evaluation; only where evaluated.'),
  define('tokens_per_second', '1/s', 'The model’s own tokens over the time of collecting.'),
];

/** One update's metrics by name; `update` counts from 1 (0: the evaluation before the first). */
export type MetricRecord = { readonly update: number } & Readonly<Record<string, number>>;

/** Edges of the advantage histogram's bins, from −3 to 3; what lies beyond is counted at the ends. */
export const HISTOGRAM_EDGES: readonly number[] = Array.from({ length: 31 }, (_, i) => Number((-3 + 0.2 * i).toFixed(1)));

/** Counts of values in the bins between edges. */
export function histogram(values: Iterable<number>, edges: readonly number[] = HISTOGRAM_EDGES): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    let bin = edges.findIndex((edge) => edge > value) - 1;
    if (bin === -2) bin = counts.length - 1;
    counts[Math.max(0, bin)] = (counts[Math.max(0, bin)] as number) + 1;
  }
  return counts;
}

/** Clock readings: all that may differ between two runs of one seed. */
export function isClockReading(name: string): boolean {
  return name.startsWith('time/') || name === 'credit/time_share' || name === 'tokens_per_second';
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;
}

/** Sample standard deviation; 0 for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(values.reduce((total, value) => total + (value - centre) ** 2, 0) / (values.length - 1));
}
