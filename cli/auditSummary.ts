// What `tapo audit` prints for people: misassignment by threshold and by tool, and what happened to the steps.
import { type CreditedGroup, type MisassignmentOptions, misassignmentCounts, misassignmentRates } from '../src/tapo/index.ts';
import { percent } from './progress.ts';

export function auditSummary(groups: readonly CreditedGroup[]): string {
  const rollouts = groups.flatMap((group) => group.rollouts);
  const steps = rollouts.flatMap((r) => r.steps);
  const clusters = new Set(groups.flatMap((group) => group.clusters)).size; // one library for the whole batch is counted once
  const moved = steps.filter((s) => s.reason === 'transferred');
  const shift = moved.reduce((sum, s) => sum + s.corrected - s.advantage, 0) / Math.max(1, moved.length);
  return [
    `${rollouts.length} rollouts in ${groups.length} groups, ${steps.length} steps, ${clusters} clusters of successful calls`,
    '',
    'Misassignment: what failing rollouts are punished for although a successful one did it too, by similarity threshold τ',
    ...rateTable(groups, 'failing'),
    '',
    'The same over every incorrect rollout, also of groups that all failed',
    ...rateTable(groups, 'incorrect'),
    '',
    'Steps by what happened to their advantage',
    ...countedReasons(steps.map(({ reason }) => reason)).map(([reason, count]) => `  ${reason.padEnd(20)}${String(count).padStart(8)}`),
    '',
    moved.length === 0 ? 'Nothing was transferred.' : `Transferred: mean shift ${shift < 0 ? '' : '+'}${shift.toFixed(4)} over ${moved.length} steps.`,
    '',
  ].join('\n');
}

/** One row for tool calls, one for each tool, one for rollouts; the last column says what the shares are of. */
function rateTable(groups: readonly CreditedGroup[], of: NonNullable<MisassignmentOptions['of']>): string[] {
  const [rates, counts] = [misassignmentRates(groups, { of }), misassignmentCounts(groups, { of })];
  const tools = Object.keys(rates.byTool);
  const taus = Object.keys(rates.action);
  const width = Math.max(...['actions', 'trajectories', ...tools.map((tool) => `  ${tool}`)].map((name) => name.length)) + 2;
  const row = (name: string, values: readonly string[], of: string): string =>
    `  ${name.padEnd(width)}${values.map((value) => value.padStart(9)).join('')}${of.padStart(9)}`;
  const shares = (name: string, values: Readonly<Record<string, number>>, count: number): string =>
    row(
      name,
      taus.map((tau) => percent(values[tau] as number)),
      String(count),
    );
  return [
    row('τ', taus, 'of'),
    shares('actions', rates.action, counts.action),
    ...tools.map((tool) => shares(`  ${tool}`, rates.byTool[tool] as Record<string, number>, counts.byTool[tool] as number)),
    shares('trajectories', rates.trajectory, counts.trajectory),
  ];
}

/** Values with their number, the most frequent first. */
function countedReasons(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
