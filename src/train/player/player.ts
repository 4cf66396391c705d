// Everything that "Try it" does, without a worker around it: plays by number, policies by name, comparisons.
import type { Benchmark, Tool } from '../../env/types.ts';
import type { PolicyState } from '../../policy/types.ts';
import { buildCodec } from '../codec.ts';
import { type Continuations, continuePlay } from './continuations.ts';
import { type HoldOptions, holdAgainst } from './holdAgainst.ts';
import { createMover, type MoveOptions, type PlayParts } from './moves.ts';
import { type OwnTurn, tokenOfWord, tokensOfTurn } from './ownTurn.ts';
import { type Play, type PlaySettings, playBefore, startPlay, type TokenPlace } from './play.ts';
import { type PlayView, playView, type Question, type QuestionPlace, questionOf, taskAt, type WrittenQuestion } from './playView.ts';
import type { PairedShares } from './shares.ts';
import { createShelf, type ShelfEntry } from './shelf.ts';

export interface PlayerParts {
  readonly benchmark: Benchmark;
  readonly tools: readonly Tool[];
  readonly base: PolicyState;
}

/** A play by its number, as it is now. Numbers are given once; a play that was gone back on keeps its own. */
export interface NumberedPlay {
  readonly play: number;
  readonly view: PlayView;
}

export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** Called after every token. */
  readonly onView?: (numbered: NumberedPlay) => void;
}

export interface RerollOptions {
  /** From before this turn; absent: from where the play stands. */
  readonly turn?: number;
  readonly count: number;
  /** Number of the first: later calls add to earlier ones. Default 0. */
  readonly first?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export type Player = ReturnType<typeof createPlayer>;

export function createPlayer({ benchmark, tools, base }: PlayerParts) {
  const codec = buildCodec(benchmark.vocabulary)();
  const shelf = createShelf(base, codec);
  const parts: PlayParts = { benchmark, codec, tools, policyOf: shelf.get };
  const mover = createMover(parts);
  const plays = new Map<number, Play>();
  let numbers = 0;

  const playOf = (play: number): Play => {
    const known = plays.get(play);
    if (!known) throw new RangeError(`player: no play ${play}; start one`);
    return known;
  };
  const shown = (play: number): NumberedPlay => ({ play, view: playView(playOf(play), codec) });

  /** Makes moves in a play; what was reached is kept, also where a later move failed or was stopped. */
  const advance = async (play: number, moves: (from: Play, options: MoveOptions) => Promise<Play>, { signal, onView }: WatchOptions): Promise<NumberedPlay> => {
    const onToken = (reached: Play): void => {
      plays.set(play, reached);
      onView?.(shown(play));
    };
    await moves(playOf(play), { ...(signal ? { signal } : {}), onToken });
    return shown(play);
  };
  const added = (play: Play): number => {
    plays.set(numbers, play);
    return numbers++;
  };

  return {
    /** Words that a person may write: all but those that a policy only reads, and tags. */
    words: (): readonly string[] => {
      const unwritable = new Set(codec.unwritable);
      const all = Array.from({ length: codec.vocabularySize }, (_, id) => id).filter((id) => !unwritable.has(id));
      return codec.decodeTurn(all).filter((word) => !/^<|_tool$|^img_/.test(word));
    },
    /** Questions from a place on. */
    questions: (first: QuestionPlace, count: number): readonly Question[] =>
      Array.from({ length: count }, (_, i) => questionOf(taskAt(benchmark, { ...first, index: first.index + i }))),
    policies: (): readonly ShelfEntry[] => shelf.entries(),
    loadPolicy: (bytes: Uint8Array, name: string): ShelfEntry => shelf.load(bytes, name),

    /** A new play of a question. */
    async start(question: QuestionPlace | WrittenQuestion, settings: PlaySettings): Promise<NumberedPlay> {
      const play = startPlay(benchmark, codec, taskAt(benchmark, question), settings);
      return shown(added(await mover.look(play)));
    },
    stepToken: (play: number, options: WatchOptions = {}) => advance(play, mover.stepToken, options),
    stepTurn: (play: number, options: WatchOptions = {}) => advance(play, mover.stepTurn, options),
    finish: (play: number, options: WatchOptions = {}) => advance(play, mover.finish, options),
    /** A person plays the turn in the policy's stead; what was begun of it stays in the old play, and a new one goes on. */
    async playTurn(play: number, turn: OwnTurn, options: WatchOptions = {}): Promise<NumberedPlay> {
      const tokens = tokensOfTurn(turn, codec);
      const from = playOf(play);
      return advance(from.draft.length === 0 ? play : added(from), (current, each) => mover.writeTurn(current, tokens, each), options);
    },
    /** A new play that goes on from a place with another word there. */
    async choose(play: number, place: TokenPlace, word: string, options: WatchOptions = {}): Promise<NumberedPlay> {
      const token = tokenOfWord(word, codec);
      const from = playOf(play);
      const atEnd = place.turn === from.turns.length && place.token === from.draft.length; // nothing is left behind
      return advance(atEnd ? play : added(playBefore(from, place)), (current, each) => mover.writeAt(current, place, token, each), options);
    },
    async reroll(play: number, { turn, ...options }: RerollOptions): Promise<Continuations> {
      const from = playOf(play);
      return continuePlay(turn === undefined ? from : playBefore(from, { turn, token: 0 }), parts, options);
    },
    /** Both policies on the same questions: the first against the second. */
    async hold(names: readonly [string, string], options: HoldOptions): Promise<PairedShares> {
      return holdAgainst([shelf.get(names[0]), shelf.get(names[1])], parts, options);
    },
    /** Forgets plays that nobody will go back to. */
    forget(some: readonly number[]): void {
      for (const play of some) plays.delete(play);
    },
    dispose(): void {
      mover.dispose();
      shelf.dispose();
      plays.clear();
    },
  };
}
