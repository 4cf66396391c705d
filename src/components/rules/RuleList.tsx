// The steps under both rules, the largest difference first.
import { useState } from 'react';
import type { ShownPlace } from '../../notebook/rollouts/places.ts';
import { samePlace } from '../../notebook/rollouts/places.ts';
import type { RuleComparison } from '../../notebook/rules/compareRules.ts';
import { RULE_WORDS, type RuleName } from '../../notebook/rules/ruleNames.ts';
import { signed } from '../format.ts';
import { DifferenceChip } from './DifferenceChip.tsx';
import { writtenCall } from './writtenCall.ts';

/** Steps listed before one asks for all. */
const LISTED = 24;

interface RuleListProps {
  readonly comparison: RuleComparison;
  readonly rules: readonly [RuleName, RuleName];
  readonly selected: Pick<ShownPlace, 'groupIndex' | 'place'> | null;
  /** Null: the steps stand in no other view. */
  readonly onChoose: ((group: number, step: readonly [number, number]) => void) | null;
}

export function RuleList({ comparison, rules, selected, onChoose }: RuleListProps) {
  const [all, showAll] = useState(false);
  const { steps, most } = comparison;
  const listed = all ? steps : steps.slice(0, LISTED);
  return (
    <div className="rule-list">
      <table>
        <thead>
          <tr>
            <th scope="col">prompt, rollout, step</th>
            <th scope="col">what the policy wrote</th>
            {rules.map((rule, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: there are two places
              <th scope="col" key={i} className="number">
                {RULE_WORDS[rule].label}
              </th>
            ))}
            <th scope="col" className="number">
              difference
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((compared) => {
            const { step, first, second } = compared;
            const name = `${step.group + 1}, ${step.place[0] + 1}, ${step.place[1] + 1}`;
            const isSelected = selected?.groupIndex === step.group && samePlace(selected.place, step.place);
            return (
              <tr key={name} className={isSelected ? 'chosen' : ''}>
                <th scope="row">
                  <span aria-hidden="true">{step.failing ? '✗' : '✓'} </span>
                  {onChoose ? (
                    <button type="button" className="link" aria-label={`Prompt, rollout, step ${name}`} onClick={() => onChoose(step.group, step.place)}>
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                </th>
                <td className="written" title={step.text}>
                  {writtenCall(step.text)}
                </td>
                <td className="number">{signed(first)}</td>
                <td className="number">{signed(second)}</td>
                <td className="number">
                  <DifferenceChip compared={compared} most={most} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {steps.length > LISTED && (
        <button type="button" aria-pressed={all} onClick={() => showAll(!all)}>
          {all ? `The first ${LISTED} only` : `All ${steps.length} steps`}
        </button>
      )}
    </div>
  );
}
