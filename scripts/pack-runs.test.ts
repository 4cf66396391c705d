import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Recording } from '../src/train/recording.ts';
import { indexLine, withGroups } from './pack-runs.ts';

const FOLDER = new URL('../public/benchmarks/atlas/recorded/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

it('recorded/index.json names every recording by the key of its run, each once', () => {
  const lines = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json') && file !== 'index.json')
    .sort()
    .flatMap((file) => indexLine(file, read(file) as Partial<Recording>) ?? []);
  expect(read('index.json')).toEqual(lines);
  expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  expect(lines.length).toBeGreaterThan(0);
});

it('withGroups(recording, 0) keeps the curves alone', () => {
  const recording = read('grpo-tapo.json') as Recording;
  const { reports } = withGroups(recording, 0);
  expect(reports.every((report) => report.kind !== 'probed' && (report.kind !== 'updated' || report.groups.length === 0))).toBe(true);
  expect(reports.filter(({ kind }) => kind === 'updated')).toHaveLength(recording.reports.filter(({ kind }) => kind === 'updated').length);
});
