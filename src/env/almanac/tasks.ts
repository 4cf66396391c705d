// Questions about elements: a pure function of (preset, split, seed, index). What another operation, or no operation, would answer is never right.
import { hash32, type RandomStream, randomStream, words } from '../../tapo/index.ts';
import { SPLITS, type Split, type Task } from '../types.ts';
import { agrees } from '../variables.ts';
import { allValues, type Element, FACT_KINDS, type FactKind } from './facts.ts';
import { ALMANAC_PRESETS, type AlmanacPreset } from './presets.ts';

/** What is done with the facts; `count` is of all elements that have more of it. */
export type Operation = 'fact' | 'sum' | 'sum of three' | 'difference' | 'ratio' | 'count';
export const HARD_OPERATIONS: readonly Operation[] = ['sum', 'sum of three', 'difference', 'ratio', 'count'];

/** What a question is about: the scripted agent may look at it, a policy may not. */
export interface Sheet {
  readonly operation: Operation;
  readonly kind: FactKind;
  /** Names of the elements, in the order of the question. */
  readonly names: readonly string[];
}

export type AlmanacTask = Task<Sheet>;

/** Tool turns of an episode at most, as in Tool-Augmented PO: three searches and a run. */
export const TOOL_TURNS = 4;

/** Every word that questions are made of, for the vocabulary. */
export const QUESTION_TEXTS: readonly string[] = [
  'What is the of? sum ratio to difference and',
  'How much greater is the of than the of?',
  'How many elements have a greater than?',
  ...FACT_KINDS,
];

const SPLIT_KEYS: Readonly<Record<Split, number>> = { train: 0, validation: 1, test: 2 };

/** Elements that a question names, and its value and words. */
const OPERATIONS: Readonly<
  Record<
    Operation,
    {
      readonly elements: number;
      value(values: readonly number[], all: readonly number[]): number;
      /** `of` says which facts, one after the other. */
      question(kind: FactKind, of: readonly string[], names: readonly string[]): string;
    }
  >
> = {
  fact: { elements: 1, value: ([a]) => a as number, question: (_, of) => `What is ${of[0]}?` },
  sum: { elements: 2, value: total, question: (_, of) => `What is the sum of ${of.join(' and ')}?` },
  'sum of three': { elements: 3, value: total, question: (_, of) => `What is the sum of ${of.join(' and ')}?` },
  difference: { elements: 2, value: ([a, b]) => (a as number) - (b as number), question: (_, of) => `How much greater is ${of.join(' than ')}?` },
  ratio: { elements: 2, value: ([a, b]) => (a as number) / (b as number), question: (_, of) => `What is the ratio of ${of.join(' to ')}?` },
  count: {
    elements: 1,
    value: ([a], all) => all.filter((value) => value > (a as number)).length,
    question: (kind, _, [name]) => `How many elements have a greater ${kind} than ${name}?`,
  },
};

export interface TaskSource {
  /** Task number `index` of a split. */
  task(preset: string, split: Split, seed: number, index: number): AlmanacTask;
  /** The task of a question that a person writes in the words above, whatever its case; it may have a shortcut. Throws RangeError with what can be asked. */
  ask(question: string): AlmanacTask;
}

