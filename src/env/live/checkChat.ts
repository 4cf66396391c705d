// One call to a chat endpoint, to see whether it works: the first turn of a question, with everything that a play sends.
import type { Action } from '../parse.ts';
import type { Picture, Task } from '../types.ts';
import { type AskChatOptions, actionOf, askChat } from './askChat.ts';
import { firstMessages } from './chatMessages.ts';
import { LiveError } from './liveError.ts';

export type ChatCheck =
  /** What the model made of the question; `said` is what it wrote. */
  { readonly ok: true; readonly question: string; readonly action: Action; readonly said: string } | { readonly ok: false; readonly explanation: string };

/** Throws the signal's reason. */
export async function checkChat(task: Task, picture: Picture | null, options: AskChatOptions): Promise<ChatCheck> {
  try {
    const message = await askChat(firstMessages(task, picture), options);
    return { ok: true, question: task.question, action: actionOf(message, options.tools), said: message.content };
  } catch (error) {
    if (error instanceof LiveError) return { ok: false, explanation: error.message };
    throw error;
  }
}
