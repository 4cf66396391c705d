// Runs of one setting belong together: seeds of the same thing, drawn as their mean and interval.
import type { TrainConfig } from '../train/config.ts';
import { ALL_OPTIONS, optionAt, writtenValue } from '../train/options/optionTable.ts';
import { settingKey } from '../train/runKey.ts';
import { type MeanInterval, meanInterval } from './comparison/meanInterval.ts';
import type { ShownRun } from './shownRun.ts';

export interface RunGroup {
  /** What the runs have in common: all flags but the seed. */
  readonly key: string;
  readonly name: string;
  readonly runs: readonly ShownRun[];
}

/** Runs by setting, in the order given. A run that comes twice counts once; one without a configuration yet stands alone. */
export function groupRuns(runs: readonly ShownRun[]): readonly RunGroup[] {
  const members = new Map<string, ShownRun[]>();
  for (const run of new Map(runs.map((each) => [each.key, each])).values()) {
    const key = run.state.config ? settingKey(run.state.config) : run.key;
    members.set(key, [...(members.get(key) ?? []), run]);
  }
  const configs = [...members.values()].flatMap(([first]) => first?.state.config ?? []);
  return [...members].map(([key, group]) => ({ key, name: nameOf(group, configs), runs: group }));
}

/** The run's own name where it is alone; else what tells its setting from the others, or what it does where there is no other. */
function nameOf([first, ...others]: readonly ShownRun[], configs: readonly TrainConfig[]): string {
  const config = first?.state.config;
  if (!first || !config || others.length === 0) return first?.name ?? '';
  const differing = ALL_OPTIONS.filter(({ path }) => path !== 'seed' && configs.some((other) => optionAt(other, path) !== optionAt(config, path)));
  if (differing.length === 0) return `${config.algorithm}, credit ${config.credit.rule}`;
  return differing.map((option) => `${option.flag} ${writtenValue(option, optionAt(config, option.path))}`).join(', ');
}

/** Mean and interval over runs at each update, from the runs that have come so far. `lines`: one a run, updates ascending. */
export function meanOverRuns(lines: readonly (readonly { readonly update: number; readonly value: number }[])[]): ReadonlyMap<number, MeanInterval> {
  const values = new Map<number, number[]>();
  for (const line of lines)
    for (const { update, value } of line) {
      const at = values.get(update);
      if (at) at.push(value);
      else values.set(update, [value]);
    }
  return new Map([...values].sort(([a], [b]) => a - b).map(([update, at]) => [update, meanInterval(at) as MeanInterval]));
}
