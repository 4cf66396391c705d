// How alike two calls of one tool are, in [0, 1]: one function a tool kind, and the table kind → similarity.
// Lexical and geometric only: TAPO adds no model (arXiv:2606.05784); the exact forms are our choice (docs/decisions.md).
import { type BoxSimilarity, boxGiou, boxIou, toBox } from './boxes.ts';
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
}

/** A call with what its comparison needs, computed once. */
export interface PreparedCall {
  /** Calls are compared only if their tools, name and kind, are equal. */
  readonly tool: string;
  /** Equal keys mean equal parameters: such calls have the same similarity to every other call. */
  readonly key: string;
  readonly call: ToolCall;
  /** The prompt's group: image searches without a region looked at the same picture only if their groups are equal. */
  readonly group: string;
  /** The box and the image it lies in, where the call has one. An image that is only an index (`resolved` false) counts within its group. */
  readonly place: { readonly image: string; readonly box: Box; readonly resolved: boolean } | null;
  /** The words of `query`; null if the call has no string of that name. */
  readonly query: readonly string[] | null;
}

/** Computes once what all comparisons of a call need; `group` is the prompt that it belongs to. */
export function prepareCall(call: ToolCall, group = ''): PreparedCall {
  const place = placeOf(call);
  const withinGroup = call.kind === 'image' || (call.kind === 'region' && place?.resolved === false);
  return {
    tool: JSON.stringify([call.name, call.kind]),
    key: canonical([call.name, call.kind, call.arguments, call.region ?? null, withinGroup ? group : '']),
    call,
    group,
    place,
    query: typeof call.arguments.query === 'string' ? words(call.arguments.query) : null,
  };
}

/** Similarity of two calls of the same tool, in [0, 1] (boxGiou: clipped to that range); 0 for calls of different tools. */
export function callSimilarity(a: PreparedCall, b: PreparedCall, options: SimilarityOptions = {}): number {
  if (a.tool !== b.tool) return 0;
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
  return region === 'iou' ? overlap : overlap * TEXT_SIMILARITIES[text](labelWords(a.call), labelWords(b.call));
}

function labelWords(call: ToolCall): readonly string[] {
  return typeof call.arguments.label === 'string' ? words(call.arguments.label) : [];
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
  const p = a.call.arguments;
  const q = b.call.arguments;
  if (other === 'exact') return deepEqual(p, q) ? 1 : 0;
  const names = new Set([...Object.keys(p), ...Object.keys(q)]);
  if (names.size === 0) return 1;
  let total = 0;
  for (const name of names) if (Object.hasOwn(p, name) && Object.hasOwn(q, name)) total += valueSimilarity(p[name], q[name], text);
  return total / names.size;
}

function valueSimilarity(a: unknown, b: unknown, text: TextSimilarity): number {
  if (typeof a === 'string' && typeof b === 'string') return TEXT_SIMILARITIES[text](words(a), words(b));
  const p = toBox(a);
  const q = toBox(b);
  if (p && q) return boxIou(p, q);
  return deepEqual(a, b) ? 1 : 0;
}

function placeOf(call: ToolCall): PreparedCall['place'] {
  if (call.region) return { image: call.region.image, box: call.region.bbox, resolved: true };
  const box = toBox(call.arguments.bbox_2d);
  return box && { image: String(call.arguments.img_idx ?? 0), box, resolved: false };
}

function deepEqual(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** JSON with the keys of every object in order, so that equal values have equal text whatever their key order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([p], [q]) => (p < q ? -1 : 1))
      .map(([name, v]) => `${JSON.stringify(name)}:${canonical(v)}`)
      .join(',')}}`;
  return JSON.stringify(value === 0 ? 0 : value) ?? 'undefined';
}
