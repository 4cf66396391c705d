// Which two rules are compared, and on which rollouts.
import { useId } from 'react';
import type { RuledStep } from '../../notebook/rules/ruledSteps.ts';
import { RULE_WORDS, RULES, type RuleName } from '../../notebook/rules/ruleNames.ts';
import type { TruthEntry } from '../../notebook/store.ts';

interface RulePickersProps {
  readonly rules: readonly [RuleName, RuleName];
  readonly steps: readonly RuledStep[];
  /** Title of the truth report whose calls are compared; null: the update's rollouts. */
  readonly source: string | null;
  readonly truths: readonly TruthEntry[];
  readonly onRules: (rules: readonly [RuleName, RuleName]) => void;
  readonly onSource: (title: string | null) => void;
}

export function RulePickers({ rules, steps, source, truths, onRules, onSource }: RulePickersProps) {
  const id = useId();
  const known = (rule: RuleName): boolean => steps.some(({ values }) => values[rule] !== null);
  const pick = (place: 0 | 1) => (
    <span className="bar-field">
      <label htmlFor={`${id}-${place}`}>{place === 0 ? 'first rule' : 'second rule'}</label>
      <select
        id={`${id}-${place}`}
        value={rules[place]}
        onChange={(event) => onRules(place === 0 ? [event.target.value as RuleName, rules[1]] : [rules[0], event.target.value as RuleName])}
      >
        {RULES.map((rule) => (
          <option key={rule} value={rule} disabled={!known(rule)}>
            {RULE_WORDS[rule].label}
            {known(rule) ? '' : ' (not known here)'}
          </option>
        ))}
      </select>
    </span>
  );
  return (
    <div className="buttons rule-pickers">
      {pick(0)}
      <button type="button" aria-label="Swap the rules" onClick={() => onRules([rules[1], rules[0]])}>
        ⇄
      </button>
      {pick(1)}
      {truths.length > 0 && (
        <span className="bar-field">
          <label htmlFor={`${id}-source`}>on</label>
          <select id={`${id}-source`} value={source ?? ''} onChange={(event) => onSource(event.target.value || null)}>
            <option value="">this update’s shown prompts</option>
            {truths.map(({ title }) => (
              <option key={title} value={title}>
                valued calls, {title}
              </option>
            ))}
          </select>
        </span>
      )}
    </div>
  );
}
