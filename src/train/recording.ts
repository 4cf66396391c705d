// A run made earlier, as the page plays it back: its reports, thinned so that the file stays small.
import type { TrainConfig } from './config.ts';
import type { RunReport } from './report.ts';

export interface Recording {
  readonly title: string;
  /** The command that made it. */
  readonly command: string;
  /** What it ran on: clock readings in it are worth no more than that. */
  readonly machine: string;
  readonly reports: readonly RunReport[];
}

/** Groups kept in full: those of the first updates, then of every tenth, two of each. */
const FIRST_UPDATES = 5;
const EVERY = 10;
const GROUPS = 2;

/** Thins the reports of a whole run and rounds their numbers to six digits. */
export function recordingOf(config: TrainConfig, reports: readonly RunReport[], about: Pick<Recording, 'title' | 'command' | 'machine'>): Recording {
  const kept = reports.filter((report) => report.kind !== 'phase').map(thinned);
  const text = JSON.stringify([{ kind: 'begun', config }, ...kept], (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value));
  return { ...about, reports: JSON.parse(text) as RunReport[] };
}

function thinned(report: RunReport): RunReport {
  if (report.kind === 'probed') return { ...report, groups: report.groups.slice(0, GROUPS) };
  if (report.kind !== 'updated') return report;
  const told = report.update <= FIRST_UPDATES || report.update % EVERY === 0;
  return { ...report, groups: told ? report.groups.slice(0, GROUPS) : [] };
}
