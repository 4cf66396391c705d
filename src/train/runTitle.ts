// A run in words, for people who see several side by side: its method, its world, and what it changes of the method.
import { type TrainConfig, trainConfig, transportsOf } from './config.ts';
import { ALL_OPTIONS, type OptionDefinition, type OptionPath, optionAt, optionOf, writtenValue } from './options/optionTable.ts';
import { RUN_RECIPES, type RunRecipe } from './runRecipes.ts';

const RECIPE_NAMES: Readonly<Record<RunRecipe, string>> = { 'tool-augmented': 'Tool-Augmented PO' };

const RULES: Readonly<Record<TrainConfig['credit']['rule'], string>> = {
  tapo: 'with TAPO credit transfer',
  none: 'without credit transfer',
  gigpo: 'with GiGPO’s advantages',
  'delta-belief': 'with ΔBelief’s advantages',
};

/** Told in words of their own, or of what is measured and not of what is learned. */
const UNTOLD: ReadonlySet<OptionPath> = new Set([
  'benchmark',
  'preset',
  'seed',
  'updates',
  'evaluateEvery',
  'probeEvery',
  'evaluationTasks',
  'credit.rule',
  'algorithm',
]);

/** Parts of a method that a 0 leaves out. */
const OFF_AT_ZERO: ReadonlySet<OptionPath> = new Set(['dynamicSampling', 'klCoefficient', 'entropyCoefficient', 'weightDecay']);

/** "Tool-Augmented PO on almanac/hard, without response mask, 10 updates, seed 1": titles differ where what runs learn differs. */
export function runTitle(config: TrainConfig): string {
  const { algorithm, credit, benchmark, preset, updates, seed } = config;
  const plain = { method: `${optionOf('algorithm').choices?.[algorithm]} ${RULES[credit.rule]}`, changes: changesFrom(trainConfig({}), config) };
  const methods = (Object.keys(RUN_RECIPES) as RunRecipe[]).flatMap((name) => {
    const recipe = trainConfig(RUN_RECIPES[name]);
    const isIt = recipe.algorithm === algorithm && recipe.credit.rule === credit.rule && recipe.benchmark === benchmark;
    return isIt ? [{ method: RECIPE_NAMES[name], changes: changesFrom(recipe, config) }] : [];
  });
  const { method, changes } = methods.reduce((best, each) => (each.changes.length < best.changes.length ? each : best), plain);
  return [`${method} on ${benchmark}/${preset}`, ...changes, ...transportsOf(config.tools), `${updates} updates`, `seed ${seed}`].join(', ');
}

function changesFrom(method: TrainConfig, config: TrainConfig): string[] {
  return ALL_OPTIONS.filter(({ path }) => !UNTOLD.has(path) && optionAt(config, path) !== optionAt(method, path)).map((option) => inWords(option, config));
}

function inWords(option: OptionDefinition, config: TrainConfig): string {
  const value = optionAt(config, option.path);
  const name = option.label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
  if (typeof value === 'boolean') return `${value ? 'with' : 'without'} ${name}`;
  return value === 0 && OFF_AT_ZERO.has(option.path) ? `without ${name}` : `${name} ${writtenValue(option, value)}`;
}
