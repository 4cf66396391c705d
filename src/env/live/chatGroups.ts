// Groups of rollouts of another's model: several attempts at each of a number of questions.
import { bulkhead } from 'cockatiel';
import { writeRollouts } from '../../tapo/index.ts';
import type { Benchmark, Split, Task } from '../types.ts';
import { type ChatOptions, type ChatRollout, playChat } from './chat.ts';
import { isLasting } from './liveError.ts';

export interface ChatPlan {
  readonly preset: string;
  readonly split: Split;
  /** Questions. */
  readonly tasks: number;
  /** Attempts at each. */
  readonly groupSize: number;
}

export interface ChatGroups {
  /** Those that were played to their end, in the order of questions and attempts. */
  readonly rollouts: readonly ChatRollout[];
  readonly dropped: number;
  /** Why rollouts were dropped, and how many each time, the most frequent first. */
  readonly faults: readonly (readonly [why: string, rollouts: number])[];
}

export interface ChatGroupOptions extends Omit<ChatOptions, 'overview'> {
  /** Hears of every rollout that has ended, dropped ones too. */
  readonly onRollout?: (rollout: ChatRollout) => void;
}

/** Milliseconds that a model may take for one turn. */
export const TURN_LIMIT = 120_000;
/** Questions are the same for every model. */
const CHAT_SEED = 0xc4a7;
/** More than a host is asked at once, so that it need not wait while tools answer; few, so that groups are finished one after the other. */
const ATTEMPTS_AT_ONCE = 8;

/** Question number `index` of a plan. */
export function chatTask(benchmark: Benchmark, { preset, split }: ChatPlan, index: number): Task {
  return benchmark.task(preset, split, CHAT_SEED, index);
}

/**
 * Plays group after group. Ends early where the signal is aborted, and where the endpoint fails before it answered anything, in a way that
 * another try would not mend: what was played by then is given.
 */
export async function playChatGroups(benchmark: Benchmark, plan: ChatPlan, { onRollout, ...options }: ChatGroupOptions): Promise<ChatGroups> {
  const { signal } = options;
  const slots = bulkhead(ATTEMPTS_AT_ONCE, Number.POSITIVE_INFINITY);
  let answered = false;
  let hopeless = false;
  const onTurn = (): void => {
    answered = true;
    options.onTurn?.();
  };
  const attempt = async (task: Task, g: number): Promise<ChatRollout | null> => {
    if (signal?.aborted || hopeless) return null;
    try {
      const name = { group: task.id, rollout: `${task.id}/${g}` };
      const rollout = await playChat(task, name, { ...options, overview: (of) => benchmark.overview(of), onTurn });
      hopeless ||= rollout.fault !== null && !answered && isLasting(rollout.fault);
      onRollout?.(rollout);
      return rollout;
    } catch (error) {
      if (signal?.aborted) return null;
      throw error;
    }
  };
  const attempts = Array.from({ length: plan.tasks }, (_, t) => {
    const task = chatTask(benchmark, plan, t);
    return Array.from({ length: plan.groupSize }, (_, g) => slots.execute(() => attempt(task, g)));
  });
  const ended = (await Promise.all(attempts.flat())).filter((rollout) => rollout !== null);
  const dropped = ended.filter(({ outcome }) => outcome.dropped);
  const faults = new Map<string, number>();
  for (const why of dropped.map(whyDropped)) faults.set(why, (faults.get(why) ?? 0) + 1);
  return {
    rollouts: ended.filter(({ outcome }) => !outcome.dropped),
    dropped: dropped.length,
    faults: [...faults].sort(([, a], [, b]) => b - a),
  };
}

/** What the world failed with. */
export function whyDropped({ fault, toolFault }: ChatRollout): string {
  return fault?.message ?? toolFault ?? 'the world failed';
}

/** A rollout file, with question and right answer in each line. */
export function writeChatRollouts(rollouts: readonly ChatRollout[]): string {
  return writeRollouts(rollouts.map(({ record, task }) => ({ ...record, question: task.question, truth: task.answer })));
}
