// tapo audit — credit transfer and misassignment rates of a rollout file.
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type AuditOptions, auditReport, creditGroups, type Rollout, RolloutFileError, readRollouts } from '../src/tapo/index.ts';
import { OPTIONS } from '../src/train/options/optionTable.ts';
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
    .argument('<file>', 'rollout file, .jsonl')
    .option('--json', 'print one JSON object: groups, clusters, steps, rates');
  return addOptionFlags(command, AUDIT_OPTIONS)
    .addHelpText('after', '\nThe file is what `tapo train` writes and what a verl, TRL or prime-rl dump can be converted to; docs/rollouts.md describes it.')
    .action((file: string, flags: Readonly<Record<string, unknown>>) =>
      asUserError(async () => {
        const rollouts = rolloutsOf(file, await readFile(file, 'utf8'));
        if (rollouts.length === 0) throw new UserError(`${file}: expected at least one rollout, got an empty file`);
        const options = auditOptions(givenOptions(AUDIT_OPTIONS, flags));
        process.stdout.write(flags.json ? `${JSON.stringify(auditReport(rollouts, options))}\n` : auditSummary(creditGroups(rollouts, options)));
      }),
    );
}

/** As the library takes them: credit.theta is theta, and what is left to another option is left out. */
export function auditOptions(given: ReturnType<typeof givenOptions>): AuditOptions {
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
