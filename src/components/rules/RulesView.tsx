// Same rollouts, two rules: nothing but the credit rule differs, so the difference is the rule's.
import { useMemo, useState } from 'react';
import { shownPlace } from '../../notebook/rollouts/places.ts';
import { compareRules } from '../../notebook/rules/compareRules.ts';
import { ruledCalls, ruledRollouts } from '../../notebook/rules/ruledSteps.ts';
import type { RuleName } from '../../notebook/rules/ruleNames.ts';
import type { TruthEntry } from '../../notebook/store.ts';
import type { PanelProps } from '../panelProps.ts';
import '../styles/trajectory.css';
import '../styles/rules.css';
import { UpdateChooser } from '../trajectory/UpdateChooser.tsx';
import { PairedHistogram } from './PairedHistogram.tsx';
import { RuleCards } from './RuleCards.tsx';
import { RuleList } from './RuleList.tsx';
import { RulePickers } from './RulePickers.tsx';
import { RuleSummary } from './RuleSummary.tsx';

export interface RulesViewProps extends Omit<PanelProps, 'loadPictures'> {
  readonly rules: readonly [RuleName, RuleName];
  readonly onRules: (rules: readonly [RuleName, RuleName]) => void;
  /** Calls whose true values are known; their rollouts are others than the run's. */
  readonly truths?: readonly TruthEntry[];
}

export function RulesView({ run: { groups: updates, config }, selection, onSelect, rules, onRules, truths = [] }: RulesViewProps) {
  const [source, chooseSource] = useState<string | null>(null);
  const [byRollout, layOut] = useState(false);
  const shown = useMemo(() => shownPlace(updates, selection), [updates, selection]);
  const truth = truths.find(({ title }) => title === source) ?? null;
  const groups = shown?.groups;
  const steps = useMemo(() => (truth ? ruledCalls(truth.report) : groups && config ? ruledRollouts(groups, config) : []), [truth, groups, config]);
  const comparison = useMemo(() => compareRules(steps, rules), [steps, rules]);
  const go = (group: number, step: readonly [number, number]): void => {
    if (shown && !truth) onSelect({ update: shown.update, group, step });
  };
  return (
    <section className="rules-view" aria-label="Two rules">
      <div className="chooser">
        {shown && !truth && <UpdateChooser shown={shown} following={selection.update === null} onSelect={onSelect} />}
        <RulePickers rules={rules} steps={steps} source={truth?.title ?? null} truths={truths} onRules={onRules} onSource={chooseSource} />
      </div>
      {steps.length === 0 ? (
        <p className="hint">The rollouts of an update appear here when it is complete.</p>
      ) : (
        <>
          <div className="rules-head">
            <RuleSummary comparison={comparison} steps={steps} rules={rules} />
            <PairedHistogram histograms={comparison.histograms} rules={rules} />
          </div>
          <nav className="buttons" aria-label="Layout of the steps">
            <button type="button" aria-pressed={!byRollout} onClick={() => layOut(false)}>
              largest difference first
            </button>
            <button type="button" aria-pressed={byRollout} onClick={() => layOut(true)}>
              rollout by rollout
            </button>
          </nav>
          {byRollout ? (
            <RuleCards comparison={comparison} rules={rules} />
          ) : (
            <RuleList comparison={comparison} rules={rules} selected={truth ? null : shown} onChoose={truth ? null : go} />
          )}
        </>
      )}
    </section>
  );
}
