// A question being played token by token, by a policy or by a person: an immutable record that every move makes a new one from.
import { type Episode, episodeBefore, startEpisode } from '../../env/episode.ts';
import type { Benchmark, Task } from '../../env/types.ts';
import type { NextTokens } from '../../policy/types.ts';
import type { Codec } from '../codec.ts';
import { addSegment, addWritten, copyTranscript, emptyTranscript, type Transcript, transcriptBefore } from '../transcript.ts';

/** What the policy would write at a place. */
export interface Outlook {
  /** The five likeliest tokens. */
  readonly likeliest: NextTokens;
  /** Entropy of π there, nats. */
  readonly entropy: number;
}

/** A token in its place. */
export interface WrittenToken extends Outlook {
  readonly token: number;
  /** log π(token) at temperature 1, nats, whoever wrote it. */
  readonly logProb: number;
  /** policy: drawn from π · person: chosen in its stead. */
  readonly by: 'policy' | 'person';
}

/** The name of the policy that everything else is held against. */
export const BASE = 'base';

/** Who plays, and how. */
export interface PlaySettings {
  /** Name of a policy on the shelf. */
  readonly policy: string;
  /** Unsigned 32-bit: with the position it decides every draw, as a rollout's key does. */
  readonly key: number;
  /** 1 samples from π; 0 takes the likeliest token. */
  readonly temperature: number;
}

export interface Play extends PlaySettings {
  readonly episode: Episode;
  /** Everything read and written so far, the turn being written included. */
  readonly transcript: Transcript;
  /** Tokens of the whole turns. */
  readonly turns: readonly (readonly WrittenToken[])[];
  /** Tokens of the turn being written. */
  readonly draft: readonly WrittenToken[];
  /** What may come next; null if the question is over, or nobody has looked yet. */
  readonly upcoming: Outlook | null;
}

/** A token's place: its turn and its place in the turn, both counted from 0. */
export interface TokenPlace {
  readonly turn: number;
  readonly token: number;
}

/** The play of a question before its first token. */
export function startPlay(benchmark: Benchmark, codec: Codec, task: Task, settings: PlaySettings): Play {
  const transcript = emptyTranscript();
  addSegment(transcript, codec.question(task, benchmark.overview(task)));
  return { ...settings, episode: startEpisode(task), transcript, turns: [], draft: [], upcoming: null };
}

/** Tokens of a turn, the one being written included. Throws RangeError if it never came to that turn. */
export function turnOf({ turns, draft }: Play, turn: number): readonly WrittenToken[] {
  const written = turn === turns.length ? draft : turns[turn];
  if (!written) throw new RangeError(`play: expected a turn from 0 to ${turns.length}, got ${turn}`);
  return written;
}

/**
 * The play as it was before the token at a place, or, one past the tokens of the turn being written, as it is: tools are deterministic, so it
 * can be gone on from. Throws RangeError for no such place.
 */
export function playBefore(play: Play, { turn, token }: TokenPlace): Play {
  const written = turnOf(play, turn);
  const last = turn === play.turns.length ? written.length : written.length - 1;
  if (!(token >= 0 && token <= last)) throw new RangeError(`play: expected a token from 0 to ${last} of turn ${turn}, got ${token}`);
  const draft = written.slice(0, token);
  const transcript = copyTranscript(transcriptBefore(play.transcript, turn) ?? play.transcript);
  addWritten(
    transcript,
    draft.map((each) => each.token),
  );
  const { likeliest, entropy } = written[token] ?? (play.upcoming as Outlook);
  return { ...play, episode: episodeBefore(play.episode, turn), transcript, turns: play.turns.slice(0, turn), draft, upcoming: { likeliest, entropy } };
}
