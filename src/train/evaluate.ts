// Accuracy on fixed questions, sampled or greedy, with all tools or without some of them.
import { REWARDS } from '../env/rewards.ts';
import type { Benchmark, Split, Tool } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import { hash32 } from '../tapo/index.ts';
import type { Codec } from './codec.ts';
import { type CollectedRollout, collectRollouts } from './rollout.ts';

export interface EvaluateOptions {
  readonly preset: string;
  readonly split: Split;
  readonly tasks: number;
  /** 1 samples, 0 is greedy. */
  readonly temperature: number;
  /** Names of tools that answer every call with an error. */
  readonly disabledTools?: readonly string[];
  /** Tools, if not the benchmark's own. */
  readonly tools?: readonly Tool[];
  readonly signal?: AbortSignal;
  readonly onTurn?: (ended: number, total: number) => void;
}

/** Rollouts that the world failed count in no accuracy. */
export interface Evaluation {
  readonly accuracy: number;
  readonly dropped: number;
  /** Accuracy by type of question, with the number of questions. */
  readonly byType: Readonly<Record<string, { readonly accuracy: number; readonly tasks: number }>>;
  readonly rollouts: readonly CollectedRollout[];
}

/** Questions and draws are the same for every policy: task seed and keys are fixed. */
const EVALUATION_SEED = 0xe7a1;

export async function evaluatePolicy(policy: Policy, benchmark: Benchmark, codec: Codec, options: EvaluateOptions): Promise<Evaluation> {
  const { preset, split, tasks, temperature, disabledTools = [], tools: given = benchmark.tools, signal, onTurn } = options;
  const jobs = Array.from({ length: tasks }, (_, i) => {
    const task = benchmark.task(preset, split, EVALUATION_SEED, i);
    return { task, codec, group: task.id, rollout: `${task.id}/0`, key: hash32(EVALUATION_SEED, i) };
  });
  const tools = given.map((tool) => (disabledTools.includes(tool.name) ? disabled(tool) : tool));
  const { rollouts } = await collectRollouts(policy, benchmark, jobs, {
    reward: REWARDS.exact,
    temperature,
    tools,
    ...(signal ? { signal } : {}),
    ...(onTurn ? { onTurn } : {}),
  });
  const byType: Record<string, { accuracy: number; tasks: number }> = {};
  const whole = rollouts.filter(({ outcome }) => !outcome.dropped);
  for (const { episode, outcome } of whole) {
    const entry = byType[episode.task.type] ?? { accuracy: 0, tasks: 0 };
    const right = entry.accuracy * entry.tasks + (outcome.correct ? 1 : 0);
    byType[episode.task.type] = { accuracy: right / (entry.tasks + 1), tasks: entry.tasks + 1 };
  }
  const accuracy = whole.length === 0 ? 0 : whole.filter(({ outcome }) => outcome.correct).length / whole.length;
  return { accuracy, dropped: rollouts.length - whole.length, byType, rollouts };
}

function disabled(tool: Tool): Tool {
  return { ...tool, call: async () => ({ kind: 'error', cause: 'model', message: 'unknown tool' }) };
}
