// The option table as flags of a command: every kind of value, help with default and evidence tag, and what was given.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EVIDENCE, type Evidence } from '../src/train/options/evidence.ts';
import { expectedOf, type OptionDefinition, type OptionPath, type OptionValue, parseOption, writtenValue } from '../src/train/options/optionTable.ts';

/** Adds a flag for each option, under the heading of its group. A switch gets two; help shows the one that changes something. */
export function addOptionFlags(command: Command, options: readonly OptionDefinition[]): Command {
  for (const option of options) for (const flag of flagsOf(option)) command.addOption(flag.helpGroup(`${option.group}:`));
  return command.addHelpText('after', `\nTags\n${tagLines(new Set(options.map(({ tag }) => tag)))}`);
}

/** The options that were given, in the order of the table. */
export function givenOptions(options: readonly OptionDefinition[], flags: Readonly<Record<string, unknown>>): readonly (readonly [OptionPath, OptionValue])[] {
  return options.flatMap((option) => {
    const value = flags[new Option(`--${option.flag}`).attributeName()];
    return value === undefined ? [] : [[option.path, typeof value === 'string' ? parseOption(option, value) : (value as OptionValue)] as const];
  });
}

function flagsOf(option: OptionDefinition): Option[] {
  const { flag, kind, label, help, initial, tag } = option;
  const written = (expected: string): string => `(${expected}default: ${writtenValue(option, initial)}) [${tag}]`;
  if (kind === 'switch') {
    const on = new Option(`--${flag}`, `${label}. ${help} ${written('')}`);
    const off = new Option(`--no-${flag}`, `${label} off. ${help} ${written('')}`);
    return [on.hideHelp(initial === true), off.hideHelp(initial === false)];
  }
  return [new Option(`--${flag} <${PLACEHOLDERS[kind]}>`, `${label}. ${help} ${written(`${expectedOf(option)}; `)}`).argParser(checker(option))];
}

const PLACEHOLDERS = { number: 'x', whole: 'n', choice: 'name', text: 'name' } as const;

/**
 * Lets a flag's text through if it can be read; a refusal says what was expected and what came, and commander adds the flag's name. The
 * text stays text, since commander takes a null for a missing value.
 */
function checker(option: OptionDefinition): (text: string) => string {
  return (text) => {
    try {
      parseOption(option, text);
      return text;
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}

function tagLines(tags: ReadonlySet<Evidence>): string {
  return (Object.keys(EVIDENCE) as Evidence[])
    .filter((tag) => tags.has(tag))
    .map((tag) => `  ${`[${tag}]`.padEnd(10)}${EVIDENCE[tag].meaning}`)
    .join('\n');
}
