import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainConfig } from '../../train/config.ts';
import type { Recording } from '../../train/recording.ts';
import { EMPTY_RUN, type RunState, reduceRun } from '../runs.ts';
import { readState, writeState } from './stateFile.ts';
import { storedState } from './testing/runs.ts';

const text = (value: unknown): Uint8Array => (typeof value === 'string' ? new TextEncoder().encode(value) : writeState(value as RunState));

describe('writeState(state), readState(bytes)', () => {
  it('give the state back as a whole, with fields that no version knows', () => {
    expect(readState(writeState(storedState()))).toEqual(storedState());
  });
  it('give a real run back', () => {
    const { reports } = JSON.parse(readFileSync('public/benchmarks/atlas/recorded/grpo-tapo.json', 'utf8')) as Recording;
    const state = reports.reduce(reduceRun, EMPTY_RUN);
    expect(state.groups.length).toBeGreaterThan(10);
    // its configuration may be of a version that knew fewer options
    expect(readState(writeState(state))).toEqual({ ...state, config: trainConfig(state.config) });
  });
  it('keep every number', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        const state: RunState = { ...storedState(), metrics: values.map((accuracy, i) => ({ update: i + 1, accuracy })) };
        readState(writeState(state)).metrics.forEach(({ accuracy }, i) => {
          expect(accuracy).toBe(values[i]);
        });
      }),
    );
  });
  it('fill parts that an older version did not write', () => {
    const { groups: _, histograms: __, ...older } = storedState();
    expect(readState(text({ ...older, metrics: [] }))).toMatchObject({ groups: [], histograms: [], update: 3 });
  });
  it('refuse what is no plain data, rather than lose it', () => {
    const state = { ...EMPTY_RUN, weights: new Float32Array(2) };
    expect(() => writeState(state)).toThrow(/"weights" is a Float32Array/);
  });
  it.each<[string, unknown, RegExp]>([
    ['half of a file', '{', /expected a run's state as JSON/],
    ['a list', '[]', /got no object/],
    ['a bad option', { ...storedState(), config: { seed: 'x' } }, /its configuration is of another version: seed: expected number/],
    ['an unknown option', { ...storedState(), config: { gravity: 1 } }, /gravity: no such option/],
    ['a negative update', { ...storedState(), update: -1 }, /update: expected >=0, got -1/],
    ['a text for a metric', { ...storedState(), metrics: [{ update: 1, accuracy: '<b>' }] }, /metrics\.0\.accuracy: expected a number, got "<b>"/],
    ['half of a group', { ...storedState(), groups: [{ update: 1, groups: [{ group: 'x' }] }] }, /groups\.0\.groups\.0\.task: expected/],
    ['probes that are no list', { ...storedState(), probes: {} }, /probes: expected Array, got Object/],
    ['half of an evaluation', { ...storedState(), evaluations: [{ update: 1, sampled: 0.5 }] }, /evaluations\.0\.greedy: expected/],
  ])('refuse %s', (_, value, words) => {
    expect(() => readState(text(value))).toThrow(words);
  });
  it('do not let a file reach the prototype of anything', () => {
    const hostile = new TextDecoder().decode(writeState(storedState())).replace('{', '{"__proto__":{"polluted":true},');
    readState(text(hostile));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
