// The one option table. Command line, page and docs/options.md come from it: the words of optionWords.ts, with kind, limits, choices and
// default read off the schema of config.ts, so that nothing is said twice.
import { TrainSchema, type TrainSpec, trainConfig } from '../config.ts';
import { flagOf, OPTION_PATHS, type OptionPath, type OptionValue, optionAt } from './optionPaths.ts';
import { OPTION_WORDS, type OptionWords } from './optionWords.ts';
import { schemaShapes, type ValueShape } from './schemaShapes.ts';

export { type OptionPath, type OptionValue, optionAt } from './optionPaths.ts';
export { OPTION_GROUPS, type OptionGroup } from './optionWords.ts';

export interface OptionDefinition extends OptionWords, ValueShape {
  readonly path: OptionPath;
  /** Name on the command line, without dashes. */
  readonly flag: string;
  readonly initial: OptionValue;
}

/** The spec with one option changed. A member of `overlong` switches the penalty on, null switches it off. */
export function withOption<S extends TrainSpec>(spec: S, path: OptionPath, value: OptionValue): S {
  const [name, inner] = path.split('.') as [keyof TrainSpec, string | undefined];
  if (inner === undefined) return { ...spec, [name]: value };
  if (name === 'overlong' && value === null) return { ...spec, overlong: null };
  return { ...spec, [name]: { ...(spec[name] as object | null | undefined), [inner]: value } };
}

/** What a value may be, in words: "a number from 0 to 1, or auto". */
export function expectedOf({ kind, least, most, aboveLeast, values, none }: OptionDefinition): string {
  const noun = kind === 'whole' ? 'a whole number' : 'a number';
  const from = least === Number.NEGATIVE_INFINITY ? '' : aboveLeast ? ` above ${least}` : ` from ${least}`;
  const to = most === Number.POSITIVE_INFINITY ? '' : aboveLeast ? ` and up to ${most}` : ` to ${most}`;
  const what = { number: noun + from + to, whole: noun + from + to, choice: `one of ${values.join(', ')}`, switch: 'on or off', text: 'a name' }[kind];
  return none ? `${what}, or ${none.word}` : what;
}

/** A value as it is written on the command line and in documents. */
export function writtenValue(option: OptionDefinition, value: OptionValue): string {
  if (value === null) return option.none?.word ?? 'null';
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** As it is typed on the command line: --beta 0.5, --no-clamp. */
export function writtenFlag(option: OptionDefinition, value: OptionValue): string {
  return typeof value === 'boolean' ? `--${value ? '' : 'no-'}${option.flag}` : `--${option.flag} ${writtenValue(option, value)}`;
}

/** The value of a written text. Throws RangeError that says what was expected and what came. */
export function parseOption(option: OptionDefinition, text: string): OptionValue {
  const refuse = (): never => {
    throw new RangeError(`expected ${expectedOf(option)}, got "${text}"`);
  };
  if (option.none?.word === text) return null;
  if (option.kind === 'text') return text;
  if (option.kind === 'switch') return text === 'on' || (text === 'off' ? false : refuse());
  if (option.kind === 'choice') return option.values.includes(text) ? text : refuse();
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const inside = option.aboveLeast ? value > option.least : value >= option.least;
  return Number.isFinite(value) && inside && value <= option.most && (option.kind === 'number' || Number.isInteger(value)) ? value : refuse();
}

const DEFAULTS = trainConfig({});
const SHAPES = schemaShapes(TrainSchema);

function definitionOf(path: OptionPath, shape: ValueShape | undefined): OptionDefinition {
  if (!shape) throw new RangeError(`options: expected ${path} in the schema of a run, got nothing`);
  return { ...OPTION_WORDS[path], ...shape, path, flag: flagOf(path), initial: optionAt(DEFAULTS, path) };
}

/** Every option that has a single value, which can be typed. */
export const OPTIONS: readonly OptionDefinition[] = OPTION_PATHS.filter((path) => path !== 'tools').map((path) => definitionOf(path, SHAPES.get(path)));

/** Tools of one's own: declared in cells, not typed. */
const TOOLS = definitionOf('tools', {
  kind: 'text',
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  aboveLeast: false,
  values: [],
});

/** All that runs are named by and can differ in. */
export const ALL_OPTIONS: readonly OptionDefinition[] = [...OPTIONS, TOOLS];

const BY_PATH = new Map(ALL_OPTIONS.map((option) => [option.path, option]));

export function optionOf(path: OptionPath): OptionDefinition {
  return BY_PATH.get(path) as OptionDefinition;
}
