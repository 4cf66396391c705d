// tapo audit — credit transfer and misassignment rates of a rollout file.
import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import {
  type AuditReport,
  auditReport,
  type CreditOptions,
  creditGroups,
  misassignmentRates,
  type Rollout,
  RolloutFileError,
  readRollouts,
} from '../src/tapo/index.ts';
import { numberFrom, wholeNumberFrom } from './options.ts';
import { asUserError, UserError } from './userError.ts';

interface AuditFlags {
  readonly json?: true;
  readonly theta: number;
  readonly alphaMin: number;
  readonly beta: number;
  readonly support: boolean;
  readonly clamp: boolean;
  readonly text: NonNullable<CreditOptions['text']>;
  readonly minSuccess: number;
  readonly epsilon: number;
}

export function auditCommand(): Command {
  return new Command('audit')
    .description('Read a rollout file (one JSON object a line) and show which steps of failing rollouts a successful one vouches for.')
    .argument('<file>', 'rollout file, .jsonl')
    .option('--json', 'print one JSON object: groups, clusters, steps, rates')
    .option('--theta <x>', 'θ: least similarity at which credit is transferred', numberFrom(0), 0.7)
    .option('--alpha-min <x>', 'α_min: least similarity · support', numberFrom(0), 0.2)
    .option('--beta <x>', 'β: strength of the transfer', numberFrom(0), 0.8)
    .option('--no-support', 'leave the support factor out (1 everywhere)')
    .option('--no-clamp', 'let a corrected advantage become positive')
    .addOption(new Option('--text <name>', 'similarity of queries').choices(['tokenF1', 'jaccard', 'levenshtein', 'exact']).default('tokenF1'))
    .option('--min-success <n>', 'successful rollouts needed before anything is transferred', wholeNumberFrom(1), 1)
    .option('--epsilon <x>', 'ε in the group advantage', numberFrom(0), 1e-6)
    .addHelpText('after', '\nThe file is what `tapo train` writes and what a verl, TRL or prime-rl dump can be converted to; docs/rollouts.md describes it.')
    .action((file: string, { json, ...options }: AuditFlags) =>
      asUserError(async () => {
        const rollouts = rolloutsOf(file, await readFile(file, 'utf8'));
        if (rollouts.length === 0) throw new UserError(`${file}: expected at least one rollout, got an empty file`);
        const report = auditReport(rollouts, options);
        process.stdout.write(
          json ? `${JSON.stringify(report)}\n` : summary(report, misassignmentRates(creditGroups(rollouts, options), { of: 'incorrect' }), rollouts.length),
        );
      }),
    );
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
