// Moves of a play: write a token, let the world answer a whole turn. The policy's session stands where the play last moved.
import { cutShort, type TurnOptions, takeTurn } from '../../env/episode.ts';
import type { Benchmark, Tool } from '../../env/types.ts';
import type { DecodeSession, NextTokens, Policy, Segment } from '../../policy/types.ts';
import { breathe } from '../breathe.ts';
import type { Codec } from '../codec.ts';
import { type RolloutState, TURN_TOKENS } from '../rollout.ts';
import { addSegment, addWritten, copyTranscript, segmentOf } from '../transcript.ts';
import { type Outlook, type Play, playBefore, type TokenPlace, type WrittenToken } from './play.ts';

/** Alternatives that are kept of a place. */
const ALTERNATIVES = 5;

export interface PlayParts {
  readonly benchmark: Benchmark;
  readonly codec: Codec;
  readonly tools: readonly Tool[];
  /** A policy by its name. Throws RangeError if there is none. */
  policyOf(name: string): Policy;
}

export interface MoveOptions {
  readonly signal?: AbortSignal;
  /** Called after every token. */
  readonly onToken?: (play: Play) => void;
}

/** A play's moves. Every one gives a new play; the old one can still be gone on from. */
export interface Mover {
  /** The play with what the policy would write next. */
  look(play: Play): Promise<Play>;
  /** The policy writes one token; one that ends the turn is answered. */
  stepToken(play: Play, options?: MoveOptions): Promise<Play>;
  /** The policy writes the rest of the turn. */
  stepTurn(play: Play, options?: MoveOptions): Promise<Play>;
  /** The policy plays to the end. */
  finish(play: Play, options?: MoveOptions): Promise<Play>;
  /** A person writes a whole turn; what was begun of it is dropped. */
  writeTurn(play: Play, tokens: readonly number[], options?: MoveOptions): Promise<Play>;
  /** Goes on from a place with another token there. */
  writeAt(play: Play, place: TokenPlace, token: number, options?: MoveOptions): Promise<Play>;
  dispose(): void;
}

/** A row of a session that has read all of a play, and what may come next there. */
interface Seat {
  readonly policy: Policy;
  readonly session: DecodeSession;
  readonly row: number;
  readonly play: Play;
  readonly next: NextTokens;
}

