// A scripted agent for pre-training: it solves atlas tasks turn by turn, with faults that a recipe sets. It may look at the scene; a policy may not.
import type { RandomStream } from '../../tapo/index.ts';
import type { Episode } from '../episode.ts';
import type { Demonstration, Vocabulary } from '../types.ts';
import { FACT_KINDS, type FactKind } from './facts.ts';
import { CELL_WORDS, cellOf, coordinateOfStep, framedItems, GRID_STEPS, gridBoxOf, type SceneItem } from './scene.ts';
import type { AtlasTask } from './tasks.ts';

/**
 * Faults of the agent. A habit depends on the question alone, so that a policy that copies the agent errs in the same places even when
 * it is greedy; noise falls anywhere and averages out.
 */
export interface Habits {
  /** Searches the whole picture without zooming, for frames of these colours. */
  readonly skipZoom: Habit;
  /** Leaves the fact out of the query, for these facts. */
  readonly bareQuery: Habit;
  /** Zooms a grid step short on one side, for frames of these colours. */
  readonly shortBox: Habit;
  /** Answers a comparison after the first country, for these facts. */
  readonly halfCompare: Habit;
  /** Takes a neighbouring cell or another frame in questions that need no search, of these types. */
  readonly carelessLook: Habit;
  /** Looks at a neighbouring cell, anywhere. */
  readonly wrongCell: number;
  /** Tries something useless first (a wrong box, an early search), then goes on as it should, anywhere. */
  readonly detour: number;
  /** Answers without looking, anywhere. */
  readonly guess: number;
  /** How often a lesson in looking takes the place of the question: the agent names all frames of the picture. */
  readonly describe: number;
}

export interface Habit {
  readonly of: readonly string[];
  /** How often the agent gives in to it, in [0, 1]. */
  readonly probability: number;
}

const NO_HABIT: Habit = { of: [], probability: 0 };
export const NO_HABITS: Habits = {
  skipZoom: NO_HABIT,
  bareQuery: NO_HABIT,
  shortBox: NO_HABIT,
  halfCompare: NO_HABIT,
  carelessLook: NO_HABIT,
  wrongCell: 0,
  detour: 0,
  guess: 0,
  describe: 0,
};

/** Words that the agent speaks beside names, colours, cells and coordinates, for the vocabulary. */
export const DEMONSTRATION_WORDS: readonly string[] = ['image', 'error', 'yes', 'no', 'unknown', ...FACT_KINDS];

/** Values that a guess may take, by fact. */
export type Guesses = Readonly<Record<FactKind, readonly string[]>>;

export function guessesFrom({ groups }: Vocabulary): Guesses {
  return Object.fromEntries(FACT_KINDS.map((kind) => [kind, groups.find(({ type }) => type === kind)?.tokens ?? []])) as Record<FactKind, readonly string[]>;
}

/** One target to look up: the plan is made at the start, with all its faults. */
interface Chain {
  readonly item: SceneItem;
  readonly zoom: boolean;
  readonly short: boolean;
  readonly aim: number | null;
  readonly kind: FactKind;
  readonly bare: boolean;
}

/**
 * A lesson in looking: name every frame by its cell, its colour or its box. Looking one frame up is learned from a handful of words a
 * demonstration, and only after thousands of them; a whole list at once teaches it several times as fast.
 */
export function lesson(task: AtlasTask, habits: Habits, random: RandomStream): AtlasTask {
  if (random.next() >= habits.describe) return task;
  const items = random.shuffle(framedItems(task.scene));
  const cell = (item: SceneItem): string => CELL_WORDS[cellOf(item)] as string;
  const box = (item: SceneItem): string => gridBoxOf(item).map(coordinateOfStep).join(' ');
  const [question, name] = random.pick([
    ['Which colour frames cell?', (item: SceneItem) => `${cell(item)} ${item.colour}`],
    ['Which cell has the frame?', (item: SceneItem) => `${item.colour} ${cell(item)}`],
    ['What is the frame?', (item: SceneItem) => `${item.colour} ${cell(item)} ${box(item)}`],
  ] as const);
  return { ...task, type: 'describe', question, answer: items.slice(0, 4).map(name).join(' ') };
}

/** Decides on every fault at once, then gives the turns one after the other. */
export function demonstrate(task: AtlasTask, habits: Habits, guesses: Guesses, random: RandomStream): Demonstration {
  if (task.type === 'describe') return { next: () => answer([], task.answer).join(' ') };
  if (task.type.startsWith('look')) return demonstrateLook(task, habits, random);
  const kind = FACT_KINDS.find((name) => task.type.endsWith(name)) as FactKind;
  const compares = task.type.startsWith('compare');
  const items = targetsOf(task);
  const asked = compares && gives(habits.halfCompare, kind, random) ? items.slice(0, 1) : items;
  const chains = asked.map(
    (item): Chain => ({
      item,
      zoom: !gives(habits.skipZoom, item.colour as string, random),
      short: gives(habits.shortBox, item.colour as string, random),
      aim: random.next() < habits.wrongCell ? neighbour(cellOf(item), random) : null,
      kind,
      bare: gives(habits.bareQuery, kind, random),
    }),
  );
  const script = demonstrateChains(chains, compares, habits, guesses, random);
  script.next(); // runs to the first turn's request for an episode
  return { next: (episode) => script.next(episode).value.join(' ') };
}

