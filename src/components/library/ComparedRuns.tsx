// Runs of the library side by side.
import { useEffect } from 'react';
import { ComparisonView } from '../comparison/ComparisonView.tsx';
import { useActions, useNotebook } from '../useNotebook.ts';

export default function ComparedRuns({ ids }: { readonly ids: readonly string[] }) {
  const actions = useActions();
  useEffect(() => {
    for (const id of ids) void actions.openRun(id);
  }, [actions, ids]);
  const records = useNotebook((state) => state.records) ?? [];
  const runs = useNotebook((state) => state.runs);
  const shown = ids.flatMap((id) => {
    const record = records.find((each) => each.id === id);
    const entry = record && runs[record.key];
    return record && entry?.saved === id ? [{ key: record.key, name: record.name, state: entry.state }] : [];
  });
  return shown.length > 0 ? <ComparisonView runs={shown} /> : <p className="loading">Opening the runs…</p>;
}
