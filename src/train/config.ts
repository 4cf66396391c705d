// What a run is: TrainSpec is what a user may write, TrainConfig is complete. Every refusal names the field, what was expected and what came.
import * as v from 'valibot';
import { ALMANAC_PRESETS } from '../env/almanac/presets.ts';
import { ATLAS_PRESETS } from '../env/atlas/scene.ts';
import type { OwnCodes } from '../env/own/openOwnCode.ts';
import { MOST_SOURCE, type OwnCode } from '../env/own/ownCode.ts';
import { REWARD_PRESETS } from '../env/rewards.ts';
import { MAX_GENERATION_BATCHES } from '../tapo/index.ts';

const notNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
const above = (bound: number) => v.pipe(v.number(), v.finite(), v.gtValue(bound));
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const BENCHMARKS = ['atlas', 'almanac'] as const;
export type BenchmarkName = (typeof BENCHMARKS)[number];
/** Presets of each benchmark; the first is the default. */
export const PRESETS: Readonly<Record<BenchmarkName, readonly string[]>> = { atlas: ATLAS_PRESETS, almanac: ALMANAC_PRESETS };
export const ALGORITHMS = ['grpo', 'dr-grpo', 'dapo', 'gspo', 'sapo'] as const;
export const CREDIT_RULES = ['none', 'tapo', 'gigpo', 'delta-belief'] as const;
export const ADVANTAGE_ESTIMATORS = ['grpo', 'dr-grpo', 'batch-normalised'] as const;

/** Options of credit transfer, GiGPO and ΔBelief, named as in the library; all are recorded, whatever the rule. */
export const CreditSchema = v.strictObject({
  rule: v.optional(v.picklist(CREDIT_RULES), 'tapo'),
  theta: v.optional(notNegative, 0.7),
  alphaMin: v.optional(notNegative, 0.2),
  beta: v.optional(notNegative, 0.8),
  thetaCluster: v.optional(v.nullable(notNegative), null),
  support: v.optional(v.boolean(), true),
  clamp: v.optional(v.boolean(), true),
  minSuccess: v.optional(whole(1, 1_000_000), 1),
  scope: v.optional(v.picklist(['group', 'batch']), 'group'),
  outcome: v.optional(v.picklist(['both', 'sign', 'correct']), 'both'),
  text: v.optional(v.picklist(['tokenF1', 'jaccard', 'levenshtein', 'exact']), 'tokenF1'),
  region: v.optional(v.picklist(['iou', 'giou', 'iouLabel']), 'iou'),
  image: v.optional(v.picklist(['region', 'exact']), 'region'),
  other: v.optional(v.picklist(['arguments', 'exact']), 'arguments'),
  clustering: v.optional(v.picklist(['leader', 'singleLink', 'exact']), 'leader'),
  clusterSimilarity: v.optional(v.picklist(['max', 'leader', 'mean']), 'max'),
  clusterAdvantage: v.optional(v.picklist(['mean', 'trajectoryMean', 'max', 'min']), 'mean'),
  choice: v.optional(v.picklist(['similarity', 'similaritySupport']), 'similarity'),
  /** GiGPO: weight of the step advantage, and discount a step. */
  omega: v.optional(notNegative, 1),
  gamma: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.95),
  /** ΔBelief: weight of a turn's rise in belief. */
  beliefWeight: v.optional(notNegative, 0.1),
  /** Tokens that get the corrected advantage: the whole step, or only the call. */
  span: v.optional(v.picklist(['step', 'call']), 'step'),
});

/** The overlong penalty, once it is on: from as many tokens as a rollout can hold, and over a fifth of them, as DAPO has it. */
export const OverlongSchema = v.pipe(
  v.strictObject({ maxTokens: v.optional(whole(1, 1_000_000), 168), buffer: v.optional(whole(1, 1_000_000)) }),
  v.transform(({ maxTokens, buffer = Math.ceil(maxTokens / 5) }) => ({ maxTokens, buffer })),
  v.forward(
    v.partialCheck([['maxTokens'], ['buffer']], ({ maxTokens, buffer }) => buffer <= maxTokens, 'at most overlong.maxTokens'),
    ['buffer'],
  ),
);

/** Code of a cell that the run takes along: a script, and the name that it declares a tool or a reward by. */
const OwnCodeSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\p{ID_Start}$_][\p{ID_Continue}$]{0,99}$/u)),
  source: v.pipe(v.string(), v.maxLength(MOST_SOURCE)),
});

/** A tool that is answered by somebody else, as `--tool` writes it. What opens it (env/live) checks the rest. */
const ToolText = v.pipe(v.string(), v.regex(/^([\w-]+=)?[a-z0-9-]+:\S+$/), v.maxLength(2000));

/** Tools of a run at most. */
const MOST_TOOLS = 16;

