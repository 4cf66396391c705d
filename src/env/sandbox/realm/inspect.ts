// Any value as text that people can read: what JSON would say, and words where JSON has none.
import { arranged } from './arranged.ts';

/** Items of a list, and entries of an object, that are written out. */
const ITEMS = 100;
/** Values that are written out in all. */
const VALUES = 500;
const DEPTH = 6;
const STRING = 1000;

/** Gives the words for a value that is more than it looks, as a run is; undefined for others. */
export type NameOf = (value: object) => string | undefined;

export function inspect(value: unknown, nameOf: NameOf = () => undefined): string {
  const around = new Set<object>();
  let left = VALUES;

  const shown = (value: unknown): string => {
    left--;
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return nameOf(value) ?? functionText(value);
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    const name = nameOf(value);
    if (name !== undefined) return name;
    if (around.has(value)) return '[circular]';
    around.add(value);
    const text = container(value);
    around.delete(value);
    return text;
  };

  const container = (value: object): string => {
    if (value instanceof Error) return `${String(value.name)}: ${String(value.message)}`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise';
    if (value instanceof WeakMap || value instanceof WeakSet) return className(value);
    if (Array.isArray(value)) return list('', value);
    if (value instanceof ArrayBuffer || value instanceof DataView) return `${className(value)}(${value.byteLength})`;
    if (ArrayBuffer.isView(value)) {
      const numbers = value as unknown as ArrayLike<unknown>;
      return list(`${className(value)}(${numbers.length}) `, numbers);
    }
    if (value instanceof Set) return block(`Set(${value.size}) [`, value, value.size, shown, ']');
    if (value instanceof Map) return block(`Map(${value.size}) {`, value, value.size, ([key, item]) => `${shown(key)} → ${shown(item)}`, '}');
    const keys = Object.keys(value);
    const prefix = className(value);
    const entry = (key: string): string => `${keyText(key)}: ${shown((value as Record<string, unknown>)[key])}`;
    return block(prefix === 'Object' || prefix === '' ? '{' : `${prefix} {`, keys, keys.length, entry, '}');
  };

  const list = (prefix: string, items: ArrayLike<unknown>): string =>
    block(`${prefix}[`, indices(items.length), items.length, (i) => (i in items ? shown(items[i]) : 'empty'), ']');

  const block = <T>(open: string, items: Iterable<T>, count: number, textOf: (item: T) => string, close: string): string => {
    const depth = around.size - 1;
    if (count > 0 && depth >= DEPTH) return `${open}…${close}`;
    const texts: string[] = [];
    for (const item of items) {
      if (texts.length === ITEMS || left <= 0) break;
      texts.push(textOf(item));
    }
    if (count > texts.length) texts.push(`… ${count - texts.length} more`);
    return arranged(open, texts, close, depth);
  };

  return shown(value);
}

function* indices(length: number): Iterable<number> {
  for (let i = 0; i < length; i++) yield i;
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
