// The view of two rules as a cell of the notebook shows it: the cell says which two come first.
import { useState } from 'react';
import { parseRule, type RuleName } from '../../notebook/rules/ruleNames.ts';
import { trainConfig } from '../../train/config.ts';
import type { PanelProps } from '../panelProps.ts';
import { useTruths } from '../useTruths.ts';
import { RulesView } from './RulesView.tsx';

export default function RulesCell({ first, ...panel }: PanelProps & { readonly first: readonly [string, string] }) {
  const truths = useTruths(trainConfig(panel.run.config ?? {}).benchmark);
  const [rules, choose] = useState<readonly [RuleName, RuleName]>([parseRule(first[0]) ?? 'none', parseRule(first[1]) ?? 'tapo']);
  return <RulesView {...panel} rules={rules} onRules={choose} truths={truths} />;
}
