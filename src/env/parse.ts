// What a turn says: from the texts of the model's tokens to a call, an answer, or nothing that can be carried out.
import type { ToolKind } from '../tapo/index.ts';
import type { Tool } from './types.ts';

export type Action =
  | { readonly kind: 'call'; readonly tool: string; readonly toolKind: ToolKind; readonly arguments: Readonly<Record<string, unknown>>; readonly start: number }
  | { readonly kind: 'answer'; readonly text: string; readonly start: number }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Tokens that every conversation is made of. */
export const CONVERSATION_TAGS: readonly string[] = [
  '<pad>',
  '<question>',
  '</question>',
  '<think>',
  '</think>',
  '<tool_call>',
  '</tool_call>',
  '<tool_response>',
  '</tool_response>',
  '<document>',
  '<answer>',
  '</answer>',
];

/** Tokens that end a turn. */
export const TURN_ENDS: readonly string[] = ['</tool_call>', '</answer>'];

/**
 * A turn is `<think> … </think>` (may be absent), then `<tool_call> name arguments </tool_call>` or `<answer> … </answer>`.
 * `start` is the index of the token that opens the call or the answer.
 */
export function parseTurn(words: readonly string[], tools: readonly Pick<Tool, 'name' | 'kind' | 'argument'>[]): Action {
  const start = words[0] === '<think>' ? words.indexOf('</think>') + 1 : 0;
  const body = words.slice(start + 1, -1);
  const [open, close] = [words[start], words[words.length - 1]];
  if (words[0] === '<think>' && start === 0) return malformed('the thought is not closed');
  if (body.some((word) => word.startsWith('<'))) return malformed('a tag stands where a word was expected');
  if (open === '<answer>' && close === '</answer>') return { kind: 'answer', text: body.join(' '), start };
  if (open !== '<tool_call>' || close !== '</tool_call>') return malformed('expected a call or an answer');
  const tool = tools.find(({ name }) => name === body[0]);
  if (!tool) return malformed(`no tool "${body[0] ?? ''}"`);
  const args = parseArguments(tool, body.slice(1));
  return args ? { kind: 'call', tool: tool.name, toolKind: tool.kind, arguments: args, start } : malformed(`the arguments of ${tool.name} cannot be read`);
}

function parseArguments({ kind, argument = 'input' }: Pick<Tool, 'kind' | 'argument'>, words: readonly string[]): Record<string, unknown> | null {
  switch (kind) {
    case 'region': {
      const box = words.slice(0, 4).map(Number);
      const image = /^img_(\d+)$/.exec(words[4] ?? '');
      return words.length === 5 && image && box.every(Number.isFinite) ? { bbox_2d: box, img_idx: Number(image[1]) } : null;
    }
    case 'image':
      return words.length === 0 ? {} : null;
    case 'text':
      return { query: words.join(' ') };
    case 'other':
      return { [argument]: words.join(' ') };
    default:
      return kind satisfies never;
  }
}

function malformed(reason: string): Action {
  return { kind: 'malformed', reason };
}
