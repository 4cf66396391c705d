// What the chat worker does: another's model plays questions of a benchmark, whose tools are at hand here.
import { CassetteMismatch, type ChatGroupOptions, chatTask, checkChat, playChatGroups, TURN_LIMIT, whyDropped, writeChatRollouts } from '../env/live/index.ts';
import { REWARDS } from '../env/rewards.ts';
import type { Benchmark } from '../env/types.ts';
import type { BenchmarkName } from '../train/config.ts';
import { answer } from './answer.ts';
import type { ChatApi, ChatProgress, ChatSetup } from './chat.protocol.ts';
import { type LiveSetup, type LiveTools, liveClientOf, openLiveTools } from './liveTools.ts';

/** Shortest time between two reports, milliseconds. */
const REPORT_EVERY = 100;

/** `load` gives a benchmark from the folder that holds them. */
export function createChatApi(load: (base: string, name: BenchmarkName) => Promise<Benchmark>): ChatApi {
  let ended = new AbortController();

  /** Work with the benchmark and the tools of a setup. Throws why a tool cannot be had, and of a call that the cassette lacks. */
  async function withTools<T>(
    base: string,
    { benchmark: name, tools: texts }: ChatSetup,
    live: LiveSetup,
    work: (benchmark: Benchmark, tools: LiveTools, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    ended.abort();
    const mine = new AbortController();
    ended = mine;
    const benchmark = await load(base, name);
    const tools = await openLiveTools(texts, live, {
      tools: benchmark.tools,
      overview: benchmark.overview,
      seed: 0,
      onFault: () => {}, // told with the rollout that it drops
      onMismatch: (mismatch) => mine.abort(mismatch),
      signal: mine.signal,
    });
    try {
      const made = await work(benchmark, tools, mine.signal);
      if (mine.signal.reason instanceof CassetteMismatch) throw mine.signal.reason;
      return made;
    } finally {
      await tools.close();
    }
  }

  return {
    test: (base, setup, live) =>
      answer(() =>
        withTools(base, setup, live, (benchmark, { tools }, signal) => {
          const task = chatTask(benchmark, setup, 0);
          return checkChat(task, benchmark.overview(task), { ...setup, tools, client: liveClientOf(live, { timeLimit: TURN_LIMIT }), signal });
        }),
      ),

    play: (base, setup, live, onProgress) =>
      answer(() =>
        withTools(base, setup, live, async (benchmark, { tools, recorded }, signal) => {
          const total = setup.tasks * setup.groupSize;
          const { rollouts, dropped, faults } = await playChatGroups(benchmark, setup, {
            ...setup,
            tools,
            client: liveClientOf(live, { timeLimit: TURN_LIMIT }),
            reward: REWARDS.exact,
            signal,
            ...reporter(total, onProgress),
          });
          if (rollouts.length === 0 && faults[0]) throw new Error(`Every rollout was dropped. ${faults[0][0]}`);
          return {
            file: new Blob([writeChatRollouts(rollouts)], { type: 'application/jsonl' }),
            rollouts: rollouts.length,
            correct: rollouts.filter(({ outcome }) => outcome.correct).length,
            planned: total,
            dropped,
            faults,
            cassette: recorded(),
          };
        }),
      ),

    stop: async () => ended.abort(),
  };
}

/** Counts what is heard of a play, and tells of it. */
function reporter(total: number, onProgress: (progress: ChatProgress) => void): Required<Pick<ChatGroupOptions, 'onTurn' | 'onRollout'>> {
  let progress: ChatProgress = { done: 0, total, turns: 0, correct: 0, dropped: 0, fault: null };
  let due = false;
  const take = (changed: ChatProgress): void => {
    progress = changed;
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      onProgress(progress);
    }, REPORT_EVERY);
  };
  return {
    onTurn: () => take({ ...progress, turns: progress.turns + 1 }),
    onRollout: (rollout) => {
      const ended = { ...progress, done: progress.done + 1 };
      if (rollout.outcome.dropped) take({ ...ended, dropped: ended.dropped + 1, fault: whyDropped(rollout) });
      else take({ ...ended, correct: ended.correct + (rollout.outcome.correct ? 1 : 0) });
    },
  };
}
