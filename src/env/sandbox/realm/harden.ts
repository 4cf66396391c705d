// Takes from the language what makes code unrepeatable or reaches further than it shows, and freezes the rest: no cell can change what others see.
import { LANGUAGE_NAMES } from './names.ts';

const ERRORS: readonly ErrorConstructor[] = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

/** Changes the global object it runs in, for good. `random` becomes Math.random. */
export function harden(random: () => number): void {
  const names: ReadonlySet<string> = new Set(LANGUAGE_NAMES);
  for (const name of Object.getOwnPropertyNames(globalThis)) if (!names.has(name)) Reflect.deleteProperty(globalThis, name);
  Math.random = random;
  refuseCodeFromText();
  for (const prototype of [Object.prototype, ...ERRORS.map((error) => error.prototype as object)]) allowOverrides(prototype);
}

/** Freezes everything that can be reached from the values, their prototypes included. */
export function freezeDeep(...values: readonly unknown[]): void {
  const waiting: unknown[] = [...values];
  const done = new Set<unknown>();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || done.has(value) || ArrayBuffer.isView(value)) continue;
    done.add(Object.freeze(value));
    waiting.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const { value: inner, get, set } = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
      waiting.push(inner, get, set);
    }
  }
}

/** Freezes what JSON.parse gave: a tree of plain objects, which takes a quarter of the time of freezeDeep. */
export function freezeTree(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) freezeTree(item);
  else for (const key in value) freezeTree((value as Readonly<Record<string, unknown>>)[key]);
  Object.freeze(value);
}

/** Objects of the language that no global name leads to. */
export function hiddenIntrinsics(): readonly unknown[] {
  const iterators = [
    [].values(),
    new Map().values(),
    new Set().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
    ([].values() as unknown as { map(f: unknown): unknown }).map((x: unknown) => x),
  ];
  const functions = [function* () {}, async () => {}, async function* () {}];
  return [...iterators, ...functions].map((value) => Object.getPrototypeOf(value));
}

/** Code that is made from text would hide from the notebook which names it uses. */
function refuseCodeFromText(): void {
  // biome-ignore lint/complexity/useArrowFunction: it stands for a constructor
  const refuse = function (): never {
    throw new TypeError('code cannot be made from text here; write the function itself');
  };
  for (const example of [() => {}, function* () {}, async () => {}, async function* () {}]) {
    const prototype = Object.getPrototypeOf(example) as object;
    Object.defineProperty(prototype, 'constructor', { value: refuse });
  }
  Object.defineProperty(refuse, 'prototype', { value: Object.getPrototypeOf(refuse) });
  Object.defineProperty(refuse, 'name', { value: 'Function' });
  Object.defineProperty(globalThis, 'Function', { value: refuse });
}

/** A frozen prototype would also forbid `object.toString = …` on objects that inherit from it; accessors do not. */
function allowOverrides(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key) as PropertyDescriptor;
    if (!('value' in descriptor) || !descriptor.configurable) continue;
    const { value } = descriptor;
    Object.defineProperty(prototype, key, {
      get: () => value,
      set(this: object, next: unknown) {
        if (this === prototype) throw new TypeError(`${String(key)} is read-only`);
        Object.defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: false,
    });
  }
}
