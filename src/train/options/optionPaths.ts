// Where options stand, in the one order of flags, pages and tables: all that naming a run needs, without the words of optionWords.ts.
import { codeName, type OwnCode } from '../../env/own/ownCode.ts';
import { codesOf, type TrainConfig } from '../config.ts';

/** Where an option stands in a configuration. */
export type OptionPath =
  | Exclude<keyof TrainConfig, 'credit' | 'overlong'>
  | `credit.${keyof TrainConfig['credit']}`
  | `overlong.${keyof NonNullable<TrainConfig['overlong']>}`;

export type OptionValue = number | string | boolean | null;

/** Every path once: the compiler asks for those that are new. */
const ORDER: Readonly<Record<OptionPath, 0>> = {
  benchmark: 0,
  preset: 0,
  seed: 0,
  updates: 0,
  evaluateEvery: 0,
  probeEvery: 0,
  evaluationTasks: 0,
  'credit.rule': 0,
  'credit.beta': 0,
  'credit.theta': 0,
  'credit.alphaMin': 0,
  'credit.support': 0,
  'credit.clamp': 0,
  'credit.minSuccess': 0,
  'credit.choice': 0,
  'credit.clusterAdvantage': 0,
  'credit.span': 0,
  'credit.scope': 0,
  'credit.outcome': 0,
  'credit.omega': 0,
  'credit.gamma': 0,
  'credit.beliefWeight': 0,
  'credit.text': 0,
  'credit.region': 0,
  'credit.image': 0,
  'credit.other': 0,
  'credit.clusterSimilarity': 0,
  'credit.clustering': 0,
  'credit.thetaCluster': 0,
  algorithm: 0,
  advantage: 0,
  epsilon: 0,
  clipLow: 0,
  clipHigh: 0,
  dualClip: 0,
  aggregate: 0,
  maxLength: 0,
  klCoefficient: 0,
  klEstimator: 0,
  entropyCoefficient: 0,
  tauPositive: 0,
  tauNegative: 0,
  responseMask: 0,
  prompts: 0,
  groupSize: 0,
  temperature: 0,
  reward: 0,
  dynamicSampling: 0,
  'overlong.maxTokens': 0,
  'overlong.buffer': 0,
  shuffledFacts: 0,
  learningRate: 0,
  epochs: 0,
  miniBatches: 0,
  weightDecay: 0,
  clipNorm: 0,
  tools: 0,
};

export const OPTION_PATHS = Object.keys(ORDER) as readonly OptionPath[];

/** The value of an option in a complete configuration; code of one's own by its name and hash. Tools answered elsewhere are no single value. */
export function optionAt(config: TrainConfig, path: OptionPath): OptionValue {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], config);
  if (path === 'tools') return codesOf(config.tools).map(codeName).join(',') || null;
  return (typeof value === 'object' && value !== null ? codeName(value as OwnCode) : (value ?? null)) as OptionValue;
}

/** Name on the command line: credit.alphaMin → alpha-min, credit.rule → credit, overlong.maxTokens → overlong-max-tokens */
export function flagOf(path: OptionPath): string {
  const name = path === 'credit.rule' ? 'credit' : path.replace('credit.', '').replace('.', '-');
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
