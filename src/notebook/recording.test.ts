import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trainConfig } from '../train/config.ts';
import { type Recording, recordingOf } from '../train/recording.ts';
import type { RunReport } from '../train/report.ts';
import type { TrainerEvent } from '../workers/trainer.protocol.ts';
import { playRecording } from './recording.ts';
import { EMPTY_RUN, reduceRun } from './runs.ts';

const updated = (update: number): RunReport => ({
  kind: 'updated',
  update,
  metrics: { update, accuracy: 1 / 3 },
  histogram: { before: [], after: [] },
  groups: [],
});
const recording: Recording = {
  title: 't',
  command: 'c',
  machine: 'm',
  reports: [
    { kind: 'evaluated', update: 0, sampled: 0, greedy: 0 },
    updated(1),
    updated(2),
    { kind: 'evaluated', update: 3, sampled: 1, greedy: 1 },
    updated(3),
  ],
};

/** Plays with a clock of its own: each call of `tick` runs what was scheduled. */
function play(given: Recording): { events: TrainerEvent[][]; delays: number[]; tick(): boolean; stop(): void } {
  const events: TrainerEvent[][] = [];
  const delays: number[] = [];
  let due: (() => void) | null = null;
  const player = playRecording(
    given,
    10,
    (batch) => events.push([...batch]),
    (callback, milliseconds) => {
      due = callback;
      delays.push(milliseconds);
      return () => {
        due = null;
      };
    },
  );
  return {
    events,
    delays,
    tick: () => {
      const callback = due;
      due = null;
      callback?.();
      return callback !== null;
    },
    stop: player.stop,
  };
}

describe('playRecording(recording, rate, onEvents, schedule)', () => {
  it('plays up to the first update at once, then one update a tick, and ends as finished', () => {
    const { events, delays, tick } = play(recording);
    expect(events).toHaveLength(1);
    while (tick());
    expect(events.map((batch) => batch.map((event) => ('update' in event ? `${event.kind} ${event.update}` : event.kind)))).toEqual([
      ['evaluated 0', 'updated 1'],
      ['updated 2'],
      ['evaluated 3', 'updated 3', 'status 3'],
    ]);
    expect(delays).toEqual([100, 100]);
  });
  it('stops when told', () => {
    const { events, tick, stop } = play(recording);
    stop();
    expect(tick()).toBe(false);
    expect(events).toHaveLength(1);
  });
});

describe('recordingOf(config, reports, about)', () => {
  it('begins with the configuration, leaves phases out and rounds numbers', () => {
    const made = recordingOf(trainConfig({}), [{ kind: 'phase', update: 1, phase: 'credit', done: 0, total: 0 }, updated(1)], {
      title: 't',
      command: 'c',
      machine: 'm',
    });
    expect(made.reports.map((r) => r.kind)).toEqual(['begun', 'updated']);
    expect(made.reports[1]).toMatchObject({ metrics: { accuracy: 0.333333 } });
  });
});

describe('the recorded run that ships', () => {
  it('plays to its end and has what the page shows', () => {
    const shipped = JSON.parse(readFileSync(new URL('../../public/benchmarks/atlas/recorded/grpo-tapo.json', import.meta.url), 'utf8')) as Recording;
    const { events, tick } = play(shipped);
    while (tick());
    const state = events.flat().reduce(reduceRun, EMPTY_RUN);
    expect(state).toMatchObject({ status: 'finished', update: state.config?.updates, config: { credit: { rule: 'tapo' } } });
    expect(state.evaluations.length).toBeGreaterThan(2);
    expect(state.groups.some(({ groups }) => groups.some((g) => g.rollouts.some((r) => r.steps.some((s) => s.reason === 'transferred'))))).toBe(true);
    expect(shipped.command).toMatch(/^npx tapo train /);
  });
});
