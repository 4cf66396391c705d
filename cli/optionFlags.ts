// The option table as flags of a command: every kind of value, help with default and evidence tag, and what was given.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TrainConfig } from '../src/train/config.ts';
import { EVIDENCE, type Evidence } from '../src/train/options/evidence.ts';
import {
  expectedOf,
  OPTIONS,
  type OptionDefinition,
  type OptionPath,
  type OptionValue,
  optionAt,
  parseOption,
  writtenValue,
} from '../src/train/options/optionTable.ts';

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

/** The flags that make a configuration: those that name the run, and what differs from the defaults. */
export function flagsFor(config: TrainConfig): string {
  return OPTIONS.flatMap((option) => {
    const value = optionAt(config, option.path);
    return value === option.initial && !NAMING.has(option.path) ? [] : [writtenFlag(option, value)];
  }).join(' ');
}

/** As it is typed: --beta 0.5, --no-clamp. */
export function writtenFlag(option: OptionDefinition, value: OptionValue): string {
  return typeof value === 'boolean' ? `--${value ? '' : 'no-'}${option.flag}` : `--${option.flag} ${writtenValue(option, value)}`;
}

const NAMING: ReadonlySet<OptionPath> = new Set(['preset', 'algorithm', 'credit.rule', 'seed', 'updates']);

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
