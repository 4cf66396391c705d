// Changes one option in the text of a `train({…})` call, and nothing else: comments, order and spacing stay, byte for byte.
import { type Comment, tokenizer } from 'acorn';
import { type TrainConfig, trainConfig } from '../../train/config.ts';
import { OPTIONS, type OptionPath, type OptionValue, optionAt, optionOf } from '../../train/options/optionTable.ts';
import { findTrainLiterals, type SourceRange, type TrainLiteral, type WrittenObject, type WrittenProperty } from './trainLiteral.ts';

/**
 * The source with an option of the `literalIndex`-th call of `train` changed (see `findTrainLiterals`). A written option keeps its place, also
 * with its default; one that is absent is added in the manner of its neighbours, unless the value is its default. Throws RangeError where
 * there is no such call, or where it cannot be edited.
 */
export function withTrainOption(source: string, literalIndex: number, path: OptionPath, value: OptionValue): string {
  const literal = editable(source, literalIndex);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`withTrainOption: ${path}: expected a finite number, got ${value}`);

  const [name, inner] = path.split('.') as [string, string | undefined];
  const { object } = literal;
  const property = object?.properties.find((each) => each.name === name);
  const style = styleOf(source, object);
  const absent = value === optionOf(path).initial;

  if (!property) {
    if (absent) return source;
    const text = inner === undefined ? style.value(value) : style.object(inner, value);
    return withNewProperty(source, literal, name, text, style);
  }
  if (inner === undefined || (name === 'overlong' && value === null)) return withValue(source, property, value, style);
  if (property.value.kind !== 'object') return spliced(source, property.value, style.object(inner, value));
  const nested = property.value.properties.find((each) => each.name === inner);
  if (nested) return withValue(source, nested, value, style);
  return absent ? source : withProperty(source, property.value, inner, style.value(value), styleOf(source, property.value, style));
}

/** The source with the run's tools changed, as `withTrainOption` changes an option; an empty list that was not written is left out. */
export function withTrainTools(source: string, literalIndex: number, tools: readonly string[]): string {
  const literal = editable(source, literalIndex);
  const property = literal.object?.properties.find(({ name }) => name === 'tools');
  const style = styleOf(source, literal.object);
  const text = `[${tools.map((tool) => style.value(tool)).join(', ')}]`;
  if (property) return spliced(source, property.value, text);
  return tools.length === 0 ? source : withNewProperty(source, literal, 'tools', text, style);
}

/** The source with a reward that another cell declares by this name, as `withTrainOption` changes an option. */
export function withTrainReward(source: string, literalIndex: number, name: string): string {
  const literal = editable(source, literalIndex);
  const property = literal.object?.properties.find((each) => each.name === 'reward');
  const style = styleOf(source, literal.object);
  return property ? withText(source, property, name, style) : withNewProperty(source, literal, 'reward', name, style);
}

type EditableLiteral = Extract<TrainLiteral, { readonly kind: 'editable' }>;

function editable(source: string, literalIndex: number): EditableLiteral {
  const literals = findTrainLiterals(source);
  const literal = literals[literalIndex];
  if (!literal) throw new RangeError(`withTrainOption: expected one of ${literals.length} calls of train, got number ${literalIndex}`);
  if (literal.kind === 'fixed') throw new RangeError(`withTrainOption: this call cannot be edited: ${literal.why}`);
  return literal;
}

function withNewProperty(source: string, { object, range }: EditableLiteral, name: string, text: string, style: Style): string {
  if (object) return withProperty(source, object, name, text, style);
  return spliced(source, { start: range.end - 1, end: range.end - 1 }, style.object(name, text, true));
}

/** The source with the call made to describe a whole configuration. Throws as `withTrainOption` does, and as `trainConfig` does. */
export function withTrainSpec(source: string, literalIndex: number, config: TrainConfig): string {
  const literal = findTrainLiterals(source)[literalIndex];
  const now = trainConfig(literal?.kind === 'editable' ? literal.spec : {});
  return OPTIONS.filter(({ path }) => optionAt(now, path) !== optionAt(config, path)).reduce(
    (text, { path }) => withTrainOption(text, literalIndex, path, optionAt(config, path)),
    source,
  );
}

function withValue(source: string, property: WrittenProperty, value: OptionValue, style: Style): string {
  const { value: written } = property;
  if (written.kind === 'value' && Object.is(written.value, value)) return source;
  const quote = source[written.start];
  return withText(source, property, quote === '"' || quote === "'" ? style.value(value, quote) : style.value(value), style);
}

function withText(source: string, { name, key, value: written }: WrittenProperty, text: string, style: Style): string {
  return spliced(source, written, written.start === key.start ? `${name}${style.colon}${text}` : text); // { reward } is name and value in one
}

