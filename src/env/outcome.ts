// What came of an episode: the facts that rewards and metrics are computed from, and its rollout steps.
import { type Region, type Rollout, type Step, words } from '../tapo/index.ts';
import type { Episode, Turn } from './episode.ts';
import type { Observation } from './types.ts';
import { agrees, boundVariables, numberOf, withValue } from './variables.ts';

export interface Outcome {
  /** The text of the answer, a variable's value where it names one; null without an answer. */
  readonly answer: string | null;
  readonly truth: string;
  /** The answer has the words of the truth, no more and no fewer; of a number, its value (variables.ts). */
  readonly correct: boolean;
  /** Every turn could be parsed and the episode ended with an answer. */
  readonly wellFormed: boolean;
  /** Calls that failed through the policy's own fault. */
  readonly modelErrors: number;
  /** At least one image or text search was carried out. */
  readonly searched: boolean;
  /** The answer's words stood in something that a tool returned, or it names a variable that a tool bound. */
  readonly observed: boolean;
  /** The world failed: no reward is due. */
  readonly dropped: boolean;
}

export function outcomeOfEpisode({ task, turns, status }: Episode): Outcome {
  const last = turns[turns.length - 1]?.action;
  const text = status === 'answered' && last?.kind === 'answer' ? last.text : null;
  const answer = text === null ? null : withValue(text, boundVariables(turns));
  const given = words(answer ?? '');
  return {
    answer,
    truth: task.answer,
    correct: isRight(answer ?? '', task.answer),
    wellFormed: status === 'answered' && turns.every(({ action }) => action.kind !== 'malformed'),
    modelErrors: turns.filter(({ observation }) => observation?.kind === 'error' && observation.cause === 'model').length,
    searched: turns.some(({ observation }) => observation?.kind === 'titles' || observation?.kind === 'documents'),
    observed:
      answer !== text ||
      (given.length > 0 && turns.some((turn) => observedTexts(turn).some((seen) => ` ${words(seen).join(' ')} `.includes(` ${given.join(' ')} `)))),
    dropped: status === 'dropped',
  };
}

/** A turn without the pixels that it brought. */
export interface TurnRecord extends Omit<Turn, 'observation'> {
  readonly observation: { readonly kind: Observation['kind']; readonly region?: Region } | null;
}

/** The steps of a rollout record; `tokens` counts the model's own. */
export function rolloutSteps(turns: readonly TurnRecord[]): Step[] {
  return turns.map(({ words: texts, action, observation }) => {
    const step = { tokens: texts.length, text: texts.join(' ') };
    if (action.kind !== 'call') return step;
    const ok = observation !== null && observation.kind !== 'error';
    const region = observation?.region ? { region: observation.region } : {};
    return { ...step, tool: { name: action.tool, kind: action.toolKind, arguments: action.arguments, ...region, ...(ok ? {} : { ok }) } };
  });
}

/** As much of a reported group (train/report.ts) as makes records of it. */
export interface GroupRecord {
  readonly group: string;
  readonly rollouts: readonly { readonly rollout: string; readonly reward: number; readonly correct: boolean; readonly steps: readonly TurnRecord[] }[];
}

/** The rollout records that a group's report was made from: what credit transfer needs of them. */
export function recordsOf({ group, rollouts }: GroupRecord): Rollout[] {
  return rollouts.map(({ rollout, reward, correct, steps }) => ({ group, rollout, reward, correct, steps: rolloutSteps(steps) }));
}

/**
 * What the policy had before it at each step: the answer of the tool it called last, or the question. Equal texts within a prompt are
 * equal anchor states (GiGPO).
 */
export function anchorStates({ turns }: { readonly turns: readonly { readonly observation: unknown }[] }): string[] {
  return turns.map((_, step) => {
    const before = turns[step - 1];
    return before ? JSON.stringify(before.observation, (key, value) => (key === 'picture' ? undefined : value)) : 'question';
  });
}

function observedTexts({ observation }: Turn): readonly string[] {
  if (observation?.kind === 'titles') return observation.results.map(({ title }) => title);
  if (observation?.kind === 'picture') return [observation.text];
  if (observation?.kind === 'documents') return observation.results.flatMap(({ title, text }) => [title, text]);
  return [];
}

function isRight(answer: string, truth: string): boolean {
  const [value, right] = [numberOf(answer), numberOf(truth)];
  if (value !== null && right !== null) return agrees(value, right);
  const given = words(answer);
  return given.length > 0 && sameWords(given, words(truth));
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}
