// What every option is called, what it does, and how sure we are of it. Words alone: kinds, limits and defaults are in config.ts; the words
// of credit transfer and similarity are in creditWords.ts.
import type { TrainConfig } from '../config.ts';
import { CREDIT_WORDS } from './creditWords.ts';
import type { Evidence } from './evidence.ts';

/** Where an option stands in a configuration. Tools are a list, and no single value. */
export type OptionPath =
  | Exclude<keyof TrainConfig, 'credit' | 'overlong' | 'tools'>
  | `credit.${keyof TrainConfig['credit']}`
  | `overlong.${keyof NonNullable<TrainConfig['overlong']>}`;

export const OPTION_GROUPS = ['Run', 'Credit transfer', 'Similarity', 'Objective', 'Sampling', 'Optimizer'] as const;
export type OptionGroup = (typeof OPTION_GROUPS)[number];

export interface OptionWords {
  readonly group: OptionGroup;
  /** A few words; no label is part of another. */
  readonly label: string;
  readonly help: string;
  readonly tag: Evidence;
  /** Where option and default come from. */
  readonly source: string;
  /** Names of the choices, in the order that they are shown. */
  readonly choices?: Readonly<Record<string, string>>;
  /** How null is written, and what it means; for options that may be null. */
  readonly none?: { readonly word: 'auto' | 'off'; readonly meaning: string };
}

const OF_THE_RUN = 'A matter of the run, not of a method.';