/** `splits` holds names of elements. */
export function buildTaskSource(elements: readonly Element[], splits: Readonly<Record<Split, readonly string[]>>): TaskSource {
  const byName = new Map(elements.map((element) => [element.name, element]));
  const byWord = new Map(elements.map((element) => [element.name.toLowerCase(), element]));
  const members = (split: Split, kind: FactKind): Element[] =>
    splits[split].map((name) => byName.get(name) as Element).filter(({ facts }) => facts[kind] !== undefined);
  return {
    task(preset, split, seed, index) {
      if (!ALMANAC_PRESETS.includes(preset as AlmanacPreset))
        throw new RangeError(`task: preset must be one of ${ALMANAC_PRESETS.join(', ')}, got "${preset}"`);
      const random = randomStream(hash32(seed, index), ALMANAC_PRESETS.indexOf(preset as AlmanacPreset), SPLIT_KEYS[split]);
      const id = `${preset}-${split}-${seed}-${index}`;
      const operation = preset === 'easy' ? 'fact' : random.pick(HARD_OPERATIONS);
      const kind = random.pick(FACT_KINDS);
      const all = allValues(elements, kind);
      for (;;) {
        const asked = pickElements(operation, kind, members(split, kind), all, random);
        const values = asked.map(({ facts }) => facts[kind] as number);
        const answer = OPERATIONS[operation].value(values, all);
        if (!hasShortcut(operation, values, answer)) return taskOf({ id, preset, split }, operation, kind, asked, answer);
      }
    },
    ask(question) {
      const asked = words(question).flatMap((word) => byWord.get(word) ?? []);
      const wanted = words(question).join(' ');
      for (const operation of Object.keys(OPERATIONS) as Operation[])
        for (const kind of OPERATIONS[operation].elements === asked.length ? FACT_KINDS : []) {
          if (words(questionOf(operation, kind, asked)).join(' ') !== wanted) continue;
          const unknown = asked.find(({ facts }) => facts[kind] === undefined);
          if (unknown) throw new RangeError(`ask: nobody has measured the ${kind} of ${unknown.name}; ask for another fact, or another element`);
          const values = asked.map(({ facts }) => facts[kind] as number);
          const split = SPLITS.find((each) => splits[each].includes(asked[0]?.name as string)) as Split;
          const preset: AlmanacPreset = operation === 'fact' ? 'easy' : 'hard';
          return taskOf({ id: `asked-${wanted}`, preset, split }, operation, kind, asked, OPERATIONS[operation].value(values, allValues(elements, kind)));
        }
      const forms = (Object.keys(OPERATIONS) as Operation[]).map((each) => questionOf(each, 'mass', elements.slice(0, OPERATIONS[each].elements)));
      throw new RangeError(
        `ask: expected a question such as ${forms.map((form) => `“${form}”`).join(', ')}; facts are ${FACT_KINDS.join(', ')}; got “${question}”`,
      );
    },
  };
}

function taskOf(
  place: Pick<AlmanacTask, 'id' | 'preset' | 'split'>,
  operation: Operation,
  kind: FactKind,
  asked: readonly Element[],
  answer: number,
): AlmanacTask {
  const scene = { operation, kind, names: asked.map(({ name }) => name) };
  const question = questionOf(operation, kind, asked);
  return { ...place, type: operation, question, answer: String(answer), image: place.id, scene, toolTurns: TOOL_TURNS };
}

function questionOf(operation: Operation, kind: FactKind, asked: readonly Element[]): string {
  const names = asked.map(({ name }) => name);
  const of = names.map((name) => `the ${kind} of ${name}`);
  return OPERATIONS[operation].question(kind, of, names);
}

/**
 * Distinct elements; a difference takes the smaller from the greater. Where the answer hangs on one element, answers that one guess could
 * pass for are drawn as one, so that no guess pays.
 */
function pickElements(operation: Operation, kind: FactKind, members: readonly Element[], all: readonly number[], random: RandomStream): readonly Element[] {
  const { elements, value } = OPERATIONS[operation];
  if (elements === 1) {
    const alike = new Map<number, Element[]>();
    for (const member of members) {
      const size = Math.round(Math.log(1 + value([member.facts[kind] as number], all)) / GUESS_WIDTH);
      alike.set(size, [...(alike.get(size) ?? []), member]);
    }
    return [random.pick(random.pick([...alike.values()]))];
  }
  const asked = random.shuffle(members).slice(0, elements);
  return operation === 'difference' ? [...asked].sort((a, b) => (b.facts[kind] as number) - (a.facts[kind] as number)) : asked;
}

/** Whether one of the facts, or another operation on them, would pass for the answer. */
function hasShortcut(operation: Operation, values: readonly number[], answer: number): boolean {
  if (operation === 'fact') return false;
  const [a, b = a] = values as [number, number?];
  const shortcuts = [...values, ...(operation === 'sum' || operation === 'count' ? [] : [a + b])];
  if (operation !== 'difference') shortcuts.push(Math.abs(a - b));
  if (values.length > 1) shortcuts.push(b / a, ...(operation === 'ratio' ? [] : [a / b]));
  return shortcuts.some((value) => agrees(value, answer));
}

/** How far the logarithms of two answers may lie apart for one guess to pass for both. */
const GUESS_WIDTH = Math.log(1.05 / 0.95);

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
