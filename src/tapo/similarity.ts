// How alike two calls of one tool are, in [0, 1]: one function a tool kind, and the table kind → similarity.
// Lexical and geometric only: TAPO adds no model (arXiv:2606.05784); the exact forms are our choice (docs/decisions.md).
import { type BoxSimilarity, boxGiou, boxIou, toBox } from './boxes.ts';
import { canonicalJson } from './canonicalJson.ts';
import { hasOwnSimilarity, ownSimilarity } from './ownSimilarity.ts';
import type { Box, ToolCall } from './rollout.ts';
import { TEXT_SIMILARITIES, type TextSimilarity, words } from './text.ts';

/** How two calls of one tool are compared. */
export interface SimilarityOptions {
  /** How two queries, or two string arguments, are compared. Default tokenF1. */
  readonly text?: TextSimilarity;
  /** How two regions of one image are compared; iouLabel multiplies IoU with the text similarity of the `label` arguments. Default iou. */
  readonly region?: BoxSimilarity;
  /** Image searches: by where they looked, or 1 only for equal regions. Default region. */
  readonly image?: 'region' | 'exact';
  /** Tools of kind other: argument by argument, or 1 only for equal arguments. Default arguments. */
  readonly other?: 'arguments' | 'exact';
  /** Measures of single tools, by name, in the place of their kind's: symmetric, in [0, 1], the same for equal calls. Default none. */
  readonly similarities?: Readonly<Record<string, (a: ToolCall, b: ToolCall) => number>>;
}

/** An argument, ready for comparison: the words of a string, a list of four numbers as a box, anything else as canonical JSON. */
export type ArgumentValue =
  | { readonly kind: 'text'; readonly words: readonly string[] }
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'json'; readonly json: string };

/** A call with what its comparison needs, computed once; words and arguments only when first asked for, since most calls repeat another's key. */
export interface PreparedCall {
  /** Calls are compared only if their tools, name and kind, are equal. */
  readonly tool: string;
  /** Equal keys mean equal parameters. */
  readonly key: string;
  /** Equal identities mean equal parameters in one group: such calls have the same similarity to every other call. */
  readonly identity: string;
  readonly call: ToolCall;
  /** The prompt's group: image searches without a region looked at the same picture only if their groups are equal. */
  readonly group: string;
  /** The box and the image it lies in, where the call has one. An image that is only an index (`resolved` false) counts within its group. */
  readonly place: { readonly image: string; readonly box: Box; readonly resolved: boolean } | null;
  /** The words of `query`; null if the call has no string of that name. */
  readonly query: readonly string[] | null;
  readonly values: ReadonlyMap<string, ArgumentValue>;
}

/** Computes once what all comparisons of a call need; `group` is the prompt that it belongs to. */
export function prepareCall(call: ToolCall, group = ''): PreparedCall {
  return new LazyCall(call, group);
}

/** A class, since engines slow down where every record brings getters of its own. */
class LazyCall implements PreparedCall {
  readonly tool: string;
  readonly key: string;
  readonly identity: string;
  readonly call: ToolCall;
  readonly group: string;
  readonly place: PreparedCall['place'];
  #query: PreparedCall['query'] = null;
  #values: PreparedCall['values'] | null = null;
  constructor(call: ToolCall, group: string) {
    this.tool = JSON.stringify([call.name, call.kind]);
    this.call = call;
    this.group = group;
    this.place = placeOf(call);
    const withinGroup = call.kind === 'image' || (call.kind === 'region' && this.place?.resolved === false);
    this.key = canonicalJson([call.name, call.kind, call.arguments, call.region ?? null, withinGroup ? group : '']);
    this.identity = `${this.key}\n${group}`;
  }
  get query(): PreparedCall['query'] {
    if (typeof this.call.arguments.query === 'string') this.#query ??= words(this.call.arguments.query);
    return this.#query;
  }
  get values(): PreparedCall['values'] {
    this.#values ??= new Map(Object.entries(this.call.arguments).map(([name, value]) => [name, argumentValue(value)]));
    return this.#values;
  }
}

