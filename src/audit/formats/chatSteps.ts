// Steps of a rollout that is a list of messages: an assistant's message gives one step for each of its tool calls, or one without a call.
import type { Step } from '../../tapo/index.ts';
import { callOf, parsed } from './foreignCall.ts';
import { isRecord, type JsonRecord } from './format.ts';
import { countWords, textSteps } from './textSteps.ts';

/** What is taken for granted of messages, for people. */
export const CHAT_ASSUMED: readonly string[] = [
  'Each call of a message’s "tool_calls" is a step; calls inside of the text are read from <tool_call>{"name": …, "arguments": …}</tool_call>.',
  'Every call that could be read is taken as executed: the messages do not say which failed.',
];

/** Whether a value can be a list of messages. */
export function isChat(value: unknown): value is readonly JsonRecord[] {
  return Array.isArray(value) && value.length > 0 && value.every((message) => isRecord(message) && typeof message.role === 'string');
}

/** The steps of the assistant's messages; `tokensOf` knows their tokens, else they are counted as words. */
export function chatSteps(messages: readonly JsonRecord[], tokensOf: (message: JsonRecord) => number | null = () => null): Step[] {
  const steps: Step[] = [];
  const byId = new Map<string, number>(); // call id → step
  for (const message of messages) {
    if (message.role === 'assistant') {
      for (const { step, id } of assistantSteps(message, tokensOf(message))) {
        if (id !== null) byId.set(id, steps.length);
        steps.push(step);
      }
    } else if (message.role === 'tool' || (message.role === 'user' && steps.length > 0)) {
      const at = (typeof message.tool_call_id === 'string' ? byId.get(message.tool_call_id) : undefined) ?? steps.length - 1;
      const step = steps[at];
      if (step) steps[at] = { ...step, observation: [step.observation, messageText(message.content)].filter((part) => part !== undefined).join('\n') };
    }
  }
  return steps;
}

/** The text of a message: as it is, or its parts of text. */
export function messageText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.flatMap((part: unknown) => (isRecord(part) && typeof part.text === 'string' ? [part.text] : [])).join('\n');
}

function assistantSteps(message: JsonRecord, tokens: number | null): readonly { readonly step: Step; readonly id: string | null }[] {
  const thought = typeof message.reasoning_content === 'string' && message.reasoning_content !== '' ? `<think>${message.reasoning_content}</think>\n` : '';
  const text = (thought + messageText(message.content)).trim();
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  if (calls.length === 0) {
    const steps = textSteps(text);
    if (steps.length <= 1) return [{ step: { ...(steps[0] ?? { text }), tokens: tokens ?? countWords(text) }, id: null }];
    return steps.map((step, s) => ({ step: tokens === null ? step : { ...step, tokens: s === 0 ? tokens : 0 }, id: null }));
  }
  return calls.map((given: unknown, c) => {
    const entry = typeof given === 'string' ? parsed(given) : given; // prime-rl saves each as JSON text
    const record = isRecord(entry) ? entry : {};
    const tool = callOf(isRecord(record.function) ? record.function : record);
    const said = c === 0 ? text : '';
    const words = countWords(said) + countWords(tool ? JSON.stringify(tool.arguments) : '');
    return {
      step: { tokens: c === 0 ? (tokens ?? words) : tokens === null ? words : 0, ...(tool ? { tool } : {}), text: said },
      id: typeof record.id === 'string' ? record.id : null,
    };
  });
}
