// A tool call of another program as ours: which kind it is, so that it is compared in a fitting way.
import type { ToolCall, ToolKind } from '../../tapo/index.ts';
import { isRecord, type JsonRecord } from './format.ts';

/** Tools that have these names in the papers' code, and their kinds there. */
const KNOWN: ReadonlyMap<string, ToolKind> = new Map([
  ['image_zoom_in_tool', 'region'],
  ['image_search_tool', 'image'],
  ['text_search_tool', 'text'],
]);

/** What `kindOf` does, for people. */
export const KINDS_ASSUMED =
  'A call with a "bbox_2d" is compared by its box, one with a "query" by its words, any other argument by argument; the file does not say how.';

export function foreignCall(name: string, args: JsonRecord): ToolCall {
  return { name, kind: KNOWN.get(name) ?? kindOf(args), arguments: args };
}

/** The call of `{"name": …, "arguments": {…} or JSON text}`; null where it is none. */
export function callOf(value: unknown): ToolCall | null {
  if (!isRecord(value) || typeof value.name !== 'string') return null;
  const given = value.arguments ?? value.parameters ?? {};
  const args = typeof given === 'string' ? parsed(given) : given;
  return isRecord(args) ? foreignCall(value.name, args) : null;
}

/** The value of a JSON text; null where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function kindOf(args: JsonRecord): ToolKind {
  const { bbox_2d: box, query } = args;
  if (Array.isArray(box) && box.length === 4 && box.every((x) => typeof x === 'number')) return 'region';
  return typeof query === 'string' ? 'text' : 'other';
}
