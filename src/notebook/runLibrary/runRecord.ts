// What a list shows of a run, taken from its state.
import { type TrainConfig, trainConfig } from '../../train/config.ts';
import { optionOf, writtenValue } from '../../train/options/optionTable.ts';
import { flagsFor } from '../../train/runKey.ts';
import type { RunState } from '../runs.ts';
import { LibraryError, type RunAbout, type RunRecord } from './runLibrary.ts';

/** What is kept of a run's earlier record when it is saved again. */
type Kept = Pick<RunRecord, 'name' | 'tags' | 'note' | 'created'>;

/** The record of a state that is saved now. Throws LibraryError for a run that has not begun. */
export function recordOf(state: RunState, about: RunAbout & { readonly id: string }, earlier: Kept | undefined, now: number): RunRecord {
  const { status, update, metrics, evaluations } = state;
  if (state.config === null) throw new LibraryError('expected a run that has begun, got an empty one; start it first');
  const config = trainConfig(state.config); // a recorded run may be older than some options
  const evaluation = evaluations[evaluations.length - 1];
  return {
    id: about.id,
    key: flagsFor(config),
    name: about.name ?? earlier?.name ?? nameOf(config),
    tags: about.tags ?? earlier?.tags ?? [],
    note: about.note ?? earlier?.note ?? '',
    created: earlier?.created ?? now,
    updated: now,
    config,
    status,
    update,
    machine: about.machine,
    summary: {
      accuracy: metrics[metrics.length - 1]?.accuracy ?? null,
      sampled: evaluation?.sampled ?? null,
      greedy: evaluation?.greedy ?? null,
      actionRate: metrics.findLast((record) => record['credit/action_rate@0.7'] !== undefined)?.['credit/action_rate@0.7'] ?? null,
    },
    deleted: null,
  };
}

/** "grpo, credit tapo, seed 3" */
export function nameOf(config: TrainConfig): string {
  return [writtenValue(optionOf('algorithm'), config.algorithm), `credit ${config.credit.rule}`, `seed ${config.seed}`].join(', ');
}
