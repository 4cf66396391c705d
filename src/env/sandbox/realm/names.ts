// Names and limits that both sides of the sandbox know.

/** What the notebook adds to the language. */
export const NOTEBOOK_NAMES = ['tapo', 'runs', 'train', 'display'] as const;

/** What is left of the language: no clock, no chance but a seeded one, no code from text, nothing that tells of the machine. */
export const LANGUAGE_NAMES: readonly string[] = [
  'AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Error EvalError Float16Array Float32Array Float64Array',
  'Function Infinity Int16Array Int32Array Int8Array InternalError Iterator JSON Map Math NaN Number Object Promise Proxy RangeError',
  'ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray',
  'WeakMap WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape globalThis isFinite isNaN parseFloat parseInt undefined unescape',
].flatMap((line) => line.split(' '));

/** Charts by name, in the order that they are drawn. */
export const CHART_NAMES = ['accuracy', 'misassignment', 'threshold', 'histogram', 'entropy', 'calls', 'length', 'time'] as const;

/** Rows of a chart or a table at most. */
export const MOST_ROWS = 10_000;
/** Characters of one value at most. */
export const MOST_TEXT = 1_000_000;
/** Values that one cell may show. */
export const MOST_VALUES = 100;
