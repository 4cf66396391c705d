// tapo audit — credit transfer and misassignment rates of a rollout file.
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import {
  type AuditOptions,
  type AuditReport,
  auditReport,
  creditGroups,
  misassignmentRates,
  type Rollout,
  RolloutFileError,
  readRollouts,
} from '../src/tapo/index.ts';
import { OPTIONS } from '../src/train/options.ts';
import { addOptionFlags, givenOptions } from './optionFlags.ts';
import { asUserError, UserError } from './userError.ts';

/** Options of credit transfer that a rollout file can be audited under; the others are of training. */
const AUDIT_OPTIONS = OPTIONS.filter(
  ({ path }) => path === 'epsilon' || (path.startsWith('credit.') && !['credit.rule', 'credit.span', 'credit.omega', 'credit.gamma'].includes(path)),
);

export function auditCommand(): Command {
  const command = new Command('audit')
    .description('Read a rollout file (one JSON object a line) and show which steps of failing rollouts a successful one vouches for.')
    .argument('<file>', 'rollout file, .jsonl')
    .option('--json', 'print one JSON object: groups, clusters, steps, rates');
  return addOptionFlags(command, AUDIT_OPTIONS)
    .addHelpText('after', '\nThe file is what `tapo train` writes and what a verl, TRL or prime-rl dump can be converted to; docs/rollouts.md describes it.')
    .action((file: string, flags: Readonly<Record<string, unknown>>) =>
      asUserError(async () => {
        const rollouts = rolloutsOf(file, await readFile(file, 'utf8'));
        if (rollouts.length === 0) throw new UserError(`${file}: expected at least one rollout, got an empty file`);
        const options = auditOptions(givenOptions(AUDIT_OPTIONS, flags));
        const report = auditReport(rollouts, options);
        process.stdout.write(
          flags.json
            ? `${JSON.stringify(report)}\n`
            : summary(report, misassignmentRates(creditGroups(rollouts, options), { of: 'incorrect' }), rollouts.length),
        );
      }),
    );
}

/** As the library takes them: credit.theta is theta, and what is left to another option is left out. */
function auditOptions(given: ReturnType<typeof givenOptions>): AuditOptions {
  return Object.fromEntries(given.flatMap(([path, value]) => (value === null ? [] : [[path.replace('credit.', ''), value]])));
}

/** The rollouts of a file's text. A bad line is named with its file. */
function rolloutsOf(file: string, text: string): Rollout[] {
  try {
    return readRollouts(text);
  } catch (error) {
    if (error instanceof RolloutFileError) throw new UserError(`${file}: ${error.message}`);
    throw error;
  }
}

function summary({ groups, rates }: AuditReport, incorrect: AuditReport['rates'], rollouts: number): string {
  const steps = groups.flatMap((group) => group.rollouts.flatMap((r) => r.steps));
  const reasons = new Map<string, number>();
  for (const { reason } of steps) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const moved = steps.filter((s) => s.reason === 'transferred');
  const shift = moved.reduce((sum, s) => sum + s.corrected - s.advantage, 0) / Math.max(1, moved.length);
  const taus = Object.keys(rates.action);
  const row = (name: string, values: readonly string[]): string => `  ${name.padEnd(34)}${values.map((value) => value.padStart(8)).join('')}`;
  const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
  const rateRow = (name: string, values: Readonly<Record<string, number>>): string =>
    row(
      name,
      taus.map((tau) => percent(values[tau] as number)),
    );
  return [
    `${rollouts} rollouts in ${groups.length} groups, ${steps.length} steps, ${groups.reduce((sum, g) => sum + g.clusters.length, 0)} clusters of successful calls`,
    '',
    'Misassignment: steps of failing rollouts that a successful rollout vouches for, by similarity threshold τ',
    row('τ', taus),
    rateRow('actions', rates.action),
    ...Object.entries(rates.byTool).map(([tool, values]) => rateRow(`  ${tool}`, values)),
    rateRow('trajectories', rates.trajectory),
    rateRow('actions, every incorrect rollout', incorrect.action),
    rateRow('trajectories, every incorrect one', incorrect.trajectory),
    '',
    'Steps by what happened to their advantage',
    ...[...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `  ${reason.padEnd(20)}${String(count).padStart(8)}`),
    '',
    moved.length === 0 ? 'Nothing was transferred.' : `Transferred: mean shift +${shift.toFixed(4)} over ${moved.length} steps.`,
    '',
  ].join('\n');
}
