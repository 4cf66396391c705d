// What the page is told of a play: plain records without tensors and pixels, the same from a worker and in a test.
import { outcomeOfEpisode } from '../../env/outcome.ts';
import type { Action } from '../../env/parse.ts';
import type { Benchmark, Split, Task } from '../../env/types.ts';
import type { NextTokens } from '../../policy/types.ts';
import type { Box } from '../../tapo/index.ts';
import type { Codec } from '../codec.ts';
import { type GroupReport, type ObservationReport, withoutPixels } from '../report.ts';
import type { Outlook, Play, PlaySettings, WrittenToken } from './play.ts';

/** A question with its scene, the same record as in a group of rollouts. */
export type Question = GroupReport['task'];

/** Where a question comes from: a pure function of these gives it. */
export interface QuestionPlace {
  readonly preset: string;
  readonly split: Split;
  readonly seed: number;
  readonly index: number;
}

/** A question that a person wrote, in worlds that take one. */
export interface WrittenQuestion {
  readonly written: string;
}

export interface AlternativeView {
  readonly word: string;
  /** log π at temperature 1, nats. */
  readonly logProb: number;
}

export interface OutlookView {
  /** The five likeliest, the likeliest first. */
  readonly alternatives: readonly AlternativeView[];
  /** nats */
  readonly entropy: number;
}

export interface TokenView extends OutlookView, AlternativeView {
  readonly by: WrittenToken['by'];
}

export interface TurnView {
  readonly tokens: readonly TokenView[];
  readonly words: readonly string[];
  readonly action: Action;
  /** Null for an answer, and for a turn that ended the question. */
  readonly observation: ObservationReport | null;
}

/** How a question ended. */
export interface EndView {
  readonly status: 'answered' | 'malformed' | 'dropped';
  readonly answer: string | null;
  readonly correct: boolean;
  /** The answer's words stood in something that a tool returned. */
  readonly observed: boolean;
}

export interface PlayView extends PlaySettings {
  readonly question: Question;
  /** Boxes in the root image of the images seen so far; the first is the whole picture, null one from elsewhere. */
  readonly images: readonly (Box | null)[];
  readonly turns: readonly TurnView[];
  /** The turn being written. */
  readonly draft: readonly TokenView[];
  /** What may come next; null if the question is over. */
  readonly upcoming: OutlookView | null;
  /** Null while the question is open. */
  readonly end: EndView | null;
}

/** Throws RangeError for a written question that is none of the world's, and in a world that takes none. */
export function taskAt(benchmark: Benchmark, question: QuestionPlace | WrittenQuestion): Task {
  if (!('written' in question)) return benchmark.task(question.preset, question.split, question.seed, question.index);
  if (!benchmark.ask) throw new RangeError(`play: ${benchmark.name} takes no written question; choose one of its own`);
  return benchmark.ask(question.written);
}

export function questionOf({ id, preset, split, type, question, answer, scene }: Task): Question {
  return { id, preset, split, type, question, answer, scene };
}

export function playView({ policy, key, temperature, episode, turns, draft, upcoming }: Play, codec: Codec): PlayView {
  const alternativesOf = ({ tokens, logProbs }: NextTokens): AlternativeView[] =>
    codec.decodeTurn(tokens).map((word, i) => ({ word, logProb: logProbs[i] as number }));
  const outlookView = ({ likeliest, entropy }: Outlook): OutlookView => ({ alternatives: alternativesOf(likeliest), entropy });
  const tokenView = (written: WrittenToken): TokenView => ({
    ...outlookView(written),
    word: codec.decodeTurn([written.token])[0] as string,
    logProb: written.logProb,
    by: written.by,
  });
  return {
    policy,
    key,
    temperature,
    question: questionOf(episode.task),
    images: episode.images,
    turns: episode.turns.map(({ words, action, observation }, t) => ({
      tokens: (turns[t] ?? []).map(tokenView),
      words,
      action,
      observation: observation && withoutPixels(observation),
    })),
    draft: draft.map(tokenView),
    upcoming: upcoming && outlookView(upcoming),
    end: endView(episode),
  };
}

function endView(episode: Play['episode']): EndView | null {
  if (episode.status === 'open') return null;
  const { answer, correct, observed } = outcomeOfEpisode(episode);
  return { status: episode.status, answer, correct, observed };
}
