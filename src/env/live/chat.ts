// Another's model at work on our questions: an OpenAI-compatible chat endpoint plays tasks with the benchmark's tools. Its rollouts can be
// credited and shown like any other; it is not trained.
import type { Rollout } from '../../tapo/index.ts';
import { startEpisode, takeAction } from '../episode.ts';
import { type Outcome, outcomeOfEpisode, rolloutSteps } from '../outcome.ts';
import { textHash } from '../textHash.ts';
import type { Picture, Task } from '../types.ts';
import { type AskChatOptions, actionOf, askChat, type ChatMessage } from './askChat.ts';
import { firstMessages, turnMessages, withoutPixels } from './chatMessages.ts';
import { LiveError } from './liveError.ts';

export interface ChatOptions extends AskChatOptions {
  /** The picture that is shown at the start; null for a task without one. */
  readonly overview: (task: Task) => Picture | null;
  readonly reward: (outcome: Outcome) => number;
  /** Hears of every answer of the endpoint. */
  readonly onTurn?: () => void;
}

/** A rollout that has ended, without pixels: a play holds all of its rollouts until it ends. */
export interface ChatRollout {
  /** With what the tools answered, pictures left out. */
  readonly record: Rollout;
  readonly task: Task;
  readonly outcome: Outcome;
  /** What the endpoint failed with; null if it did not. */
  readonly fault: LiveError | null;
  /** What a tool failed with; null if none did. */
  readonly toolFault: string | null;
}

/** Plays one task. A failing endpoint drops the episode, as a failing tool does. Throws the signal's reason. */
export async function playChat(task: Task, name: { readonly group: string; readonly rollout: string }, options: ChatOptions): Promise<ChatRollout> {
  const { tools, overview, reward, onTurn, signal } = options;
  const messages = [...firstMessages(task, overview(task))];
  const tokens: number[] = [];
  let episode = startEpisode(task);
  let fault: LiveError | null = null;
  while (episode.status === 'open') {
    let message: ChatMessage;
    try {
      message = await askChat(messages, options);
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      fault = error;
      episode = { ...episode, status: 'dropped' };
      break;
    }
    onTurn?.();
    const words = message.content.split(/\s+/).filter((word) => word !== '');
    tokens.push(message.tokens ?? words.length);
    episode = await takeAction(episode, words, actionOf(message, tools), tools, { key: textHash(name.rollout), signal });
    messages.push(...turnMessages(message, episode.turns.at(-1)?.observation ?? null, episode.images.length - 1));
  }
  const outcome = outcomeOfEpisode(episode);
  const steps = rolloutSteps(episode.turns).map((step, i) => {
    const observation = episode.turns[i]?.observation ?? null;
    return { ...step, tokens: tokens[i] ?? step.tokens, ...(observation ? { observation: withoutPixels(observation) } : {}) };
  });
  const record = { ...name, reward: outcome.dropped ? 0 : reward(outcome), correct: outcome.correct, steps };
  const last = episode.turns.at(-1)?.observation;
  return { record, task, outcome, fault, toolFault: last?.kind === 'error' && last.cause === 'infrastructure' ? last.message : null };
}
