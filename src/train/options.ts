// The one option table. Command line, page and docs/options.md come from it: the words of optionWords.ts, with kind, limits, choices and
// default read off the schema of config.ts, so that nothing is said twice.
import { type TrainConfig, TrainSchema, type TrainSpec, trainConfig } from './config.ts';
import { OPTION_GROUPS, OPTION_WORDS, type OptionPath, type OptionWords } from './optionWords.ts';

export { OPTION_GROUPS, type OptionGroup, type OptionPath } from './optionWords.ts';

export type OptionValue = number | string | boolean | null;

export interface OptionDefinition extends OptionWords {
  readonly path: OptionPath;
  /** Name on the command line, without dashes. */
  readonly flag: string;
  readonly kind: 'number' | 'whole' | 'choice' | 'switch' | 'text';
  /** Bounds of numbers, infinite where there are none. `least` itself is allowed unless `aboveLeast`. */
  readonly least: number;
  readonly most: number;
  readonly aboveLeast: boolean;
  /** Values of a choice. */
  readonly values: readonly string[];
  readonly initial: OptionValue;
}

/** The value of an option in a complete configuration. */
export function optionAt(config: TrainConfig, path: OptionPath): OptionValue {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], config);
  return (value ?? null) as OptionValue;
}

/**
 * The spec with one option changed. A member of `overlong` switches the penalty on, null switches it off.
 */
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

/** As much of a valibot schema as is read here. */
interface SchemaNode {
  readonly type: string;
  /** Of optional and nullable. */
  readonly wrapped?: SchemaNode;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  /** Of a picklist. */
  readonly options?: readonly string[];
  /** The schema itself, then what is checked of it. */
  readonly pipe?: readonly SchemaNode[];
  /** Of a check. */
  readonly requirement?: unknown;
}

type Shape = Pick<OptionDefinition, 'kind' | 'least' | 'most' | 'aboveLeast' | 'values'>;

/** Schemas of single values, by path. */
function leavesOf(node: SchemaNode, prefix = ''): [string, SchemaNode][] {
  const inner = unwrapped(node);
  if (!inner.entries) return [[prefix, inner]];
  return Object.entries(inner.entries).flatMap(([name, entry]) => leavesOf(entry, prefix === '' ? name : `${prefix}.${name}`));
}

function unwrapped(node: SchemaNode): SchemaNode {
  return node.wrapped ? unwrapped(node.wrapped) : node;
}

function shapeOf(node: SchemaNode): Shape {
  const checks = checksOf(node);
  const bound = (type: string): number | undefined => checks.find((check) => check.type === type)?.requirement as number | undefined;
  const kinds: Readonly<Record<string, Shape['kind']>> = { number: 'number', picklist: 'choice', boolean: 'switch', string: 'text' };
  const kind = kinds[node.type];
  if (!kind) throw new RangeError(`options: expected a number, picklist, boolean or string, got a schema of ${node.type}`);
  return {
    kind: kind === 'number' && checks.some(({ type }) => type === 'integer') ? 'whole' : kind,
    least: bound('gt_value') ?? bound('min_value') ?? Number.NEGATIVE_INFINITY,
    most: bound('max_value') ?? Number.POSITIVE_INFINITY,
    aboveLeast: bound('gt_value') !== undefined,
    values: node.options ?? [],
  };
}

/** All checks of a schema, also of those that it was made from. */
function checksOf({ pipe = [] }: SchemaNode): readonly SchemaNode[] {
  return pipe.flatMap((part, i) => (i === 0 ? checksOf(part) : [part]));
}

/** credit.alphaMin → alpha-min, credit.rule → credit, overlong.maxTokens → overlong-max-tokens */
function flagOf(path: OptionPath): string {
  const name = path === 'credit.rule' ? 'credit' : path.replace('credit.', '').replace('.', '-');
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const DEFAULTS = trainConfig({});
const LEAVES = new Map(leavesOf(TrainSchema as unknown as SchemaNode));

/** Every option, group by group. */
export const OPTIONS: readonly OptionDefinition[] = OPTION_GROUPS.flatMap((group) =>
  (Object.keys(OPTION_WORDS) as OptionPath[])
    .filter((path) => OPTION_WORDS[path].group === group)
    .map((path) => {
      const leaf = LEAVES.get(path);
      if (!leaf) throw new RangeError(`options: expected ${path} in the schema of a run, got nothing`);
      return { ...OPTION_WORDS[path], path, flag: flagOf(path), ...shapeOf(leaf), initial: optionAt(DEFAULTS, path) };
    }),
);

const BY_PATH = new Map(OPTIONS.map((option) => [option.path, option]));

export function optionOf(path: OptionPath): OptionDefinition {
  return BY_PATH.get(path) as OptionDefinition;
}
