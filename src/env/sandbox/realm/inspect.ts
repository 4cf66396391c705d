// Any value as text that people can read: what JSON would say, and words where JSON has none.

/** Items of a list, and entries of an object, that are written out. */
const ITEMS = 100;
/** Values that are written out in all. */
const VALUES = 2000;
const DEPTH = 6;
const LINE = 100;
const STRING = 1000;

/** Gives the words for a value that is more than it looks, as a run is; undefined for others. */
export type NameOf = (value: object) => string | undefined;

export function inspect(value: unknown, nameOf: NameOf = () => undefined): string {
  const around = new Set<object>();
  let left = VALUES;

  const shown = (value: unknown, depth: number): string => {
    if (--left < 0) return '…';
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return functionText(value);
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    const name = nameOf(value);
    if (name !== undefined) return name;
    if (around.has(value)) return '[circular]';
    around.add(value);
    const text = container(value, depth);
    around.delete(value);
    return text;
  };

  const container = (value: object, depth: number): string => {
    if (value instanceof Error) return `${String(value.name)}: ${String(value.message)}`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise';
    if (value instanceof WeakMap || value instanceof WeakSet) return className(value);
    const inner = (item: unknown): string => shown(item, depth + 1);
    if (Array.isArray(value)) return list('', value.length, value, inner, depth);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const numbers = value as unknown as ArrayLike<unknown>;
      return list(`${className(value)}(${numbers.length}) `, numbers.length, numbers, inner, depth);
    }
    if (value instanceof ArrayBuffer || value instanceof DataView) return `${className(value)}(${value.byteLength})`;
    if (value instanceof Set) return list(`Set(${value.size}) `, value.size, first(value), inner, depth);
    if (value instanceof Map) {
      const pairs = first(value).map(
        ([key, item]) =>
          () =>
            `${inner(key)} → ${inner(item)}`,
      );
      return block(`Map(${value.size}) {`, pairs, value.size, '}', depth);
    }
    const keys = Object.keys(value);
    const entries = keys.slice(0, ITEMS).map((key) => () => `${keyText(key)}: ${inner((value as Record<string, unknown>)[key])}`);
    const prefix = className(value);
    return block(prefix === 'Object' || prefix === '' ? '{' : `${prefix} {`, entries, keys.length, '}', depth);
  };

  return shown(value, 0);
}

function list(prefix: string, length: number, items: ArrayLike<unknown>, inner: (item: unknown) => string, depth: number): string {
  const parts = Array.from({ length: Math.min(length, ITEMS) }, (_, i) => () => (i in items ? inner(items[i]) : 'empty'));
  return block(`${prefix}[`, parts, length, ']', depth);
}

function first<T>(items: Iterable<T>): T[] {
  const out: T[] = [];
  for (const item of items) {
    if (out.length === ITEMS) break;
    out.push(item);
  }
  return out;
}

/** On one line where that fits, else a line for each part. */
function block(open: string, parts: readonly (() => string)[], count: number, close: string, depth: number): string {
  if (count === 0) return open + close;
  if (depth >= DEPTH) return `${open}…${close}`;
  const texts = parts.map((part) => part());
  if (count > parts.length) texts.push(`… ${count - parts.length} more`);
  const pad = close === '}' ? ' ' : '';
  const line = `${open}${pad}${texts.join(', ')}${pad}${close}`;
  const room = LINE - 2 * depth;
  if (line.length <= room && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${wrapped(texts, room)
    .map((row) => indent + row)
    .join('\n')}\n${indent.slice(2)}${close}`;
}

/** Short parts, as numbers are, share lines. */
function wrapped(texts: readonly string[], room: number): string[] {
  if (texts.some((text) => text.length > 24 || text.includes('\n'))) return texts.map((text, i) => (i < texts.length - 1 ? `${text},` : text));
  const rows: string[] = [];
  for (const [i, text] of texts.entries()) {
    const part = i < texts.length - 1 ? `${text},` : text;
    const row = rows.at(-1);
    if (row !== undefined && row.length + 1 + part.length <= room) rows[rows.length - 1] = `${row} ${part}`;
    else rows.push(part);
  }
  return rows;
}

function quoted(text: string): string {
  return text.length <= STRING ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, STRING))}… ${text.length} characters`;
}

function keyText(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
}

/** The head of a function as it was written: "function f(a, b)", "class A", "(x) => …". */
function functionText(value: { readonly name?: unknown }): string {
  const source = Function.prototype.toString.call(value);
  const name = typeof value.name === 'string' ? value.name : '';
  if (source.startsWith('class')) return `class ${name}`.trimEnd();
  const head = /^(?:async )?(?:function\s*\*?)?\s*[\w$]*\s*(\([^()]*\)|[\w$]+)/.exec(source)?.[1] ?? '(…)';
  return `function ${name}${head.startsWith('(') ? head : `(${head})`}`;
}

function className(value: object): string {
  const maker: unknown = Object.getPrototypeOf(value)?.constructor;
  return typeof maker === 'function' && typeof maker.name === 'string' ? maker.name : '';
}
