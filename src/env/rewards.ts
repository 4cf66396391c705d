// Rewards by name, with the constants of the systems that they come from. A dropped episode has no reward at all.
import { levenshteinSimilarity, words } from '../tapo/index.ts';
import type { Outcome } from './outcome.ts';
import { agrees, numberOf } from './variables.ts';

export type RewardPreset = 'exact' | 'exact-observed' | 'mmsearch-r1' | 'deepeyes-v2' | 'sensenova-mars' | 'tool-augmented';

const one = (condition: boolean): number => (condition ? 1 : 0);

/** Preset → reward of an outcome. */
export const REWARDS: Readonly<Record<RewardPreset, (outcome: Outcome) => number>> = {
  /** 1 if the answer matches, else 0. */
  exact: ({ correct }) => one(correct),
  /** As exact, but a lucky answer does not count: its words must have stood in a tool's result. */
  'exact-observed': ({ correct, observed }) => one(correct && observed),
  /** 0.9·acc·0.9^[searched] + 0.1·format; searching costs only when correct (MMSearch-R1's code). */
  'mmsearch-r1': ({ correct, searched, wellFormed }) => 0.9 * one(correct) * (searched ? 0.9 : 1) + 0.1 * one(wellFormed),
  /** 0.8·acc·(1 − 0.1·[searched]) + 0.2·format (DeepEyesV2's code). */
  'deepeyes-v2': ({ correct, searched, wellFormed }) => 0.8 * one(correct) * (1 - 0.1 * one(searched)) + 0.2 * one(wellFormed),
  /** acc + 0.5·format; format is lost only through a model-caused tool error, so calling no tool pays (SenseNova-MARS's code). */
  'sensenova-mars': ({ correct, modelErrors }) => one(correct) + 0.5 * one(modelErrors === 0),
  /** −1 if malformed, else the answer's score (Tool-Augmented PO's code). */
  'tool-augmented': ({ wellFormed, answer, truth }) => (wellFormed && answer !== null ? answerScore(answer, truth) : -1),
};

export const REWARD_PRESETS = Object.keys(REWARDS) as readonly RewardPreset[];

/**
 * Score of an answer in [0, 1] (Goer17/TAPO): numbers by value (relative error below 5 %; below 1e-3 where the truth is 0); else 1 if
 * it contains the truth, else 1 − edit distance / longer length where that is over 0.5, else 0.
 * An empty answer, or one of more than twice the words of the truth (a list), is 0.
 */
export function answerScore(answer: string, truth: string): number {
  const [value, number] = [numberOf(answer), numberOf(truth)];
  if (value !== null && number !== null) return one(agrees(value, number));
  const [given, right] = [words(answer), words(truth)];
  if (given.length === 0 || given.length > 2 * right.length) return 0;
  const [a, b] = [` ${given.join(' ')} `, ` ${right.join(' ')} `];
  if (a.includes(b)) return 1;
  const similarity = levenshteinSimilarity(given, right);
  return similarity > 0.5 ? similarity : 0;
}