/**
 * Similarity of two calls of the same tool, in [0, 1] (boxGiou: clipped to that range); 0 for calls of different tools. Throws RangeError
 * where a measure of `similarities` leaves that range.
 */
export function callSimilarity(a: PreparedCall, b: PreparedCall, options: SimilarityOptions = {}): number {
  if (a.tool !== b.tool) return 0;
  if (hasOwnSimilarity(a, options)) return ownSimilarity(a.call, b.call, options);
  switch (a.call.kind) {
    case 'region':
      return a.place && b.place ? regionSimilarity(a, b, options) : otherSimilarity(a, b, options);
    case 'image':
      return imageSimilarity(a, b, options);
    case 'text':
      return a.query && b.query ? TEXT_SIMILARITIES[options.text ?? 'tokenF1'](a.query, b.query) : otherSimilarity(a, b, options);
    case 'other':
      return otherSimilarity(a, b, options);
    default:
      return a.call.kind satisfies never;
  }
}

function regionSimilarity(a: PreparedCall, b: PreparedCall, { region = 'iou', text = 'tokenF1' }: SimilarityOptions): number {
  const p = a.place as NonNullable<PreparedCall['place']>;
  const q = b.place as NonNullable<PreparedCall['place']>;
  if (p.image !== q.image || (a.group !== b.group && !(p.resolved && q.resolved))) return 0;
  if (region === 'giou') return Math.max(0, boxGiou(p.box, q.box));
  const overlap = boxIou(p.box, q.box);
  return region === 'iou' ? overlap : overlap * TEXT_SIMILARITIES[text](labelWords(a), labelWords(b));
}

function labelWords({ values }: PreparedCall): readonly string[] {
  const label = values.get('label');
  return label?.kind === 'text' ? label.words : [];
}

/** Both with a region: where they looked; neither: 1 within a group, since the tool has no argument; one of the two: 0. */
function imageSimilarity(a: PreparedCall, b: PreparedCall, { image = 'region' }: SimilarityOptions): number {
  const p = a.call.region;
  const q = b.call.region;
  if (!p || !q) return p === q && a.group === b.group ? 1 : 0;
  if (image === 'exact') return p.image === q.image && deepEqual(p.bbox, q.bbox) ? 1 : 0;
  return p.image === q.image ? boxIou(p.bbox, q.bbox) : 0;
}

/** Mean over the union of the argument names; a missing argument counts 0; two calls without arguments are 1. */
function otherSimilarity(a: PreparedCall, b: PreparedCall, { text = 'tokenF1', other = 'arguments' }: SimilarityOptions): number {
  if (other === 'exact') return deepEqual(a.call.arguments, b.call.arguments) ? 1 : 0;
  let names = b.values.size; // of the union
  let total = 0;
  for (const [name, value] of a.values) {
    const twin = b.values.get(name);
    if (twin) total += valueSimilarity(value, twin, text);
    else names++;
  }
  return names === 0 ? 1 : total / names;
}

function valueSimilarity(a: ArgumentValue, b: ArgumentValue, text: TextSimilarity): number {
  if (a.kind === 'text' && b.kind === 'text') return TEXT_SIMILARITIES[text](a.words, b.words);
  if (a.kind === 'box' && b.kind === 'box') return boxIou(a.box, b.box);
  return a.kind === 'json' && b.kind === 'json' && a.json === b.json ? 1 : 0;
}

function argumentValue(value: unknown): ArgumentValue {
  if (typeof value === 'string') return { kind: 'text', words: words(value) };
  const box = toBox(value);
  return box ? { kind: 'box', box } : { kind: 'json', json: canonicalJson(value) };
}

function placeOf(call: ToolCall): PreparedCall['place'] {
  if (call.region) return { image: call.region.image, box: call.region.bbox, resolved: true };
  const box = toBox(call.arguments.bbox_2d);
  return box && { image: String(call.arguments.img_idx ?? 0), box, resolved: false };
}

/** Equality of JSON values, whatever the key order of their objects. */
function deepEqual(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
