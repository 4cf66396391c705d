// Configurations and sliders as the written values of a link, and back.
import type { TrainConfig } from '../../train/config.ts';
import { OPTIONS, optionAt, optionOf, parseOption, writtenValue } from '../../train/options/optionTable.ts';
import { changeOption, DEFAULT_SPEC, differingOptions, type FormSpec } from '../form.ts';
import type { WhatIf } from '../whatIf.ts';
import { type NotebookLink, WHAT_IF_NAMES } from './link.ts';

/** What a configuration has that `base` has not, by path. */
export function writtenSpec(spec: FormSpec, base: FormSpec = DEFAULT_SPEC): NotebookLink['spec'] {
  return Object.fromEntries(differingOptions(spec, base).map((option) => [option.path, writtenValue(option, optionAt(spec, option.path))]));
}

/** `base` with the written values of a link that `readLink` has read. */
export function specOf(written: NotebookLink['spec'], base: FormSpec = DEFAULT_SPEC): FormSpec {
  return OPTIONS.reduce((spec, option) => {
    const text = Object.hasOwn(written, option.path) ? written[option.path] : undefined;
    return text === undefined ? spec : changeOption(spec, option.path, parseOption(option, text));
  }, base);
}

/** What the sliders have that the run has not; null, when they follow the run, is nothing. */
export function writtenWhatIf(whatIf: WhatIf | null, credit: TrainConfig['credit']): NotebookLink['whatIf'] {
  if (whatIf === null) return {};
  const moved = WHAT_IF_NAMES.filter((name) => whatIf[name] !== credit[name]);
  return Object.fromEntries(moved.map((name) => [name, writtenValue(optionOf(`credit.${name}`), whatIf[name])]));
}

/** The sliders' values: those of the run, and over them the written ones; null without any. */
export function whatIfOf(written: NotebookLink['whatIf'], credit: TrainConfig['credit']): WhatIf | null {
  const names = WHAT_IF_NAMES.filter((name) => Object.hasOwn(written, name));
  if (names.length === 0) return null;
  const given = names.map((name) => [name, parseOption(optionOf(`credit.${name}`), written[name] as string)]);
  const { theta, alphaMin, beta, support, clamp, minSuccess, text, region } = credit;
  return { theta, alphaMin, beta, support, clamp, minSuccess, text, region, ...(Object.fromEntries(given) as Partial<WhatIf>) };
}
