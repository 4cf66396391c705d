// The view of two rules as a cell of the notebook shows it: the cell says which two come first.
import { useEffect, useState } from 'react';
import { parseRule, type RuleName } from '../../notebook/rules/ruleNames.ts';
import type { PanelProps } from '../panelProps.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { RulesView } from './RulesView.tsx';

export default function RulesCell({ first, ...panel }: PanelProps & { readonly first: readonly [string, string] }) {
  const { fetchTruths } = useActions();
  const truths = useNotebook((state) => state.truths);
  const [rules, choose] = useState<readonly [RuleName, RuleName]>([parseRule(first[0]) ?? 'none', parseRule(first[1]) ?? 'tapo']);
  useEffect(() => {
    fetchTruths().catch((error: unknown) => console.warn('the recorded true values cannot be shown:', error));
  }, [fetchTruths]);
  return <RulesView {...panel} rules={rules} onRules={choose} truths={truths} />;
}
