// Tools and a reward of one's own from files: --tool-file and --reward-file (docs/code-cells.md).
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Program, parse } from 'acorn';
import { type Command, Option } from 'commander';
import type { OwnCodes } from '../src/env/own/openOwnCode.ts';
import type { OwnCode } from '../src/env/own/ownCode.ts';
import { UserError } from './userError.ts';

export interface OwnCodeFlags {
  readonly toolFile?: readonly string[];
  readonly rewardFile?: string;
}

export function addToolFileFlag(command: Command): Command {
  return command.addOption(
    new Option('--tool-file <file>', 'tool of one’s own: train.tool({…}) in a file, as in a cell (repeatable; docs/code-cells.md)').argParser(
      (file: string, before: readonly string[] = []) => [...before, file],
    ),
  );
}

export function addRewardFileFlag(command: Command): Command {
  return command.addOption(
    new Option('--reward-file <file>', 'reward of one’s own: train.reward(f) in a file, as in a cell (docs/code-cells.md)').conflicts('reward'),
  );
}

/** What the files hold. Throws UserError for one that no cell could be. */
export async function readOwnCodes({ toolFile = [], rewardFile }: OwnCodeFlags): Promise<OwnCodes> {
  return {
    reward: rewardFile === undefined ? null : await readOwnCode(rewardFile, '--reward-file', 'train.reward'),
    tools: await Promise.all(toolFile.map((file) => readOwnCode(file, '--tool-file', 'train.tool'))),
  };
}

/** A file is the text of a cell that declares the tool or the reward by a name, or that expression alone, which then is named after the file. */
async function readOwnCode(file: string, flag: string, call: 'train.tool' | 'train.reward'): Promise<OwnCode> {
  const source = (await readFile(file, 'utf8')).trimEnd();
  const { body } = syntaxOf(source, `${flag} ${file}`);
  const isCall = (node: { readonly type: string; readonly start: number; readonly end: number }): boolean =>
    node.type === 'CallExpression' && source.startsWith(`${call}(`, node.start);
  const [only] = body;
  if (body.length === 1 && only?.type === 'ExpressionStatement' && isCall(only.expression)) {
    const name = path.parse(file).name.replace(/^(?=\d)|[^\p{ID_Continue}$]/gu, '_');
    return { name, source: `const ${name} = ${source}` };
  }
  const names = body.flatMap((statement) =>
    statement.type !== 'VariableDeclaration'
      ? []
      : statement.declarations.flatMap(({ id, init }) => (id.type === 'Identifier' && init && isCall(init) ? [id.name] : [])),
  );
  if (names.length !== 1)
    throw new UserError(`${flag} ${file}: expected ${call}(…), alone or declared by a name, as const mine = ${call}(…); got ${names.length} of them`);
  return { name: names[0] as string, source };
}

function syntaxOf(source: string, where: string): Program {
  try {
    return parse(source, { ecmaVersion: 2024, sourceType: 'module' });
  } catch (error) {
    throw new UserError(`${where}: ${(error as Error).message}`);
  }
}
