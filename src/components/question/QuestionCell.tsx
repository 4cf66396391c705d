// One question as a cell of the notebook shows it. Where its slider stands is its own affair: the other views look at training rollouts.
import { useCallback, useState } from 'react';
import type { Selection } from '../../notebook/selection.ts';
import type { PanelProps } from '../panelProps.ts';
import { QuestionView } from './QuestionView.tsx';

export default function QuestionCell({ first, ...panel }: PanelProps & { readonly first: number }) {
  const [selection, set] = useState<Selection>({ update: null, group: first, step: null });
  const follow = useCallback((change: Partial<Selection>) => set((before) => ({ ...before, ...change })), []);
  return <QuestionView {...panel} selection={selection} onSelect={follow} />;
}
