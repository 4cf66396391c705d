// What the page and the chat worker say to each other. Types alone.
import type { ProxyMarked } from 'comlink';
import type { ChatCheck, ChatGroups, ChatPlan } from '../env/live/index.ts';
import type { BenchmarkName } from '../train/config.ts';
import type { Answer } from './answer.ts';
import type { LiveSetup } from './liveTools.ts';

/** Who plays what. */
export interface ChatSetup extends ChatPlan {
  /** Address that the API's paths begin with. */
  readonly url: string;
  readonly model: string;
  readonly temperature: number;
  readonly benchmark: BenchmarkName;
  /** Tools that are answered elsewhere, as texts of `--tool`. */
  readonly tools: readonly string[];
}

export interface ChatProgress {
  /** Rollouts that have ended, dropped ones too, of all. */
  readonly done: number;
  readonly total: number;
  /** Answers of the model so far. */
  readonly turns: number;
  readonly correct: number;
  readonly dropped: number;
  /** Why the newest rollout was dropped; null: none was. */
  readonly fault: string | null;
}

/** Told at most ten times a second. Must be wrapped in comlink's `proxy()`: a bare function does not compile. */
export type ChatListener = ((progress: ChatProgress) => void) & ProxyMarked;

export interface PlayedChat extends Pick<ChatGroups, 'dropped' | 'faults'> {
  /** The rollout file that `tapo chat --out` writes. */
  readonly file: Blob;
  readonly rollouts: number;
  readonly correct: number;
  /** Rollouts that were asked for; fewer were played where it was stopped. */
  readonly planned: number;
  /** What the live tools have answered, where that is recorded; else empty. */
  readonly cassette: string;
}

export interface ChatApi {
  /** One turn of the first question. `base` is the folder that holds the benchmarks. */
  test(base: string, setup: ChatSetup, live: LiveSetup): Promise<Answer<ChatCheck>>;
  /** An error where nothing could be played to its end. */
  play(base: string, setup: ChatSetup, live: LiveSetup, onProgress: ChatListener): Promise<Answer<PlayedChat>>;
  /** Ends what is under way: a play gives what was played by then, a test an AbortError, and so does a play whose tools are not opened yet. */
  stop(): Promise<void>;
}