function demonstrateLook(task: AtlasTask, habits: Habits, random: RandomStream): Demonstration {
  const item = framedItems(task.scene).find((each) => mentions(task, each)) as SceneItem;
  const errs = random.next() < habits.wrongCell || gives(habits.carelessLook, task.type, random);
  if (task.type === 'look colour') {
    const colour = errs ? random.pick(framedItems(task.scene)).colour : (item.colour as string);
    return { next: () => answer([CELL_WORDS[cellOf(item)] as string, colour], colour).join(' ') };
  }
  const cell = CELL_WORDS[errs ? neighbour(cellOf(item), random) : cellOf(item)] as string;
  return { next: () => answer([item.colour as string, cell], cell).join(' ') };
}

function* demonstrateChains(
  chains: readonly Chain[],
  compares: boolean,
  habits: Habits,
  guesses: Guesses,
  random: RandomStream,
): Generator<readonly string[], readonly string[], Episode> {
  const values: string[] = [];
  const kind = (chains[0] as Chain).kind;
  const guess = compares ? random.pick(['yes', 'no']) : random.pick(guesses[kind]);
  let episode = yield [];
  if (random.next() < habits.guess) return answer(['unknown'], guess);
  for (const chain of chains) {
    if (random.next() < habits.detour) episode = yield detour(episode, random);
    if (chain.zoom) {
      const aimed = chain.aim === null ? gridBoxOf(chain.item) : cellBox(chain.aim);
      const cell = CELL_WORDS[chain.aim ?? cellOf(chain.item)] as string;
      episode = yield zoom([chain.item.colour as string, cell], chain.short ? shortened(aimed, random) : aimed);
    }
    episode = yield ['<think>', 'image', '</think>', '<tool_call>', 'image_search_tool', '</tool_call>'];
    const country = topTitle(episode);
    const query = chain.bare ? [country] : [kind, country];
    episode = yield ['<think>', kind, '</think>', '<tool_call>', 'text_search_tool', ...query, '</tool_call>'];
    const value = readFact(episode, kind, country);
    if (value === null && compares) return answer(['unknown'], guess);
    values.push(value ?? guess);
  }
  const [first, second] = values as [string, string?];
  if (!compares) return answer([first], first);
  if (second === undefined) return answer([first], guess);
  return answer([first, second], first === second ? 'yes' : 'no');
}

const answer = (thought: readonly string[], text: string): readonly string[] => ['<think>', ...thought, '</think>', '<answer>', text, '</answer>'];

function zoom(thought: readonly string[], steps: readonly number[], image = 0): readonly string[] {
  return [
    '<think>',
    ...thought,
    '</think>',
    '<tool_call>',
    'image_zoom_in_tool',
    ...steps.map((step) => String(coordinateOfStep(step))),
    `img_${image}`,
    '</tool_call>',
  ];
}

/** A zoom that is in vain: anywhere, sometimes empty or too small, sometimes into the image seen last. */
function detour({ images }: Episode, random: RandomStream): readonly string[] {
  const steps = Array.from({ length: 4 }, () => random.below(GRID_STEPS + 1));
  const [x1, y1, x2, y2] = steps as [number, number, number, number];
  const ordered = random.below(4) > 0 ? [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] : steps;
  return zoom(['image'], ordered, random.below(images.length));
}

function shortened(box: readonly number[], random: RandomStream): readonly number[] {
  const side = random.below(4);
  return box.map((step, i) => (i === side ? step + (side < 2 ? 1 : -1) : step));
}

function neighbour(cell: number, random: RandomStream): number {
  return random.pick([cell - 3, cell + 3, ...(cell % 3 > 0 ? [cell - 1] : []), ...(cell % 3 < 2 ? [cell + 1] : [])].filter((c) => c >= 0 && c < 9));
}

function cellBox(cell: number): readonly number[] {
  const side = GRID_STEPS / 3;
  const [x, y] = [(cell % 3) * side, Math.floor(cell / 3) * side];
  return [x, y, x + side, y + side];
}

function targetsOf(task: AtlasTask): SceneItem[] {
  return framedItems(task.scene)
    .filter((item) => mentions(task, item))
    .sort((a, b) => task.question.indexOf(`${a.colour} frame`) - task.question.indexOf(`${b.colour} frame`));
}

function gives({ of, probability }: Habit, what: string, random: RandomStream): boolean {
  return of.includes(what) && random.next() < probability;
}

function mentions({ question }: AtlasTask, { colour, ...item }: SceneItem): boolean {
  return question.includes(`the ${colour} frame`) || question.includes(`cell ${CELL_WORDS[cellOf({ colour, ...item })]}?`);
}

function topTitle({ turns }: Episode): string {
  const observation = turns[turns.length - 1]?.observation;
  if (observation?.kind !== 'titles') throw new Error(`demonstrate: expected titles, got ${observation?.kind ?? 'nothing'}`);
  return observation.results[0]?.title ?? '';
}

/** The value that the first document about this country and fact states; null if none does. */
function readFact({ turns }: Episode, kind: FactKind, country: string): string | null {
  const observation = turns[turns.length - 1]?.observation;
  if (observation?.kind !== 'documents') throw new Error(`demonstrate: expected documents, got ${observation?.kind ?? 'nothing'}`);
  const start = `The ${kind} of ${country} is `;
  const document = observation.results.find(({ text }) => text.startsWith(start));
  return document ? (document.text.slice(start.length, -1).split(' and ')[0] as string) : null;
}
