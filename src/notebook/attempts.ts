// Attempts at one question: plays by number, what each branched off from, and what re-rolling said of their places. Pure functions over records.
import type { Continuations } from '../train/player/continuations.ts';
import type { TokenPlace } from '../train/player/play.ts';
import type { NumberedPlay } from '../train/player/player.ts';
import type { PlayView } from '../train/player/playView.ts';

/** Where an attempt left another one. */
export interface BranchPoint {
  readonly play: number;
  readonly place: TokenPlace;
  /** The word that was chosen there; null: a person played the turn. */
  readonly word: string | null;
}

export interface Attempt {
  readonly play: number;
  readonly view: PlayView;
  /** Null for an attempt from the question on. */
  readonly from: BranchPoint | null;
  /** What the reader expects of its end; null: not said. */
  readonly guess: boolean | null;
}

/** Continuations from a place of an attempt. */
export interface RerollMark {
  readonly play: number;
  /** Before this token of this turn. */
  readonly place: TokenPlace;
  readonly result: Continuations;
}

/** The attempts with the newest view of one of them, or with a new one. Whole turns stay the records that they were: they never change. */
export function withView(attempts: readonly Attempt[], { play, view }: NumberedPlay, from: BranchPoint | null = null): readonly Attempt[] {
  if (!attempts.some((each) => each.play === play)) return [...attempts, { play, view, from, guess: null }];
  return attempts.map((each) => (each.play === play ? { ...each, view: { ...view, turns: view.turns.map((turn, t) => each.view.turns[t] ?? turn) } } : each));
}

/** Whether nothing was written yet. */
export function isUntouched({ view: { turns, draft } }: Attempt): boolean {
  return turns.length === 0 && draft.length === 0;
}

/** The place of the next token. */
export function endOf({ turns, draft }: PlayView): TokenPlace {
  return { turn: turns.length, token: draft.length };
}

/** The place of the token that was least to be expected; null if nothing was written. */
export function leastExpected({ turns, draft }: PlayView): TokenPlace | null {
  const all = [...turns.map(({ tokens }) => tokens), draft].flatMap((tokens, turn) => tokens.map(({ logProb }, token) => ({ turn, token, logProb })));
  const least = all.reduce<(typeof all)[number] | null>((low, each) => (low === null || each.logProb < low.logProb ? each : low), null);
  return least && { turn: least.turn, token: least.token };
}

/** Whether place a comes before place b, or is b. */
export function isUpTo(a: TokenPlace, b: TokenPlace): boolean {
  return a.turn < b.turn || (a.turn === b.turn && a.token <= b.token);
}

/** The marks with those of the old attempt up to the branching point for the new one too: up to there both are the same. */
export function withBranch(marks: readonly RerollMark[], branch: number, { play, place }: BranchPoint): readonly RerollMark[] {
  return [...marks, ...marks.filter((mark) => mark.play === play && isUpTo(mark.place, place)).map((mark) => ({ ...mark, play: branch }))];
}

/** What re-rolling said of a place so far; null if nobody asked. */
export function markAt(marks: readonly RerollMark[], play: number, { turn, token }: TokenPlace): Continuations | null {
  return marks.find((mark) => mark.play === play && mark.place.turn === turn && mark.place.token === token)?.result ?? null;
}

/** The marks with further continuations from a place. */
export function withContinuations(marks: readonly RerollMark[], play: number, place: TokenPlace, more: Continuations): readonly RerollMark[] {
  const known = markAt(marks, play, place);
  const others = marks.filter((mark) => mark.result !== known || mark.play !== play);
  return [...others, { play, place, result: known ? addContinuations(known, more) : more }];
}

/** Both lots together, answers by how often they were given. */
export function addContinuations(a: Continuations, b: Continuations): Continuations {
  const answers = [...a.answers];
  for (const { answer, count, correct } of b.answers) {
    const at = answers.findIndex((each) => each.answer === answer);
    const known = answers[at];
    if (known) answers[at] = { ...known, count: known.count + count };
    else answers.push({ answer, count, correct });
  }
  return { total: a.total + b.total, right: a.right + b.right, answers: answers.sort((x, y) => y.count - x.count) };
}
