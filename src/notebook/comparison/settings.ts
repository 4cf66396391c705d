// Runs as a comparison groups them: one setting for all that differ in nothing but the seed.
import { type TrainConfig, trainConfig } from '../../train/config.ts';
import { ALL_OPTIONS, type OptionDefinition, type OptionPath, optionAt, writtenValue } from '../../train/options/optionTable.ts';
import { commandOf, settingKey } from '../../train/runKey.ts';
import type { ShownRun } from '../shownRun.ts';

export interface SeedRun extends ShownRun {
  readonly seed: number;
  readonly config: TrainConfig;
  /** The command that repeats it. */
  readonly command: string;
}

export interface Setting {
  /** `settingKey` of its runs. */
  readonly key: string;
  /** A, B, …, in the order of the first run of each: what tables call it. */
  readonly letter: string;
  /** What sets it apart from the others, in words. */
  readonly name: string;
  /** One run a seed, by seed. */
  readonly runs: readonly SeedRun[];
  /** Runs left out since their seed is there already: the same run twice is no second sample. */
  readonly repeats: number;
}

/** The settings of runs that have begun. Where a seed comes twice, the run that is further counts, or the first of equals. */
export function settingsOf(shown: readonly ShownRun[]): readonly Setting[] {
  const bySetting = new Map<string, SeedRun[]>();
  for (const run of shown) {
    if (run.state.config === null) continue;
    const config = trainConfig(run.state.config); // a recorded run may be older than some options
    const key = settingKey(config);
    bySetting.set(key, [...(bySetting.get(key) ?? []), { ...run, seed: config.seed, config, command: commandOf(config) }]);
  }
  const grouped = [...bySetting].map(([key, runs]) => ({ key, runs: onePerSeed(runs), repeats: runs.length - new Set(runs.map(({ seed }) => seed)).size }));
  const differing = differingPaths(grouped.map(({ runs }) => runs[0] as SeedRun));
  return grouped.map(({ key, runs, repeats }, index) => {
    const { config } = runs[0] as SeedRun;
    return { key, letter: letterOf(index), name: nameOf(config, differing), runs, repeats };
  });
}

function onePerSeed(runs: readonly SeedRun[]): SeedRun[] {
  const furthest = new Map<number, SeedRun>();
  for (const run of runs) {
    const other = furthest.get(run.seed);
    if (!other || run.state.update > other.state.update) furthest.set(run.seed, run);
  }
  return [...furthest.values()].sort((a, b) => a.seed - b.seed);
}

/** 0 → A, 25 → Z, 26 → A2 */
function letterOf(index: number): string {
  return `${String.fromCharCode(65 + (index % 26))}${index < 26 ? '' : Math.floor(index / 26) + 1}`;
}

/** Options that a name tells of before it counts the rest. */
const NAMED = 3;

function nameOf(config: TrainConfig, differing: readonly OptionDefinition[]): string {
  const told = differing.length > 0 ? differing : ALL_OPTIONS.filter(({ path }) => ALWAYS.has(path));
  const parts = told.slice(0, NAMED).map((option) => `${option.label} ${writtenValue(option, optionAt(config, option.path))}`);
  return told.length > NAMED ? `${parts.join(', ')} and ${told.length - NAMED} more` : parts.join(', ');
}

const ALWAYS: ReadonlySet<OptionPath> = new Set(['algorithm', 'credit.rule']);

function differingPaths(runs: readonly { readonly config: TrainConfig }[]): readonly OptionDefinition[] {
  return ALL_OPTIONS.filter(({ path }) => path !== 'seed' && new Set(runs.map(({ config }) => optionAt(config, path))).size > 1);
}

/** An option that differs among the compared settings, with each setting's value as it is written on the command line. */
export interface OptionDifference {
  readonly option: OptionDefinition;
  readonly values: readonly string[];
}

/** Options whose values differ among the settings, with one value a setting; the seed is no difference. */
export function settingDifferences(settings: readonly Setting[]): readonly OptionDifference[] {
  const firsts = settings.flatMap(({ runs }) => runs.slice(0, 1));
  return differingPaths(firsts).map((option) => ({
    option,
    values: firsts.map(({ config }) => writtenValue(option, optionAt(config, option.path))),
  }));
}