function spliced(source: string, { start, end }: SourceRange, text: string): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** How options are written, as their neighbours are. */
interface Style {
  value(value: OptionValue, quote?: string): string;
  key(name: string): string;
  /** Between a name and its value. */
  readonly colon: string;
  /** Between two options on a line. */
  readonly comma: string;
  /** `{ name: value }`; `raw`: the value is text already. */
  object(name: string, value: OptionValue, raw?: boolean): string;
}

function styleOf(source: string, object: WrittenObject | null, around?: Style): Style {
  const text = object ? source.slice(object.start, object.end) : '';
  const properties = object?.properties ?? [];
  const last = properties.at(-1);
  const quoteIn = (part: string): string | undefined => /["']/.exec(part)?.[0];
  const values = properties.flatMap(({ value }) => (value.kind === 'value' && typeof value.value === 'string' ? source.slice(value.start, value.end) : []));
  const quote = quoteIn(values.join('')) ?? quoteIn(text) ?? quoteIn(source) ?? '"';
  const keyQuote = last ? (quoteIn(source.slice(last.key.start, last.key.start + 1)) ?? '') : (around?.key('').charAt(0) ?? '');
  const between = last ? source.slice(last.key.end, last.value.start) : '';
  const colon = /^\s*:[ \t]*$/.test(between) ? between : (around?.colon ?? ': ');
  const gap = properties.length > 1 ? source.slice((properties.at(-2) as WrittenProperty).end, last?.start) : '';
  const comma = /^,[ \t]*$/.test(gap) ? gap : (around?.comma ?? ', ');
  const padding = text === '' || /^\{\s*\}$/.test(text) ? ' ' : /^\{\s/.test(text) ? ' ' : '';
  const style: Style = {
    value: (value, own = quote) => (typeof value === 'string' ? quoted(value, own) : Object.is(value, -0) ? '-0' : String(value)),
    key: (name) => keyQuote + name + keyQuote,
    colon,
    comma,
    object: (name, value, raw = false) => `{${padding}${style.key(name)}${colon}${raw ? value : style.value(value)}${padding}}`,
  };
  return style;
}

function quoted(text: string, quote: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return quote === "'" ? `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

/** The source with a property added at the end of an object: after the last one and what belongs to it, on a line of its own where those are. */
function withProperty(source: string, object: WrittenObject, name: string, value: string, style: Style): string {
  const last = object.properties.at(-1);
  const added = `${style.key(name)}${style.colon}${value}`;
  const { comma, comments } = tailOf(source, object, last);
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const insert = (text: string, at: number): string => spliced(source, { start: at, end: at }, text);
  const breaks = (start: number, end: number): boolean => source.slice(start, end).includes('\n');
  if (!last) {
    const at = comments.at(-1)?.end ?? object.start + 1;
    const gap = source.slice(object.start + 1, object.end - 1);
    return insert(gap.includes('\n') ? `${newline}${indentOf(source, object)}${added}` : ` ${added}${gap === '' ? ' ' : ''}`, at);
  }
  // comments that end on the line of the last property belong to it
  const own = comments.filter(({ start, end }) => start >= last.end && !breaks(last.end, end)).at(-1);
  const at = Math.max(comma ?? last.end, own?.end ?? 0);
  const trailing = comma === undefined ? '' : ',';
  if (!breaks(comma ?? last.end, object.end)) return insert(`${comma === undefined ? style.comma : style.comma.slice(1)}${added}${trailing}`, at);
  const separator = comma === undefined ? ',' : '';
  return `${source.slice(0, last.end)}${separator}${source.slice(last.end, at)}${newline}${indentOf(source, object)}${added}${trailing}${source.slice(at)}`;
}

/** What stands between the last property and the closing brace: the end of a trailing comma, and comments. */
function tailOf(
  source: string,
  object: WrittenObject,
  last: WrittenProperty | undefined,
): { readonly comma: number | undefined; readonly comments: readonly SourceRange[] } {
  const from = last?.end ?? object.start + 1;
  const comments: Comment[] = [];
  const [token] = [...tokenizer(source.slice(from, object.end - 1), { ecmaVersion: 2024, sourceType: 'module', onComment: comments })];
  return { comma: token && from + token.end, comments: comments.map(({ start, end }) => ({ start: from + start, end: from + end })) };
}

/** The white space before the last property, or one step more than the line of the brace has. */
function indentOf(source: string, { start, properties }: WrittenObject): string {
  const before = (position: number): string => source.slice(source.lastIndexOf('\n', position - 1) + 1, position);
  const last = properties.at(-1);
  if (last && /^[ \t]*$/.test(before(last.start))) return before(last.start);
  const line = /^[ \t]*/.exec(before(start))?.[0] ?? '';
  return `${line}${line.includes('\t') ? '\t' : '  '}`;
}
