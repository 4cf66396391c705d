// Misassignment rates at one threshold τ over the updates.
import { hasRates } from '../../../notebook/thresholds.ts';
import type { MetricRecord } from '../../../train/metrics.ts';
import { percent } from '../../format.ts';
import { SHARES } from './axes.ts';
import type { Figure } from './figure.ts';
import { type FigureInput, metric, newestByGroup, onlyRun, overUpdates } from './overUpdates.ts';

/**
 * Smoothed rates weigh an update by what its rate is a share of: failing calls for the action rate, failing rollouts for that of
 * trajectories. Updates without any are left out: their rates are 0 by definition.
 */
export function misassignmentFigure(input: FigureInput): Figure {
  const tau = input.tau.toFixed(1);
  const figure = overUpdates(input, {
    title: `Misassignment at τ = ${tau}`,
    series: [
      { id: 'action', label: 'tool calls', noisy: true, read: metric(`credit/action_rate@${tau}`, 'credit/failing_calls') },
      { id: 'trajectory', label: 'rollouts', noisy: true, read: metric(`credit/trajectory_rate@${tau}`, 'credit/failing_rollouts') },
    ],
    axis: () => SHARES,
  });
  const run = onlyRun(input);
  if (!run)
    return {
      ...figure,
      summary: `Tool calls of failing rollouts that a successful one also made: ${newestByGroup(figure, 'action')}. Failing rollouts with such a call: ${newestByGroup(figure, 'trajectory')}.`,
    };
  const newest = run.metrics.findLast(hasRates);
  const none = run.metrics.length === 0 ? 'No update yet.' : 'No failing rollout has made a call yet.';
  return { ...figure, summary: newest ? ofOneRun(newest, tau) : none };
}

function ofOneRun(newest: MetricRecord, tau: string): string {
  const rate = (name: string): string => percent(newest[`credit/${name}@${tau}`] ?? 0, 0);
  const failing = `Update ${newest.update}: of the tool calls in failing rollouts, ${rate('action_rate')} were also made by a successful one; ${rate('trajectory_rate')} of failing rollouts hold such a call.`;
  const names = ['action_rate', 'trajectory_rate'];
  if (names.every((name) => newest[`credit/incorrect_${name}@${tau}`] === newest[`credit/${name}@${tau}`])) return failing;
  return `${failing} Counting every incorrect rollout: ${rate('incorrect_action_rate')} and ${rate('incorrect_trajectory_rate')}.`;
}
