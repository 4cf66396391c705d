// One question being worked on: a record that a turn makes a new record from. It can be kept, copied, saved and restored at any step.
import { type Box, hash32 } from '../tapo/index.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { modelError } from './errors.ts';
import { type Action, parseTurn } from './parse.ts';
import type { Observation, Picture, Task, Tool } from './types.ts';
import { boundVariables } from './variables.ts';

/** Tool turns of an episode at most, unless its task has a limit of its own; after them only an answer is taken. */
export const MAX_TOOL_TURNS = 6;

export interface Turn {
  /** Texts of the model's tokens. */
  readonly words: readonly string[];
  readonly action: Action;
  /** What the tool answered; null for an answer, and for a turn that ended the episode. */
  readonly observation: Observation | null;
}

/** open: the policy is to move · answered · malformed: ended without an answer · dropped: the world failed, nobody's fault. */
export type EpisodeStatus = 'open' | 'answered' | 'malformed' | 'dropped';

export interface Episode {
  readonly task: Task;
  /** Boxes in the root image of the images seen so far; the first is the whole picture, null one from elsewhere. */
  readonly images: readonly (Box | null)[];
  readonly turns: readonly Turn[];
  readonly status: EpisodeStatus;
}

export function startEpisode(task: Task): Episode {
  return { task, images: [[0, 0, 1000, 1000]], turns: [], status: 'open' };
}

export interface TurnOptions {
  readonly signal?: AbortSignal | undefined;
  /** Key of the rollout, unsigned 32-bit: what a stochastic tool draws by. Default 0. */
  readonly key?: number;
}

/**
 * The episode after one turn of the policy, with the tool's answer. A tool that throws makes an infrastructure error, which drops the
 * episode; an abort is thrown on.
 */
export async function takeTurn(episode: Episode, words: readonly string[], tools: readonly Tool[], options: TurnOptions = {}): Promise<Episode> {
  return takeAction(episode, words, parseTurn(words, tools), tools, options);
}

/** As takeTurn, for a policy that does not write its calls as words: `words` are then what it said beside them. */
export async function takeAction(
  episode: Episode,
  words: readonly string[],
  action: Action,
  tools: readonly Tool[],
  options: TurnOptions = {},
): Promise<Episode> {
  if (episode.status !== 'open') throw new RangeError(`takeAction: expected an open episode, got one that is ${episode.status}`);
  if (action.kind === 'answer') return withTurn(episode, { words, action, observation: null }, 'answered');
  if (episode.turns.length >= (episode.task.toolTurns ?? MAX_TOOL_TURNS)) return withTurn(episode, { words, action, observation: null }, 'malformed');
  if (action.kind === 'malformed') return withTurn(episode, { words, action, observation: modelError('malformed call') }, 'open');
  const observation = await callTool(action, episode, tools, options);
  return withTurn(episode, { words, action, observation }, observation.kind === 'error' && observation.cause === 'infrastructure' ? 'dropped' : 'open');
}

/** The open episode as it was before turn number `turn`: tools are deterministic, so it can be gone on from. */
export function episodeBefore({ task, turns }: Episode, turn: number): Episode {
  return turns.slice(0, turn).reduce((episode, each) => withTurn(episode, each, 'open'), startEpisode(task));
}

/** Ends an open episode without an answer: its text has no room for another turn. */
export function cutShort(episode: Episode): Episode {
  return episode.status === 'open' ? { ...episode, status: 'malformed' } : episode;
}

async function callTool(
  action: Action & { kind: 'call' },
  { task, images, turns }: Episode,
  tools: readonly Tool[],
  { signal, key = 0 }: TurnOptions,
): Promise<Observation> {
  const tool = tools.find(({ name }) => name === action.tool) as Tool;
  try {
    const picture = lastPicture(turns);
    const context = { task, images, variables: boundVariables(turns), draw: hash32(key, turns.length), ...(picture ? { picture } : {}) };
    return await tool.call(action.arguments, context, signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'error', cause: 'infrastructure', message: error instanceof Error ? error.message : String(error) };
  }
}

function lastPicture(turns: readonly Turn[]): Picture | null {
  return turns.flatMap(({ observation }) => (observation?.kind === 'image' || observation?.kind === 'picture' ? [observation.picture] : [])).at(-1) ?? null;
}

function withTurn(episode: Episode, turn: Turn, status: EpisodeStatus): Episode {
  const { observation } = turn;
  const seen = observation?.kind === 'image' ? [observation.region.bbox] : observation?.kind === 'picture' ? [null] : [];
  return { ...episode, images: [...episode.images, ...seen], turns: [...episode.turns, turn], status };
}

/** An episode as JSON text; pictures are kept, so that restoring needs no tool. */
export function saveEpisode(episode: Episode): string {
  return JSON.stringify(episode, (_, value) => (value instanceof Uint8Array ? { base64: toBase64(value) } : value));
}

/** The episode that `saveEpisode` wrote. Throws SyntaxError for text that is no JSON. */
export function restoreEpisode(text: string): Episode {
  return JSON.parse(text, (_, value) => (typeof value?.base64 === 'string' ? fromBase64(value.base64) : value)) as Episode;
}
