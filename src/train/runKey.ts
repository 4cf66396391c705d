// What a run is called by: the flags that repeat it. Runs are repeatable, so that equal keys mean equal runs.
import { type TrainConfig, type TrainSpec, trainConfig } from './config.ts';
import { OPTIONS, type OptionPath, optionAt, writtenFlag } from './options/optionTable.ts';

/** The flags that make a configuration: those that name the run, and what differs from the defaults. */
export function flagsFor(config: TrainConfig): string {
  const options = OPTIONS.flatMap((option) => {
    const value = optionAt(config, option.path);
    return value === option.initial && !NAMING.has(option.path) ? [] : [writtenFlag(option, value)];
  });
  return [...options, ...config.tools.map((tool) => `--tool ${shellWord(tool)}`)].join(' ');
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const NAMING: ReadonlySet<OptionPath> = new Set(['preset', 'algorithm', 'credit.rule', 'seed', 'updates']);

/** The key of the run that a spec describes: "--preset grid --seed 1 …". Throws as `trainConfig` does. */
export function runKey(spec: TrainSpec): string {
  return flagsFor(trainConfig(spec));
}

/** The command that makes the run. */
export function commandOf(spec: TrainSpec): string {
  return `npx tapo train ${runKey(spec)}`;
}

/** The key of all runs that differ in nothing but the seed. */
export function settingKey(config: TrainConfig): string {
  return flagsFor(config)
    .replace(/--seed \d+ ?/, '')
    .trim();
}
