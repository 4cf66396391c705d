// A scripted agent for pre-training: it answers questions about elements turn by turn, with faults that a recipe sets.
import type { RandomStream } from '../../tapo/index.ts';
import type { Episode } from '../episode.ts';
import type { Demonstration } from '../types.ts';
import { EVERY_ELEMENT } from './documents.ts';
import { FACT_KINDS, type FactKind } from './facts.ts';
import { type AlmanacTask, type Operation, TOOL_TURNS } from './tasks.ts';

/**
 * Faults of the agent. A habit depends on the question alone, so that a policy that copies the agent errs in the same places even when
 * it is greedy; noise falls anywhere and averages out.
 */
export interface Habits {
  /** Leaves the fact out of its queries, for these facts, and takes the first number that comes. */
  readonly bareQuery: Habit<FactKind>;
  /** Once it has found nothing, asks again with the fact. */
  readonly retry: number;
  /** Reads another number than the one asked for, for these facts. */
  readonly misread: Habit<FactKind>;
  /** Answers with the first number, without computing, for these operations. */
  readonly noCode: Habit<Operation>;
  /** Takes the operands the wrong way round, for these operations. */
  readonly swapped: Habit<Operation>;
  /** Leaves the last element out, for these operations. */
  readonly short: Habit<Operation>;
  /** Prints a number that it has already, before it answers, for these operations. */
  readonly needlessRun: Habit<Operation>;
  /** Repeats a search that was in vain or not, anywhere. */
  readonly repeat: number;
  /** Writes code that does not run, anywhere; then goes on as it should. */
  readonly slip: number;
  /** Answers before it has searched, anywhere. */
  readonly guess: number;
}

export interface Habit<T> {
  readonly of: readonly T[];
  /** How often the agent gives in to it, in [0, 1]. */
  readonly probability: number;
}

const NO_HABIT = { of: [], probability: 0 };
export const NO_HABITS: Habits = {
  bareQuery: NO_HABIT,
  retry: 1,
  misread: NO_HABIT,
  noCode: NO_HABIT,
  swapped: NO_HABIT,
  short: NO_HABIT,
  needlessRun: NO_HABIT,
  repeat: 0,
  slip: 0,
  guess: 0,
};

/** Words that the agent speaks beside names, variables and Python, for the vocabulary. */
export const DEMONSTRATION_WORDS: readonly string[] = ['again', 'error', 'unknown', EVERY_ELEMENT, ...FACT_KINDS];

/** All faults are decided at the start; then the turns are given one after the other. */
export function demonstrate(task: AlmanacTask, habits: Habits, random: RandomStream): Demonstration {
  const script = turns(task, habits, random);
  script.next(); // runs to the first turn's request for an episode
  return { next: (episode) => script.next(episode).value };
}

function* turns({ scene: { operation, kind, names } }: AlmanacTask, habits: Habits, random: RandomStream): Generator<string, string, Episode> {
  const gives = <T>({ of, probability }: Habit<T>, what: T): boolean => of.includes(what) && random.next() < probability;
  const [bare, misread, noCode, swapped, short, needless] = [
    gives(habits.bareQuery, kind),
    gives(habits.misread, kind),
    gives(habits.noCode, operation),
    gives(habits.swapped, operation),
    gives(habits.short, operation),
    gives(habits.needlessRun, operation),
  ];
  const subjects = [...(short ? names.slice(0, -1) : names), ...(operation === 'count' ? [EVERY_ELEMENT] : [])];
  let episode = yield '';
  const left = (): number => TOOL_TURNS - episode.turns.length;
  let thought: string = kind;
  const found: string[] = [];
  if (random.next() < habits.guess) return answer('unknown', 'v1');

  for (const subject of noCode ? subjects.slice(0, 1) : subjects) {
    const repeats = random.next() < habits.repeat;
    let asBare = bare && subject !== EVERY_ELEMENT;
    if (left() === 0) return answer('unknown', found[0] ?? 'v1');
    episode = yield search(thought, asBare ? subject : `${kind} ${subject}`);
    if (asBare && random.next() < habits.retry && left() > 0) {
      asBare = false;
      episode = yield search('again', `${kind} ${subject}`);
    } else if (repeats && left() > 0) episode = yield search('again', asBare ? subject : `${kind} ${subject}`);
    const variable = asBare ? anyNumber(episode) : numberFor(episode, kind, subject, misread);
    if (variable === null) return answer('unknown', found[0] ?? 'v1');
    found.push(variable);
    thought = variable;
  }
  const [first] = found as [string];
  if (operation === 'fact' && needless && left() > 0) {
    episode = yield run(thought, `print ( ${first} )`);
    return answer(lastResult(episode) ?? 'error', lastResult(episode) ?? first);
  }
  if (operation === 'fact' || noCode || left() === 0) return answer(thought, first);
  if (random.next() < habits.slip && left() > 1) {
    episode = yield run(thought, `print ( ${first} + )`);
    thought = 'error';
  }
  episode = yield run(thought, program(operation, swapped ? [...found].reverse() : found));
  return answer(lastResult(episode) ?? 'error', lastResult(episode) ?? first);
}

const search = (thought: string, query: string): string => `<think> ${thought} </think> <tool_call> text_search_tool ${query} </tool_call>`;
const run = (thought: string, code: string): string => `<think> ${thought} </think> <tool_call> python_tool ${code} </tool_call>`;
const answer = (thought: string, text: string): string => `<think> ${thought} </think> <answer> ${text} </answer>`;

function program(operation: Operation, found: readonly string[]): string {
  const [a, b = a] = found as [string, string?];
  if (operation === 'count') return `print ( sum ( x > ${a} for x in ${b} ) )`;
  return `print ( ${found.join(operation === 'difference' ? ' - ' : operation === 'ratio' ? ' / ' : ' + ')} )`;
}

function documentsOf({ turns: taken }: Episode): readonly { readonly text: string }[] {
  const observation = taken[taken.length - 1]?.observation;
  return observation?.kind === 'documents' ? observation.results : [];
}

const variableIn = (text: string): string | null => /\b[vr]\d+\b/.exec(text)?.[0] ?? null;

/** The first number of any document. */
function anyNumber(episode: Episode): string | null {
  return (
    documentsOf(episode)
      .map(({ text }) => variableIn(text))
      .find((name) => name !== null) ?? null
  );
}

/** The number of the document about this fact; `misread`: of the first other one that has a number. */
function numberFor(episode: Episode, kind: FactKind, subject: string, misread: boolean): string | null {
  const isAbout = ({ text }: { readonly text: string }): boolean => text.startsWith(`The ${kind} of ${subject} is `);
  const documents = documentsOf(episode).filter(({ text }) => variableIn(text) !== null);
  const right = documents.find(isAbout);
  const other = misread ? documents.find((document) => !isAbout(document)) : undefined;
  const taken = other ?? right;
  return taken ? variableIn(taken.text) : null;
}

function lastResult({ turns: taken }: Episode): string | null {
  const observation = taken[taken.length - 1]?.observation;
  return observation?.kind === 'output' ? variableIn(observation.text) : null;
}
