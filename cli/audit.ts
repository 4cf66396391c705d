// tapo audit — credit transfer and misassignment rates of a rollout file.
import { Command } from 'commander';
import { type AuditOptions, auditReport, creditGroups } from '../src/tapo/index.ts';
import { OPTIONS } from '../src/train/options/optionTable.ts';
import { readAuditFile } from './auditFile.ts';
import { auditSummary } from './auditSummary.ts';
import { addOptionFlags, givenOptions } from './optionFlags.ts';
import { asUserError, UserError } from './userError.ts';

/** Options of credit transfer that a rollout file can be audited under; the others are of training. */
export const AUDIT_OPTIONS = OPTIONS.filter(
  ({ path }) =>
    path === 'epsilon' || (path.startsWith('credit.') && !['credit.rule', 'credit.span', 'credit.omega', 'credit.gamma', 'credit.beliefWeight'].includes(path)),
);

export function auditCommand(): Command {
  const command = new Command('audit')
    .description('Read a rollout file (one JSON object a line) and show which steps of failing rollouts a successful one vouches for.')
    .argument('<file>', 'rollout file: JSON lines, plain or gzip’d, or Parquet')
    .option('--json', 'print one JSON object: groups, clusters, steps, rates');
  return addOptionFlags(command, AUDIT_OPTIONS)
    .addHelpText('after', '\nThe file is what `tapo train` writes, or a dump of verl, TRL or prime-rl; docs/rollouts.md describes them.')
    .action((file: string, flags: Readonly<Record<string, unknown>>) =>
      asUserError(async () => {
        const { rollouts, told } = await readAuditFile(file);
        if (rollouts.length === 0) throw new UserError(`${file}: expected at least one rollout, got an empty file`);
        const options = auditOptions(givenOptions(AUDIT_OPTIONS, flags));
        for (const line of told) console.error(line);
        process.stdout.write(flags.json ? `${JSON.stringify(auditReport(rollouts, options))}\n` : auditSummary(creditGroups(rollouts, options)));
      }),
    );
}

/** As the library takes them: credit.theta is theta, and what is left to another option is left out. */
export function auditOptions(given: ReturnType<typeof givenOptions>): AuditOptions {
  return Object.fromEntries(given.flatMap(([path, value]) => (value === null ? [] : [[path.replace('credit.', ''), value]])));
}
