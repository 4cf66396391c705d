// One turn of a model behind an OpenAI-compatible chat endpoint: the messages so far go there, and its next message comes back.
import * as v from 'valibot';
import type { Action } from '../parse.ts';
import type { Tool } from '../types.ts';
import { checked, joinPath } from './answers.ts';
import type { LiveClient } from './liveClient.ts';

export interface AskChatOptions {
  /** A model may think for long: give it a client with a time limit of minutes. */
  readonly client: LiveClient;
  /** Address that the API's paths begin with, for example http://localhost:11434/v1. */
  readonly url: string;
  readonly model: string;
  readonly tools: readonly Tool[];
  /** Default 1. */
  readonly temperature?: number;
  readonly signal?: AbortSignal;
}

/** What the model said. Keys that the endpoint gave back are blotted out. */
export interface ChatMessage {
  readonly content: string;
  /** Its first call, as it was sent; null where it called nothing. */
  readonly call: { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } } | null;
  /** Tokens that the endpoint counted; null where it does not say. */
  readonly tokens: number | null;
}

const Answer = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        message: v.object({
          content: v.nullish(v.string(), ''),
          tool_calls: v.nullish(v.array(v.object({ id: v.string(), function: v.object({ name: v.string(), arguments: v.string() }) })), []),
        }),
      }),
    ),
    v.minLength(1),
  ),
  usage: v.nullish(v.object({ completion_tokens: v.optional(v.number()) })),
});
type Choice = v.InferOutput<typeof Answer>['choices'][number];

/** Throws LiveError, in the endpoint's own words where it refused, or the signal's reason. */
export async function askChat(
  messages: readonly unknown[],
  { client, model, tools, temperature = 1, signal, ...options }: AskChatOptions,
): Promise<ChatMessage> {
  const url = joinPath(options.url, 'chat/completions');
  const body = { model, messages, tools: tools.map(({ schema }) => schema), temperature, parallel_tool_calls: false };
  const json = await client.json(url, { method: 'POST', body, refusal: refusalOf, ...(signal ? { signal } : {}) });
  const { choices, usage } = checked(url, 'the answer of a chat endpoint, {"choices":[{"message"}]}', Answer, json);
  const { message } = choices[0] as Choice;
  const [call] = message.tool_calls ?? [];
  const { redact } = client.keys;
  return {
    content: redact(message.content ?? ''),
    call: call ? { id: call.id, function: { name: redact(call.function.name), arguments: redact(call.function.arguments) } } : null,
    tokens: usage?.completion_tokens ?? null,
  };
}

/** The call that a message makes, or else its answer. */
export function actionOf({ content, call }: ChatMessage, tools: readonly Tool[]): Action {
  if (!call) return { kind: 'answer', text: (/<answer>([\s\S]*?)<\/answer>/.exec(content)?.[1] ?? content).trim(), start: 0 };
  const tool = tools.find(({ name }) => name === call.function.name);
  if (!tool) return { kind: 'malformed', reason: `no tool "${call.function.name}"` };
  const args = parsedObject(call.function.arguments);
  if (!args) return { kind: 'malformed', reason: `the arguments of ${tool.name} cannot be read` };
  return { kind: 'call', tool: tool.name, toolKind: tool.kind, arguments: args, start: 0 };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const Refusal = v.union([
  v.pipe(
    v.object({ error: v.object({ message: v.string() }) }),
    v.transform(({ error }) => error.message),
  ),
  v.pipe(
    v.object({ error: v.string() }),
    v.transform(({ error }) => error),
  ),
  v.pipe(
    v.object({ object: v.literal('error'), message: v.string() }),
    v.transform(({ message }) => message),
  ),
]);

/** Why an endpoint refuses: the shapes of OpenAI, of Ollama, and of older servers. */
function refusalOf(body: unknown): string | null {
  const result = v.safeParse(Refusal, body);
  return result.success ? result.output : null;
}
