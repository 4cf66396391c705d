// The command line: the same loop as the page, in Node.
import { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { chatCommand } from './chat.ts';
import { evalCommand } from './eval.ts';
import { pretrainCommand } from './pretrain.ts';
import { trainCommand } from './train.ts';
import { truthCommand } from './truth.ts';
import { UserError } from './userError.ts';

// A reader that has seen enough (`| head`) ends the command; what was saved stays.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const program = new Command('tapo')
  .description('Train, evaluate and audit small tool-using policies, with and without TAPO credit transfer.')
  .showHelpAfterError('(add --help for what is possible)')
  .addCommand(trainCommand())
  .addCommand(evalCommand())
  .addCommand(auditCommand())
  .addCommand(truthCommand())
  .addCommand(chatCommand())
  .addCommand(pretrainCommand())
  .addHelpText(
    'after',
    `
Examples
  npx tapo train --algorithm grpo --credit tapo --seed 1 --updates 150 --out runs/tapo-1
  npx tapo train --resume runs/tapo-1
  npx tapo eval --policy runs/tapo-1/policy.safetensors --split test
  npx tapo audit runs/tapo-1/rollouts.jsonl
  npx tapo truth --policy runs/tapo-1/policy.safetensors`,
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`tapo: ${error.message}`);
  process.exitCode = 1;
}
