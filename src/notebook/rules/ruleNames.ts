// The credit rules that can be held against each other on the same rollouts.
import type { ComparedRule } from '../../train/creditComparison.ts';

/** A rule of train/creditComparison.ts, or the true values. */
export type RuleName = ComparedRule | 'truth';

export interface RuleWords {
  readonly label: string;
  readonly meaning: string;
}

export const RULE_WORDS: Readonly<Record<RuleName, RuleWords>> = {
  none: { label: 'none', meaning: 'every step gets the advantage of its rollout' },
  tapo: { label: 'TAPO', meaning: 'a failing step is punished less for a call that a successful rollout made too' },
  'tapo, no support': { label: 'TAPO without support', meaning: 'one witness counts as much as many' },
  'tapo, no clamp': { label: 'TAPO without clamp', meaning: 'a failing step may even be rewarded' },
  'tapo, no support, no clamp': { label: 'TAPO without both', meaning: 'neither the support factor nor the clamp' },
  gigpo: { label: 'GiGPO', meaning: 'steps that set out from the same state are held against each other' },
  'delta-belief': { label: 'ΔBelief', meaning: 'a step is worth what it adds to the policy’s belief in the truth' },
  truth: { label: 'true value Δ', meaning: 'by re-rolling from before and after the call, in units of reward' },
};

export const RULES = Object.keys(RULE_WORDS) as readonly RuleName[];

/** The rule that a name stands for, whatever its case and punctuation: "TAPO no support" and "tapo-no-support" are "tapo, no support". Null for none. */
export function parseRule(text: string): RuleName | null {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, ' ')
      .trim();
  return RULES.find((rule) => plain(rule) === plain(text)) ?? null;
}