export const OPTION_WORDS: { readonly [P in OptionPath]: OptionWords } = {
  benchmark: {
    group: 'Run',
    label: 'Benchmark',
    help: 'The world that it learns in.',
    tag: 'ours',
    source: OF_THE_RUN,
    choices: { atlas: 'atlas: flags and searches', almanac: 'almanac: searches and Python' },
  },
  preset: {
    group: 'Run',
    label: 'Scenes',
    help: 'Of atlas: grid has nine equal cells; clutter flags of different sizes, partly hidden. Of almanac: easy asks for one fact, hard for arithmetic on several.',
    tag: 'ours',
    source: OF_THE_RUN,
    choices: { grid: 'grid', clutter: 'clutter', easy: 'easy', hard: 'hard' },
  },
  seed: { group: 'Run', label: 'Seed', help: 'Decides prompts, sampling and the order of mini-batches.', tag: 'ours', source: OF_THE_RUN },
  updates: { group: 'Run', label: 'Updates', help: 'How many updates the run makes.', tag: 'ours', source: OF_THE_RUN },
  evaluateEvery: {
    group: 'Run',
    label: 'Evaluate every',
    help: 'Updates between evaluations; the first and the last policy are evaluated too. 0: never.',
    tag: 'ours',
    source: OF_THE_RUN,
  },
  probeEvery: {
    group: 'Run',
    label: 'Probe every',
    help: 'Updates between looks at three fixed questions, which the page follows through training; they are never trained on. 0: never.',
    tag: 'ours',
    source: OF_THE_RUN,
  },
  evaluationTasks: { group: 'Run', label: 'Validation questions', help: 'Questions of an evaluation, the same each time.', tag: 'ours', source: OF_THE_RUN },

  ...CREDIT_WORDS,

  algorithm: {
    group: 'Objective',
    label: 'Algorithm',
    help: 'How advantages become a step of the policy.',
    tag: 'paper',
    source: 'GRPO arXiv:2402.03300, Dr. GRPO 2503.20783, DAPO 2503.14476, GSPO 2507.18071, SAPO 2511.20347.',
    choices: { grpo: 'GRPO', 'dr-grpo': 'Dr. GRPO', dapo: 'DAPO', gspo: 'GSPO', sapo: 'SAPO' },
  },
  advantage: {
    group: 'Objective',
    label: 'Advantages',
    help: 'How the rewards of a group become advantages; GiGPO has its own, which are only whitened.',
    tag: 'code',
    source: 'GRPO: verl. Dr. GRPO: arXiv:2503.20783. Whitening, after credit transfer: SenseNova-MARS.',
    choices: { grpo: 'GRPO: (R − mean) / std', 'dr-grpo': 'Dr. GRPO: R − mean', 'batch-normalised': 'GRPO, whitened over the batch' },
    none: { word: 'auto', meaning: 'the algorithm’s own' },
  },
  epsilon: { group: 'Objective', label: 'ε in std', help: 'Added to the standard deviation of a group’s rewards.', tag: 'code', source: 'verl; TRL has 1e-4.' },
  clipLow: {
    group: 'Objective',
    label: 'ε_low',
    help: 'The ratio is clipped below 1 − ε_low where A < 0; SAPO has no clip.',
    tag: 'paper',
    source: 'GRPO, Dr. GRPO and DAPO 0.2, GSPO 3e-4.',
    none: { word: 'auto', meaning: 'the algorithm’s own' },
  },
  clipHigh: {
    group: 'Objective',
    label: 'ε_high',
    help: 'The ratio is clipped above 1 + ε_high where A > 0; SAPO has no clip.',
    tag: 'paper',
    source: 'GRPO and Dr. GRPO 0.2, DAPO 0.28, GSPO 4e-4.',
    none: { word: 'auto', meaning: 'the algorithm’s own' },
  },
  dualClip: {
    group: 'Objective',
    label: 'Dual clip',
    help: 'Where A < 0 the loss of a token never exceeds −c·A; for GRPO, Dr. GRPO and DAPO.',
    tag: 'code',
    source: 'verl; arXiv:1912.09729. Tool-Augmented PO sets 10.',
    none: { word: 'off', meaning: 'no bound' },
  },
  aggregate: {
    group: 'Objective',
    label: 'Aggregation',
    help: 'How token losses become one number.',
    tag: 'code',
    source: 'verl’s agg_loss; each algorithm’s own is its paper’s.',
    choices: {
      tokenMean: 'mean over all tokens',
      sequenceMeanTokenMean: 'mean over tokens, then over rollouts',
      sequenceMeanTokenSum: 'sum over tokens, mean over rollouts',
      constant: 'sum / (rollouts · length)',
    },
    none: { word: 'auto', meaning: 'the algorithm’s own' },
  },
  maxLength: {
    group: 'Objective',
    label: 'Constant length',
    help: 'Tokens that the aggregation “constant” divides by; the longest rollout has 168.',
    tag: 'paper',
    source: 'Dr. GRPO’s L_max, arXiv:2503.20783; its number is of this world.',
    none: { word: 'auto', meaning: '168' },
  },
  klCoefficient: {
    group: 'Objective',
    label: 'KL coefficient',
    help: 'Weight of the KL to the policy at the start.',
    tag: 'code',
    source: 'verl, TRL; Tool-Augmented PO has none.',
  },
  klEstimator: {
    group: 'Objective',
    label: 'KL estimator',
    help: 'What stands for the KL at a token; d = log π/π_ref.',
    tag: 'code',
    source: 'verl, TRL.',
    choices: { k1: 'k1: d', k2: 'k2: d² / 2', k3: 'k3: e⁻ᵈ + d − 1' },
  },
  entropyCoefficient: {
    group: 'Objective',
    label: 'Entropy bonus',
    help: 'Weight of the policy’s entropy in the objective.',
    tag: 'code',
    source: 'Tool-Augmented PO has none.',
  },
  tauPositive: { group: 'Objective', label: 'τ_pos', help: 'Temperature of SAPO’s gate where A > 0.', tag: 'paper', source: 'arXiv:2511.20347.' },
  tauNegative: { group: 'Objective', label: 'τ_neg', help: 'Temperature of SAPO’s gate elsewhere.', tag: 'paper', source: 'arXiv:2511.20347.' },

  prompts: {
    group: 'Sampling',
    label: 'Prompts an update',
    help: 'How many questions are asked.',
    tag: 'ours',
    source: 'For a small world; a digest says 128.',
  },
  groupSize: {
    group: 'Sampling',
    label: 'Group size G',
    help: 'Rollouts of each prompt. Advantages compare them with each other.',
    tag: 'digest',
    source: 'G = 8.',
  },
  temperature: { group: 'Sampling', label: 'Temperature', help: 'Of sampling in training; 1: the policy itself.', tag: 'ours', source: 'Not published.' },
  reward: {
    group: 'Sampling',
    label: 'Reward',
    help: 'What an outcome is worth.',
    tag: 'ours',
    source: 'The named rewards are read in the code of their systems.',
    choices: {
      exact: 'exact: 1 if correct',
      'exact-observed': 'exact, and the answer was seen',
      'mmsearch-r1': 'MMSearch-R1',
      'deepeyes-v2': 'DeepEyesV2',
      'sensenova-mars': 'SenseNova-MARS',
      'tool-augmented': 'Tool-Augmented PO',
    },
  },
  dynamicSampling: {
    group: 'Sampling',
    label: 'Dynamic sampling',
    help: 'Extra draws at most, which replace prompts whose rollouts fared alike; 0: off.',
    tag: 'code',
    source: 'DAPO arXiv:2503.14476; at most ten draws in all: Tool-Augmented PO. Off by default is ours.',
  },
  'overlong.maxTokens': {
    group: 'Sampling',
    label: 'Overlong L_max',
    help: 'Tokens of the model’s own from which the overlong penalty is −1; 168 if only L_buf is given.',
    tag: 'code',
    source: 'DAPO arXiv:2503.14476, without what tools answered: Tool-Augmented PO. Off by default is ours.',
    none: { word: 'off', meaning: 'no penalty' },
  },
  'overlong.buffer': {
    group: 'Sampling',
    label: 'Overlong L_buf',
    help: 'Tokens before L_max over which the penalty grows; a fifth of it if only L_max is given.',
    tag: 'code',
    source: 'As L_max; the fifth is DAPO’s 4,096 of 20,480.',
    none: { word: 'off', meaning: 'no penalty' },
  },
  responseMask: {
    group: 'Objective',
    label: 'Response mask',
    help: 'Train on the model’s own tokens alone; off: on what tools answered, too.',
    tag: 'code',
    source: 'Every method here has it; Tool-Augmented PO names it. Off is there to be compared with.',
  },
  shuffledFacts: {
    group: 'Sampling',
    label: 'Shuffled facts',
    help: 'Rename countries and facts in every prompt, so that nothing can be known by heart.',
    tag: 'ours',
    source: OF_THE_RUN,
  },

  learningRate: {
    group: 'Optimizer',
    label: 'Learning rate',
    help: 'Of AdamW.',
    tag: 'ours',
    source: 'For a small policy; a digest says 1e-6 for one of 4 billion parameters.',
  },
  epochs: { group: 'Optimizer', label: 'Epochs', help: 'Passes over each batch.', tag: 'ours', source: 'The paper’s setting is strictly on-policy: one.' },
  miniBatches: {
    group: 'Optimizer',
    label: 'Mini-batches',
    help: 'Optimizer steps a pass.',
    tag: 'ours',
    source: 'The paper’s setting is strictly on-policy: one.',
  },
  weightDecay: { group: 'Optimizer', label: 'Weight decay', help: 'Of AdamW.', tag: 'ours', source: 'Tool-Augmented PO has 0.1.' },
  clipNorm: { group: 'Optimizer', label: 'Clip norm', help: 'Gradients are scaled down to this norm.', tag: 'code', source: 'Tool-Augmented PO.' },
};