export function createMover(parts: PlayParts): Mover {
  const { codec } = parts;
  let seat: Seat | null = null;

  const leave = (): void => {
    seat?.session.dispose();
    seat = null;
  };

  /** The seat of a play; one that stands elsewhere reads the play anew. */
  const sit = async (play: Play): Promise<Seat> => {
    const policy = parts.policyOf(play.policy);
    if (seat?.play === play && seat.policy === policy) return seat;
    leave();
    const session = policy.startSession();
    const row = session.open();
    await session.append([row], [segmentOf(play.transcript)]);
    seat = { policy, session, row, play, next: await session.next(row, policy.shape.vocabulary) };
    return seat;
  };

  /** Adds a token, drawn or given. */
  const write = async (play: Play, given: number | null, { signal, onToken }: MoveOptions): Promise<Play> => {
    if (play.episode.status !== 'open') throw new RangeError(`play: the question is over (${play.episode.status}); go back to an earlier turn`);
    await breathe();
    signal?.throwIfAborted();
    const { policy, session, row, next } = await sit(play);
    seat = null; // taken again at the end: a move that fails half-way leaves no seat behind
    try {
      const token = given ?? (await drawn(session, row, play, codec.stopTokens));
      if (given !== null) await session.append([row], [{ tokens: [given], patchAt: [], patches: NOTHING }]);
      const transcript = copyTranscript(play.transcript);
      addWritten(transcript, [token]);
      const draft = [...play.draft, weigh(next, token, given === null ? 'policy' : 'person')];
      const { context } = policy.shape;
      const ended = codec.stopTokens.includes(token) || draft.length >= TURN_TOKENS || transcript.tokens.length >= context;
      const closed = ended ? await closeTurn({ episode: play.episode, transcript }, draft, parts, context, { key: play.key, signal }) : null;
      if (closed?.read) await session.append([row], [closed.read]);
      const open = closed === null || closed.state.episode.status === 'open';
      const following = open ? await session.next(row, policy.shape.vocabulary) : null;
      const moved: Play = {
        ...play,
        ...(closed ? { ...closed.state, turns: [...play.turns, draft], draft: [] } : { transcript, draft }),
        upcoming: following && outlookOf(following),
      };
      if (following) seat = { policy, session, row, play: moved, next: following };
      else session.dispose();
      onToken?.(moved);
      return moved;
    } catch (error) {
      session.dispose();
      throw error;
    }
  };

  const stepTurn = async (play: Play, options: MoveOptions): Promise<Play> => {
    let current = play;
    do current = await write(current, null, options);
    while (current.draft.length > 0);
    return current;
  };

  return {
    async look(play) {
      const { next, ...rest } = await sit(play);
      const looked = { ...play, upcoming: outlookOf(next) };
      seat = { ...rest, next, play: looked };
      return looked;
    },
    stepToken: (play, options = {}) => write(play, null, options),
    stepTurn: (play, options = {}) => stepTurn(play, options),
    async finish(play, options = {}) {
      let current = play;
      while (current.episode.status === 'open') current = await stepTurn(current, options);
      return current;
    },
    async writeTurn(play, tokens, options = {}) {
      let current = playBefore(play, { turn: play.turns.length, token: 0 });
      for (const token of tokens) current = await write(current, token, options);
      return current;
    },
    writeAt: (play, place, token, options = {}) => write(playBefore(play, place), token, options),
    dispose: leave,
  };
}

/** A state after a turn, the last of its transcript, and what of the world's answer there is to read. One without room for another turn ends. */
export async function closeTurn(
  { episode, transcript }: RolloutState,
  written: readonly { readonly token: number }[],
  { codec, tools }: Pick<PlayParts, 'codec' | 'tools'>,
  context: number,
  options: TurnOptions,
): Promise<{ readonly state: RolloutState; readonly read: Segment | null }> {
  const words = codec.decodeTurn(written.map(({ token }) => token));
  const after = await takeTurn(episode, words, tools, options);
  const observation = after.turns.at(-1)?.observation;
  if (after.status !== 'open' || !observation) return { state: { episode: after, transcript }, read: null };
  const read = codec.observation(observation);
  if (transcript.tokens.length + read.tokens.length + TURN_TOKENS > context) return { state: { episode: cutShort(after), transcript }, read: null };
  const longer = copyTranscript(transcript);
  addSegment(longer, read);
  return { state: { episode: after, transcript: longer }, read };
}

async function drawn(session: DecodeSession, row: number, { key, temperature }: Play, stopTokens: readonly number[]): Promise<number> {
  const [turn] = await session.decodeTurn([row], { maxTokens: 1, stopTokens, keys: [key], temperature });
  return turn?.tokens[0] as number;
}

const NOTHING = new Float32Array(0);

function outlookOf({ tokens, logProbs }: NextTokens): Outlook {
  return {
    likeliest: { tokens: tokens.slice(0, ALTERNATIVES), logProbs: logProbs.slice(0, ALTERNATIVES) },
    entropy: -logProbs.reduce((sum, l) => sum + Math.exp(l) * l, 0),
  };
}

/** Throws RangeError for a token that no policy writes. */
function weigh(next: NextTokens, token: number, by: WrittenToken['by']): WrittenToken {
  const logProb = next.logProbs[next.tokens.indexOf(token)];
  if (logProb === undefined) throw new RangeError(`play: token ${token} can be read but is never written; choose another`);
  return { ...outlookOf(next), token, logProb, by };
}
