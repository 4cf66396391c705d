import { describe, expect, it } from 'vitest';
import type { RunRecord } from './runLibrary.ts';
import { recordOf } from './runRecord.ts';
import { changesOf, EVERY_RECORD, shownRecords, tagsFrom, tagsOf } from './shownRecords.ts';
import { storedState } from './testing/runs.ts';

const record = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
  ...recordOf(storedState(), { id, name: id, machine: 'wasm' }, undefined, 0),
  ...change,
});
const RECORDS = [
  record('run 10', { updated: 3, tags: ['ablation', 'β'], summary: { accuracy: 0, sampled: 0.5, greedy: 0, actionRate: 0 } }),
  record('run 9', { updated: 2, note: 'Support off', summary: { accuracy: 0, sampled: null, greedy: null, actionRate: null } }),
  record('Base', { updated: 1, machine: 'WebGPU, swiftshader', tags: ['ablation'], summary: { accuracy: 0, sampled: 0.9, greedy: 0, actionRate: 0 } }),
  record('gone', { deleted: 5, tags: ['old'] }),
];
const names = (query: object): string[] => shownRecords(RECORDS, { ...EVERY_RECORD, ...query }).map(({ id }) => id);

describe('shownRecords(records, query)', () => {
  it('shows those changed last first, and deleted ones only when asked', () => {
    expect(names({})).toEqual(['run 10', 'run 9', 'Base']);
    expect(names({ deleted: true })).toEqual(['gone']);
  });
  it('orders names by their numbers, and puts runs without a value last in either direction', () => {
    expect(names({ order: 'name', descending: false })).toEqual(['Base', 'run 9', 'run 10']);
    expect(names({ order: 'validation', descending: true })).toEqual(['Base', 'run 10', 'run 9']);
    expect(names({ order: 'validation', descending: false })).toEqual(['run 10', 'Base', 'run 9']);
  });
  it('finds words in name, tags, note, flags and machine; all of them have to be there', () => {
    expect(names({ search: 'SUPPORT' })).toEqual(['run 9']);
    expect(names({ search: 'gpu' })).toEqual(['Base']);
    expect(names({ search: '--credit run' })).toEqual(['run 10', 'run 9']);
    expect(names({ search: 'run nothing' })).toEqual([]);
  });
  it('filters by tag, and leaves the list that it was given as it is', () => {
    const given = Object.freeze([...RECORDS]);
    expect(shownRecords(given, { ...EVERY_RECORD, tag: 'ablation' }).map(({ id }) => id)).toEqual(['run 10', 'Base']);
  });
});

it('tagsOf(records) gives each tag once, without those of deleted runs', () => {
  expect(tagsOf(RECORDS)).toEqual(['ablation', 'β']);
});

it('changesOf(record) gives what differs from the defaults, the seed last', () => {
  const { config } = recordOf(storedState({ seed: 3, credit: { rule: 'none', beta: 0.4 }, algorithm: 'gspo' }), { id: 'x', machine: '' }, undefined, 0);
  expect(changesOf({ config })).toEqual(['Credit none', 'β strength 0.4', 'Algorithm gspo', 'Seed 3']);
  expect(changesOf(record('x'))).toEqual([]);
});

it('tagsFrom(text) parts at commas', () => {
  expect(tagsFrom(' a, b ,a,,')).toEqual(['a', 'b']);
});
