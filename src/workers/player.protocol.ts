// What the page and the player worker say to each other. Types alone.
import type { ProxyMarked } from 'comlink';
import type { Split } from '../env/types.ts';
import type { BackendReport } from '../policy/backend.ts';
import type { Continuations } from '../train/player/continuations.ts';
import type { OwnTurn } from '../train/player/ownTurn.ts';
import type { PlaySettings, TokenPlace } from '../train/player/play.ts';
import type { NumberedPlay } from '../train/player/player.ts';
import type { Question, QuestionPlace, WrittenQuestion } from '../train/player/playView.ts';
import type { PairedShares } from '../train/player/shares.ts';
import type { ShelfEntry } from '../train/player/shelf.ts';
import type { Answer } from './answer.ts';
import type { WorkshopSetup } from './workshop.ts';

/** What the page needs to know before the first question. */
export interface PlayerReport {
  readonly backend: BackendReport;
  readonly presets: readonly string[];
  readonly policies: readonly ShelfEntry[];
  /** Words that a person may write. */
  readonly words: readonly string[];
}

/** Hears of tokens while they are written, as fast as one can see. Must be wrapped in comlink's `proxy()`: a bare function does not compile. */
export type ViewListener = ((numbered: NumberedPlay) => void) & ProxyMarked;
/** Hears of done and total. */
export type ProgressListener = ((done: number, total: number) => void) & ProxyMarked;

export interface Comparison {
  /** The second is what the first is held against. */
  readonly policies: readonly [string, string];
  readonly preset: string;
  readonly split: Split;
  readonly tasks: number;
  /** 1 samples, 0 is greedy. */
  readonly temperature: number;
}

/** Calls are carried out one after the other. `stop` is heard at once; what it ends answers with an error named AbortError. */
export interface PlayerApi {
  /** Loads the benchmark, the base policy and a backend; `tools` leads to the tools worker. */
  prepare(setup: WorkshopSetup, tools: MessagePort): Promise<Answer<PlayerReport>>;
  questions(first: QuestionPlace, count: number): Promise<Answer<readonly Question[]>>;
  /** A safetensors file as a policy of that name; gives all policies. Refuses what cannot read this world. */
  loadPolicy(bytes: Uint8Array, name: string): Promise<Answer<readonly ShelfEntry[]>>;
  /** A new play of a question. */
  start(question: QuestionPlace | WrittenQuestion, settings: PlaySettings): Promise<Answer<NumberedPlay>>;
  stepToken(play: number): Promise<Answer<NumberedPlay>>;
  stepTurn(play: number, listener: ViewListener): Promise<Answer<NumberedPlay>>;
  finish(play: number, listener: ViewListener): Promise<Answer<NumberedPlay>>;
  /** A person plays the turn in the policy's stead. */
  playTurn(play: number, turn: OwnTurn): Promise<Answer<NumberedPlay>>;
  /** Goes on from a place with another word there, as a new play if anything was written after it. */
  choose(play: number, place: TokenPlace, word: string): Promise<Answer<NumberedPlay>>;
  /** `count` continuations from before a turn, or, with null, from where the play stands; `first` were made before. */
  reroll(
    play: number,
    turn: number | null,
    range: { readonly first: number; readonly count: number },
    listener: ProgressListener,
  ): Promise<Answer<Continuations>>;
  /** Both policies on the same questions, under the same keys. */
  hold(comparison: Comparison, listener: ProgressListener): Promise<Answer<PairedShares>>;
  forget(plays: readonly number[]): Promise<Answer<void>>;
  /** Ends what is under way; what was written by then is kept. */
  stop(): Promise<void>;
}
