import { describe, expect, it } from 'vitest';
import { trainConfig } from '../train/config.ts';
import type { TrainerEvent } from '../workers/trainer.protocol.ts';
import { EMPTY_RUN, progressOf, reduceRun } from './runs.ts';

const updated = (update: number, groups: number): TrainerEvent => ({
  kind: 'updated',
  update,
  metrics: { update, accuracy: 0.5, 'time/rollout': 1, 'time/update': 1 },
  histogram: { before: [1], after: [2] },
  groups: Array.from({ length: groups }, (_, g) => ({
    group: `u${update}/${g}`,
    task: { id: 't', preset: 'grid', split: 'train', type: 'capital', question: '?', answer: 'a', scene: null },
    clusters: [],
    rollouts: [],
  })),
});
const config = trainConfig({ updates: 100 });

describe('reduceRun(state, event)', () => {
  it('begins empty, takes updates and evaluations in, and follows the status', () => {
    const events: TrainerEvent[] = [
      { kind: 'begun', config },
      { kind: 'status', status: 'running', update: 0 },
      { kind: 'evaluated', update: 0, sampled: 0.2, greedy: 0.3 },
      { kind: 'phase', update: 1, phase: 'rollout', done: 3, total: 96 },
      { kind: 'probed', update: 0, groups: [] },
      updated(1, 1),
      { kind: 'status', status: 'paused', update: 1 },
    ];
    const state = events.reduce(reduceRun, { ...EMPTY_RUN, error: 'old' });
    expect(state).toMatchObject({ config, status: 'paused', update: 1, phase: null, error: null, evaluations: [{ update: 0, sampled: 0.2, greedy: 0.3 }] });
    expect(state.metrics.map((m) => m.update)).toEqual([1]);
    expect(state.histograms).toEqual([{ update: 1, before: [1], after: [2] }]);
    expect(state.groups.map((g) => g.update)).toEqual([1]);
    expect(state.probes).toEqual([{ update: 0, groups: [] }]);
  });
  it('counts failed calls of the run’s own tools, and keeps the newest in words', () => {
    const state = ['a', 'b'].map((message): TrainerEvent => ({ kind: 'toolFault', message })).reduce(reduceRun, EMPTY_RUN);
    expect(state.toolFaults).toEqual({ newest: 'b', count: 2 });
  });
  it('never changes the state that it was given', () => {
    const state = Object.freeze({ ...EMPTY_RUN, metrics: Object.freeze([]), groups: Object.freeze([]), histograms: Object.freeze([]) });
    expect(reduceRun(state, updated(1, 2))).not.toBe(state);
    expect(state.metrics).toEqual([]);
  });
  it('keeps the groups of the newest updates only, and all metrics', () => {
    const state = Array.from({ length: 200 }, (_, i) => updated(i + 1, 1)).reduce(reduceRun, EMPTY_RUN);
    expect(state.metrics).toHaveLength(200);
    expect(state.groups).toHaveLength(60);
    expect(state.groups.at(-1)?.update).toBe(200);
    expect(reduceRun(state, updated(201, 0)).groups).toBe(state.groups);
  });
  it('keeps everything when the trainer fails', () => {
    const state = reduceRun([updated(1, 1)].reduce(reduceRun, EMPTY_RUN), { kind: 'failed', message: 'out of memory' });
    expect(state).toMatchObject({ error: 'out of memory', update: 1 });
  });
});

describe('progressOf(state)', () => {
  it('counts whole updates and a share of the one under way, and the seconds left at the last pace', () => {
    const state = [
      { kind: 'begun', config } as const,
      updated(1, 0),
      updated(2, 0),
      { kind: 'phase', update: 3, phase: 'rollout', done: 48, total: 96 } as const,
    ].reduce(reduceRun, EMPTY_RUN);
    const { share, secondsLeft } = progressOf(state);
    expect(share).toBeCloseTo(0.023, 12);
    expect(secondsLeft).toBeCloseTo(2 * 98, 12);
    expect(progressOf(EMPTY_RUN)).toEqual({ share: 0, secondsLeft: null });
  });
});
