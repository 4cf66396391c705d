// The files of a run as text: one line of metrics an update, one line a rollout, one line an evaluation.
import { type Rollout, writeRollouts } from '../tapo/index.ts';
import type { TrainEvent } from './loop.ts';

/** Names of the files in a run's folder. */
export const RUN_FILES = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  rollouts: 'rollouts.jsonl',
  /** The rollouts of the probe questions. */
  probes: 'probes.jsonl',
  evaluations: 'evaluations.jsonl',
  policy: 'policy.safetensors',
  /** The policy at the start; only where a KL term holds the run to it. */
  start: 'start.safetensors',
} as const;

/** The line of metrics.jsonl for an update. */
export function metricsLine({ metrics }: TrainEvent & { kind: 'updated' }): string {
  return `${JSON.stringify(metrics)}\n`;
}

/** The lines of rollouts.jsonl, or of probes.jsonl, for an update; each names its update, question and answer beside the rollout itself. */
export function rolloutLines({ update, rollouts }: TrainEvent & { kind: 'updated' | 'probed' }): string {
  return writeRollouts(
    rollouts.map(({ record, episode, outcome }): Rollout & Record<string, unknown> => ({
      ...record,
      update,
      type: episode.task.type,
      question: episode.task.question,
      truth: outcome.truth,
      answer: outcome.answer,
      steps: record.steps.map((step) => ({
        ...step,
        ...(step.logProbs ? { logProbs: step.logProbs.map(rounded) } : {}),
        ...(step.entropies ? { entropies: step.entropies.map(rounded) } : {}),
      })),
    })),
  );
}

/** The line of evaluations.jsonl: sampled and greedy accuracy, also by type of question. Update 0 is the policy before training. */
export function evaluationLine({ update, sampled, greedy }: TrainEvent & { kind: 'evaluated' }): string {
  const part = ({ accuracy, byType }: typeof sampled) => ({ accuracy, byType });
  return `${JSON.stringify({ update, sampled: part(sampled), greedy: part(greedy) })}\n`;
}

/** Lines of a file up to and with an update: what a resumed run goes on from. */
export function linesUpTo(text: string, update: number): string {
  return text
    .split('\n')
    .filter((line) => line !== '' && (JSON.parse(line) as { update: number }).update <= update)
    .map((line) => `${line}\n`)
    .join('');
}

/** Six decimals are enough to read, and make files a third smaller. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
