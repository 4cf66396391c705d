// What a world is made of: tasks, tools, observations, episodes. Plain records only, so that an episode can be saved at any step.
import type { Box, RandomStream, Region, ToolCall, ToolKind } from '../tapo/index.ts';
import type { Episode } from './episode.ts';
import type { Variables } from './variables.ts';

/** An RGB picture, row-major, three bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What a tool gives back. A model-caused error is the policy's fault; an infrastructure error never is. */
export type Observation =
  | { readonly kind: 'image'; readonly index: number; readonly region: Region; readonly picture: Picture }
  /** From outside the question's own picture, for a model that reads any; `text` is what came beside it. */
  | { readonly kind: 'picture'; readonly picture: Picture; readonly text: string }
  | {
      readonly kind: 'titles';
      /** What was searched for: a part of the root image, or a picture from elsewhere as a whole, under a name made of its bytes. */
      readonly region?: Region;
      readonly results: readonly { readonly title: string; readonly score: number }[];
    }
  | {
      readonly kind: 'documents';
      readonly results: readonly { readonly id: string; readonly title: string; readonly text: string; readonly score: number }[];
      /** What the variables in the texts stand for, where numbers are bound to some. */
      readonly variables?: Variables;
    }
  /** What a program printed; `text` names the variable that a printed number was bound to. */
  | { readonly kind: 'output'; readonly text: string; readonly printed: string; readonly variables: Variables }
  /** `detail` is for people; a policy reads the message alone. */
  | { readonly kind: 'error'; readonly cause: 'model' | 'infrastructure'; readonly message: string; readonly detail?: string };

/** One question, about one picture in worlds that have pictures. `image` names the root image that regions refer to. */
export interface Task<Scene = unknown> {
  readonly id: string;
  readonly preset: string;
  readonly split: Split;
  /** Kind of question, for example capital or compare-continent. */
  readonly type: string;
  readonly question: string;
  readonly answer: string;
  readonly image: string;
  readonly scene: Scene;
  /** Tool turns at most, where the world has a limit of its own. */
  readonly toolTurns?: number;
}

export type Split = 'train' | 'validation' | 'test';
export const SPLITS: readonly Split[] = ['train', 'validation', 'test'];

/** What a tool may look at: the task, the images seen so far, and what is bound. */
export interface ToolContext {
  readonly task: Task;
  /** Their boxes in the root image; the first is the whole picture, null one from elsewhere. */
  readonly images: readonly (Box | null)[];
  /** The picture that a tool showed last; absent as long as the question's own is the only one. */
  readonly picture?: Picture;
  /** What was bound so far. Default nothing. */
  readonly variables?: Variables;
  /** A hash of the rollout's key and the number of the turn: what a stochastic tool draws by. Default 0. */
  readonly draw?: number;
}

/** Schema in the shape of an OpenAI function. */
export interface ToolSchema {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: Readonly<Record<string, unknown>> };
}

export interface Tool {
  readonly name: string;
  readonly kind: ToolKind;
  /** Name of the one argument of a tool of kind other. Default input. */
  readonly argument?: string;
  readonly schema: ToolSchema;
  /** Answers a call. Model-caused faults come back as observations; anything thrown counts as infrastructure. */
  call(args: Readonly<Record<string, unknown>>, context: ToolContext, options?: { readonly signal?: AbortSignal }): Promise<Observation>;
  /** How alike its calls are, in [0, 1], one number a pair, where it has a measure of its own; absent: as its kind has it. */
  similarities?(pairs: readonly (readonly [ToolCall, ToolCall])[]): Promise<readonly number[]>;
}

/** A world with tasks and tools; `atlas` and `almanac` implement it. */
export interface Benchmark {
  readonly name: string;
  readonly presets: readonly string[];
  /** Closed vocabulary: every token's text, in the order of its id. */
  readonly vocabulary: Vocabulary;
  readonly tools: readonly Tool[];
  /** Task number `index` of a split: a pure function of its arguments. */
  task(preset: string, split: Split, seed: number, index: number): Task;
  /** The task of a question that a person writes; absent where questions are about a picture. Throws RangeError with what can be asked. */
  ask?(question: string): Task;
  /** The picture that the policy is shown at the start; null in a world without pictures. */
  overview(task: Task): Picture | null;
  /** The task itself, or a simpler exercise in its place, for pre-training. */
  lesson(task: Task, faults: Faults, random: RandomStream): Task;
  /** A scripted agent at work on a task, for pre-training. `faults` is the benchmark's own record of habits and noise. */
  demonstrate(task: Task, faults: Faults, random: RandomStream): Demonstration;
  /** Success of the best policy that calls no tool, by preset, computed when the benchmark was built. */
  readonly toolFree: Readonly<Record<string, number>>;
}

export type Faults = Readonly<Record<string, unknown>>;

/** Gives the text of one turn after the other; `next` sees what the tools answered. */
export interface Demonstration {
  next(episode: Episode): string;
}

/** Tokens by type; a token's id is its place in the concatenation. Types with `entity` true may be renamed by shuffled worlds. */
export interface Vocabulary {
  readonly groups: readonly { readonly type: string; readonly entity: boolean; readonly tokens: readonly string[] }[];
}
