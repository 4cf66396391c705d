// The steps under both rules, rollout by rollout.
import { byRollout, type ComparedRollout, type RuleComparison } from '../../notebook/rules/compareRules.ts';
import { RULE_WORDS, type RuleName } from '../../notebook/rules/ruleNames.ts';
import { signed } from '../format.ts';
import { DifferenceChip } from './DifferenceChip.tsx';
import { writtenCall } from './writtenCall.ts';

interface RuleCardsProps {
  readonly comparison: RuleComparison;
  readonly rules: readonly [RuleName, RuleName];
}

export function RuleCards({ comparison, rules }: RuleCardsProps) {
  return (
    <>
      {byRollout(comparison).map(({ group, question, rollouts }) => (
        <div key={group} className="rule-prompt">
          <h3 className="question">{question}</h3>
          <div className="rollouts rule-cards">
            {rollouts.map((rollout) => (
              <RuleCard key={rollout.rollout} rollout={rollout} rules={rules} most={comparison.most} />
            ))}
          </div>
        </div>
      ))}
    </>
  );
}

interface RuleCardProps {
  readonly rollout: ComparedRollout;
  readonly rules: readonly [RuleName, RuleName];
  readonly most: number;
}

function RuleCard({ rollout: { rollout, failing, steps }, rules, most }: RuleCardProps) {
  return (
    <article className={`rollout ${failing ? 'failure' : 'success'}`} aria-label={`Rollout ${rollout + 1}: ${failing ? 'failed' : 'did not fail'}`}>
      <header>
        <h4>
          <span aria-hidden="true">{failing ? '✗' : '✓'}</span> {rollout + 1}
        </h4>
      </header>
      <ol>
        {steps.map((compared) => (
          <li key={compared.step.place[1]} className="rule-row">
            <span className="call" title={compared.step.text}>
              {writtenCall(compared.step.text)}
            </span>
            <Advantage value={compared.first} rule={rules[0]} />
            <Advantage value={compared.second} rule={rules[1]} />
            <DifferenceChip compared={compared} most={most} />
          </li>
        ))}
      </ol>
    </article>
  );
}

function Advantage({ value, rule }: { readonly value: number; readonly rule: RuleName }) {
  const text = signed(value);
  const { label } = RULE_WORDS[rule];
  return (
    <span className={`adv ${text.startsWith('±') ? 'zero' : value < 0 ? 'minus' : 'plus'}`} title={label}>
      <span className="unseen">{label} </span>
      {text}
    </span>
  );
}