export const TrainSchema = v.strictObject({
  benchmark: v.optional(v.picklist(BENCHMARKS), 'atlas'),
  /** If it is left out: the first of the benchmark. */
  preset: v.optional(v.string(), 'grid'),
  algorithm: v.optional(v.picklist(ALGORITHMS), 'grpo'),
  /** How rewards of a group become advantages; null: the algorithm's own (Dr. GRPO's for dr-grpo, else GRPO's). */
  advantage: v.optional(v.nullable(v.picklist(ADVANTAGE_ESTIMATORS)), null),
  /** Added to the standard deviation of a group's rewards. */
  epsilon: v.optional(notNegative, 1e-6),
  credit: v.optional(CreditSchema, {}),
  /** A preset, or a reward of one's own. */
  reward: v.optional(v.union([v.picklist(REWARD_PRESETS), OwnCodeSchema]), 'exact'),
  /** Tools in the place of the benchmark's of the same name, or beside them: transports as text, without keys; code of cells. */
  tools: v.optional(v.pipe(v.array(v.union([ToolText, OwnCodeSchema])), v.maxLength(MOST_TOOLS)), []),
  seed: v.optional(whole(0, 2 ** 31 - 1), 1),
  updates: v.optional(whole(1, 100_000), 150),
  /** Prompts an update. */
  prompts: v.optional(whole(1, 1024), 12),
  /** Rollouts a prompt, G. */
  groupSize: v.optional(whole(1, 512), 8),
  /** Passes over each batch of rollouts. */
  epochs: v.optional(whole(1, 64), 2),
  /** Optimizer steps a pass. */
  miniBatches: v.optional(whole(1, 256), 2),
  learningRate: v.optional(v.pipe(notNegative, v.maxValue(1)), 3e-5),
  weightDecay: v.optional(notNegative, 0),
  clipNorm: v.optional(above(0), 1),
  /** Bounds of the ratio; null: the algorithm's own. */
  clipLow: v.optional(v.nullable(notNegative), null),
  clipHigh: v.optional(v.nullable(notNegative), null),
  /** Bound of the loss where A < 0, of GRPO, Dr. GRPO and DAPO; null: off. */
  dualClip: v.optional(v.nullable(above(1)), 3),
  /** Temperatures of SAPO's gate. */
  tauPositive: v.optional(above(0), 1),
  tauNegative: v.optional(above(0), 1.05),
  klCoefficient: v.optional(notNegative, 0),
  klEstimator: v.optional(v.picklist(['k1', 'k2', 'k3']), 'k3'),
  entropyCoefficient: v.optional(v.pipe(v.number(), v.finite()), 0),
  aggregate: v.optional(v.nullable(v.picklist(['tokenMean', 'sequenceMeanTokenMean', 'sequenceMeanTokenSum', 'constant'])), null),
  /** Length that the aggregation `constant` divides by, tokens; null: the most that a rollout can hold. */
  maxLength: v.optional(v.nullable(whole(1, 1_000_000)), null),
  temperature: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(10)), 1),
  /** Rename countries and facts anew in every prompt, so that nothing can be known by heart. */
  shuffledFacts: v.optional(v.boolean(), false),
  /** Evaluate every so many updates, and before the first and after the last; 0: never. */
  evaluateEvery: v.optional(whole(0, 100_000), 25),
  /** Re-roll the probe questions every so many updates, and before the first and after the last; 0: never. */
  probeEvery: v.optional(whole(0, 100_000), 10),
  /** Validation questions an evaluation. */
  evaluationTasks: v.optional(whole(1, 10_000), 192),
  /** Greatest number of extra generation batches that replace prompts without mixed outcomes; 0: dynamic sampling is off. */
  dynamicSampling: v.optional(whole(0, MAX_GENERATION_BATCHES - 1), 0),
  /** M = 0 on what tools answered; off trains on it, too. */
  responseMask: v.optional(v.boolean(), true),
  /** Penalty on the reward of a rollout with many tokens of the model's own; null: none. */
  overlong: v.optional(v.nullable(OverlongSchema), null),
});

export type TrainSpec = v.InferInput<typeof TrainSchema>;
export type TrainConfig = Readonly<v.InferOutput<typeof TrainSchema>>;
export type Algorithm = TrainConfig['algorithm'];
export type CreditRule = TrainConfig['credit']['rule'];

/** A spec that is no run. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Tools of a run that are answered elsewhere, as text. Configurations of older recordings have no tools. */
export const transportsOf = (tools: TrainConfig['tools'] = []): string[] => tools.filter((tool) => typeof tool === 'string');

/** Tools of a run whose code it takes along. */
export const codesOf = (tools: TrainConfig['tools'] = []): OwnCode[] => tools.filter((tool) => typeof tool !== 'string');

/** All code of one's own that a run takes along. */
export const ownCodesOf = ({ reward, tools }: Pick<TrainConfig, 'reward' | 'tools'>): OwnCodes => ({
  reward: typeof reward === 'string' ? null : reward,
  tools: codesOf(tools),
});

/** The complete configuration. Throws ConfigError with one line a fault. */
export function trainConfig(spec: unknown): TrainConfig {
  const result = v.safeParse(TrainSchema, spec);
  if (result.success)
    return (spec as TrainSpec).preset === undefined ? { ...result.output, preset: PRESETS[result.output.benchmark][0] as string } : result.output;
  throw new ConfigError(result.issues.map(faultOf).join('\n'));
}

function faultOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'the configuration';
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${path}: no such option; expected one of ${Object.keys(knownAt(path)).join(', ')}`;
  if (path.startsWith('tools'))
    return `${path}: expected what train.tool({…}) gives in a cell, or a transport such as "text_search_tool=mediawiki:https://en.wikipedia.org", up to ${MOST_TOOLS} in a list, got ${issue.received}`;
  if (issue.type === 'union') return `${path}: expected ${REWARD_PRESETS.join(', ')}, or what train.reward(f) gives in a cell, got ${issue.received}`;
  if (issue.type === 'partial_check') return `${path}: expected ${issue.message}, got ${JSON.stringify(issue.path?.at(-1)?.value)}`;
  const expected = issue.type === 'integer' ? 'a whole number' : (issue.expected ?? issue.requirement ?? 'another value');
  return `${path}: expected ${expected}, got ${issue.received}`;
}

function knownAt(path: string): Record<string, unknown> {
  if (path.startsWith('overlong.')) return OverlongSchema.entries;
  return path.startsWith('credit.') ? CreditSchema.entries : TrainSchema.entries;
}
