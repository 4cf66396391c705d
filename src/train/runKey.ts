// What a run is called by: the flags that repeat it. Runs are repeatable, so that equal keys mean equal runs.
import { codesOf, type TrainConfig, type TrainSpec, trainConfig, transportsOf } from './config.ts';
import { flagOf, OPTION_PATHS, type OptionPath, type OptionValue, optionAt } from './options/optionPaths.ts';

/** The flags that make a configuration: those that name the run, and what differs from the defaults. Code of one's own is named by its hash. */
export function flagsFor(config: TrainConfig): string {
  const options = OPTION_PATHS.flatMap((path) => {
    const value = optionAt(config, path);
    return value === optionAt(DEFAULTS, path) && !NAMING.has(path) ? [] : [writtenFlag(path, value)];
  });
  return [...options, ...transportsOf(config.tools).map((tool) => `--tool ${shellWord(tool)}`)].join(' ');
}

/** As a shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const DEFAULTS = trainConfig({});

/** As the option table writes it, without its words: what is null against the default is off. */
function writtenFlag(path: OptionPath, value: OptionValue): string {
  return typeof value === 'boolean' ? `--${value ? '' : 'no-'}${flagOf(path)}` : `--${flagOf(path)} ${value ?? 'off'}`;
}

const NAMING: ReadonlySet<OptionPath> = new Set(['preset', 'algorithm', 'credit.rule', 'seed', 'updates']);

/** The key of the run that a spec describes: "--preset grid --seed 1 …". Throws as `trainConfig` does. */
export function runKey(spec: TrainSpec): string {
  return flagsFor(trainConfig(spec));
}

/** The command that makes the run; one with code of its own needs the `config.json` that is saved with it. */
export function commandOf(spec: TrainSpec): string {
  const config = trainConfig(spec);
  return hasOwnCode(config) ? `npx tapo train --config config.json # of the run ${flagsFor(config)}` : `npx tapo train ${flagsFor(config)}`;
}

/** Whether a run takes code of one's own along. */
export function hasOwnCode({ reward, tools }: Pick<TrainConfig, 'reward' | 'tools'>): boolean {
  return typeof reward !== 'string' || codesOf(tools).length > 0;
}

/** The key of all runs that differ in nothing but the seed. */
export function settingKey(config: TrainConfig): string {
  return flagsFor(config)
    .replace(/--seed \d+ ?/, '')
    .trim();
}
