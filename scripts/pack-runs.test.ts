import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BENCHMARKS } from '../src/train/config.ts';
import type { Recording } from '../src/train/recording.ts';
import { runTitle } from '../src/train/runTitle.ts';
import { configOf, folderOf, indexOf, type Recorded, readFolder, withGroups } from './pack-runs.ts';

describe.each(BENCHMARKS)('the recordings of %s', (benchmark) => {
  const folder = folderOf(benchmark);
  const files = readFolder(folder);
  const index = indexOf(files);
  it('are named by the index, each once, every run by its key and by a title of its own', () => {
    expect(JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'))).toEqual(index);
    expect([...index.runs.map(({ file }) => file), ...index.truths].sort()).toEqual(Object.keys(files).sort());
    for (const part of ['key', 'title'] as const) expect(new Set(index.runs.map((run) => run[part])).size).toBe(index.runs.length);
    expect(index.runs.length).toBeGreaterThan(0);
  });
  it('are of this benchmark, with the titles that are written today', () => {
    for (const [file, recorded] of Object.entries(files)) {
      const config = configOf(file, recorded);
      expect(config.benchmark, file).toBe(benchmark);
      if ('reports' in recorded) expect(recorded.title).toBe(runTitle(config));
    }
  });
});

it('configOf(file, recorded) refuses what is neither a recording nor a truth report', () => {
  expect(() => configOf('package.json', { name: 'tapo-notebook' } as unknown as Recorded)).toThrow(/package\.json: expected a recording/);
});

it('withGroups(recording, 0) keeps the curves alone', () => {
  const recording = readFolder(folderOf('atlas'))['grpo-tapo.json'] as Recording;
  const { reports } = withGroups(recording, 0);
  expect(reports.every((report) => report.kind !== 'probed' && (report.kind !== 'updated' || report.groups.length === 0))).toBe(true);
  expect(reports.filter(({ kind }) => kind === 'updated')).toHaveLength(recording.reports.filter(({ kind }) => kind === 'updated').length);
});
