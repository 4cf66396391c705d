// npm run pack:runs -- [--groups N] FILE… — puts recordings (npx tapo train --record FILE) and truth reports (npx tapo truth --out FILE) among
// those that ship with the page, each beside its benchmark, and writes the indexes. Runs that are shown by their curves alone need no groups:
// --groups 0 leaves them and the probes out.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type RecordedIndex, type RecordedTruth, recordedFolder } from '../src/notebook/recordedRuns.ts';
import { BENCHMARKS, type BenchmarkName, type TrainConfig, trainConfig } from '../src/train/config.ts';
import type { Recording } from '../src/train/recording.ts';
import { flagsFor } from '../src/train/runKey.ts';

/** A recording, or a truth report, which has its configuration beside it. */
export type Recorded = Recording | (RecordedTruth & { readonly config: TrainConfig });

/** Where a benchmark's recordings lie. */
export function folderOf(benchmark: BenchmarkName): string {
  return recordedFolder(fileURLToPath(new URL('../public/benchmarks/', import.meta.url)), benchmark);
}

/** What a file was made with. Throws Error for one that is neither a recording nor a truth report. */
export function configOf(file: string, recorded: Recorded): TrainConfig {
  const config = 'config' in recorded ? recorded.config : recorded.reports?.find((report) => report.kind === 'begun')?.config;
  if (!config) throw new Error(`${file}: expected a recording (npx tapo train --record) or a truth report (npx tapo truth --out), got neither`);
  return trainConfig(config);
}

/** The index of a folder's files, by their names. */
export function indexOf(files: Readonly<Record<string, Recorded>>): RecordedIndex {
  const named = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    runs: named.flatMap(([file, recorded]) => ('reports' in recorded ? [{ key: flagsFor(configOf(file, recorded)), title: recorded.title, file }] : [])),
    truths: named.flatMap(([file, recorded]) => ('reports' in recorded ? [] : [file])),
  };
}

/** The recording with so many groups an update, and no probes if none. */
export function withGroups(recording: Recording, groups: number): Recording {
  const reports = recording.reports
    .filter((report) => groups > 0 || report.kind !== 'probed')
    .map((report) => (report.kind === 'updated' ? { ...report, groups: report.groups.slice(0, groups) } : report));
  return { ...recording, reports };
}

/** The recordings in a folder. */
export function readFolder(folder: string): Readonly<Record<string, Recorded>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json');
  return Object.fromEntries(files.map((file) => [file, JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Recorded]));
}

function main(): void {
  const { values, positionals } = parseArgs({ options: { groups: { type: 'string', default: '2' } }, allowPositionals: true });
  for (const file of positionals) {
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
    const folder = folderOf(configOf(file, recorded).benchmark);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, path.basename(file)), JSON.stringify('reports' in recorded ? withGroups(recorded, Number(values.groups)) : recorded));
  }
  for (const benchmark of BENCHMARKS) {
    const folder = folderOf(benchmark);
    if (!existsSync(folder)) continue;
    const { runs, truths } = indexOf(readFolder(folder));
    const lines = runs.map((run) => `  ${JSON.stringify(run)}`).join(',\n');
    writeFileSync(path.join(folder, 'index.json'), `{"runs": [\n${lines}\n],\n"truths": ${JSON.stringify(truths)}}\n`);
    console.log(`${benchmark}: ${runs.length} recorded runs, ${truths.length} truth reports`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
