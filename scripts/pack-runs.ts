// npm run pack:runs -- [--groups N] FILE… — puts recordings (npx tapo train --record FILE) among those that ship with the page, and writes
// their index. Runs that are shown by their curves alone need no groups: --groups 0 leaves them and the probes out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RecordedRun } from '../src/notebook/recordedRuns.ts';
import { trainConfig } from '../src/train/config.ts';
import type { Recording } from '../src/train/recording.ts';
import { flagsFor } from '../src/train/runKey.ts';

const FOLDER = fileURLToPath(new URL('../public/benchmarks/atlas/recorded/', import.meta.url));

/** The line of the index for a recording's file; null for a file that is none. */
export function indexLine(file: string, recording: Partial<Recording>): RecordedRun | null {
  const begun = recording.reports?.find((report) => report.kind === 'begun');
  return begun ? { key: flagsFor(trainConfig(begun.config)), title: recording.title ?? file, file } : null;
}

/** The recording with so many groups an update, and no probes if none. */
export function withGroups(recording: Recording, groups: number): Recording {
  const reports = recording.reports
    .filter((report) => groups > 0 || report.kind !== 'probed')
    .map((report) => (report.kind === 'updated' ? { ...report, groups: report.groups.slice(0, groups) } : report));
  return { ...recording, reports };
}

function main(): void {
  const { values, positionals } = parseArgs({ options: { groups: { type: 'string', default: '2' } }, allowPositionals: true });
  for (const file of positionals) {
    const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;
    writeFileSync(path.join(FOLDER, path.basename(file)), JSON.stringify(withGroups(recording, Number(values.groups))));
  }
  const lines = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json') && file !== 'index.json')
    .sort()
    .flatMap((file) => indexLine(file, JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Partial<Recording>) ?? []);
  writeFileSync(path.join(FOLDER, 'index.json'), `[\n${lines.map((line) => `  ${JSON.stringify(line)}`).join(',\n')}\n]\n`);
  console.log(`${lines.length} recorded runs`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
