// The form of a run: what it holds, which fields the short form shows, and whether a run has other values.
import { PRESETS, type TrainConfig, trainConfig } from '../train/config.ts';
import { OPTIONS, type OptionDefinition, type OptionPath, type OptionValue, optionAt, withOption } from '../train/options/optionTable.ts';

/** A complete configuration; `overlong` alone may hold two values that do not go together, which the trainer then refuses. */
export type FormSpec = TrainConfig;

export const DEFAULT_SPEC: FormSpec = trainConfig({});

/** Small enough for a software adapter: seconds an update instead of minutes. */
export const TINY_SPEC: FormSpec = { ...DEFAULT_SPEC, prompts: 2, groupSize: 4, epochs: 1, updates: 20, evaluateEvery: 0, evaluationTasks: 8 };

/** What beginners see. Every other option is under "All options". */
export const SHORT_FORM = [
  'benchmark',
  'algorithm',
  'credit.rule',
  'preset',
  'seed',
  'updates',
  'prompts',
  'groupSize',
  'learningRate',
  'credit.beta',
  'credit.theta',
  'credit.alphaMin',
] as const satisfies readonly OptionPath[];

export const OTHER_OPTIONS: readonly OptionDefinition[] = OPTIONS.filter(({ path }) => !(SHORT_FORM as readonly OptionPath[]).includes(path));

/**
 * The form's values with one of them changed. A benchmark brings its first preset with it, and one of the two numbers of the overlong
 * penalty the other one's default.
 */
export function changeOption(spec: FormSpec, path: OptionPath, value: OptionValue): FormSpec {
  const chosen = withOption(spec, path, value);
  const changed = path === 'benchmark' ? { ...chosen, preset: PRESETS[chosen.benchmark][0] as string } : chosen;
  try {
    return trainConfig(changed);
  } catch {
    return changed;
  }
}

/** What may be chosen for an option, with its name: of the presets, those of the benchmark. */
export function choicesOf({ path, choices = {} }: OptionDefinition, { benchmark }: TrainConfig): readonly (readonly [string, string])[] {
  return Object.entries(choices).filter(([value]) => path !== 'preset' || PRESETS[benchmark].includes(value));
}

/** Options whose values differ between two configurations. */
export function differingOptions(a: TrainConfig, b: TrainConfig): readonly OptionDefinition[] {
  return OPTIONS.filter(({ path }) => optionAt(a, path) !== optionAt(b, path));
}
