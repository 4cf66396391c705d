// A warning where equal calls of a prompt were answered differently: credit transfer takes them for the same deed.
import { useMemo } from 'react';
import { unequalCalls } from '../../notebook/credit/unequalCalls.ts';
import type { GroupReport } from '../../train/report.ts';

export function UnequalCalls({ group }: { readonly group: GroupReport }) {
  const calls = useMemo(() => unequalCalls(group), [group]);
  if (calls.length === 0) return null;
  return (
    <div className="note warn">
      Equal calls of this prompt had unequal results, so that a success with such a call vouches for less than the rule takes it for:
      <ul>
        {calls.map(({ call, results }) => (
          <li key={call}>
            <code>{call}</code>: {results.map(({ text, rollouts }) => `${text} (${rollouts.map((number) => `rollout ${number}`).join(', ')})`).join('; ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
