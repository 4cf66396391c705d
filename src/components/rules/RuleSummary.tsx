// What the two rules' difference comes to, in sentences.
import type { RuleComparison } from '../../notebook/rules/compareRules.ts';
import type { RuledStep } from '../../notebook/rules/ruledSteps.ts';
import { RULE_WORDS, type RuleName } from '../../notebook/rules/ruleNames.ts';
import { count, signed } from '../format.ts';

interface RuleSummaryProps {
  readonly comparison: RuleComparison;
  readonly steps: readonly RuledStep[];
  readonly rules: readonly [RuleName, RuleName];
}

export function RuleSummary({ comparison, steps, rules }: RuleSummaryProps) {
  const { steps: compared, differing, meanDifference, flips, rewarded } = comparison;
  const prompts = new Set(compared.map(({ step }) => step.group)).size;
  return (
    <div className="rule-summary">
      <dl>
        {rules.map((rule, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: there are two places
          <div key={place}>
            <dt>
              <i className={place === 0 ? 'swatch outline' : 'swatch filled'} /> {RULE_WORDS[rule].label}
            </dt>
            <dd>{RULE_WORDS[rule].meaning}</dd>
          </div>
        ))}
      </dl>
      <p aria-live="polite">
        {compared.length === 0 ? (
          <>One of the two rules is not known for these {count(steps.length, 'step')}.</>
        ) : differing === null ? (
          <>
            Of {count(steps.length, 'call')}, {compared.length} have a true value whose sign is known: <b>{flips}</b> of them have the opposite sign under the
            rule. Advantages and true values have different units, so no difference is taken.
          </>
        ) : (
          <>
            Of {count(compared.length, 'step')} in {count(prompts, 'prompt')}, <b>{differing}</b> differ
            {meanDifference !== null && (
              <>
                , by <b>{signed(meanDifference)}</b> on average
              </>
            )}
            ; the sign flips for <b>{flips}</b>. Failing steps that are rewarded: <b>{rewarded[0]}</b> under {RULE_WORDS[rules[0]].label}, <b>{rewarded[1]}</b>{' '}
            under {RULE_WORDS[rules[1]].label}.
          </>
        )}
      </p>
    </div>
  );
}
